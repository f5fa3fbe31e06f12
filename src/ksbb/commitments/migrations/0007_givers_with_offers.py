from importlib import import_module

from django.db import migrations

from ksbb.shared.vendor_sql import VendorSQL

_BEFORE = import_module("ksbb.commitments.migrations.0006_codes_that_meet").MEET.postgresql
_REFUSED = "WHERE id = from_collaborator AND verification = 'REFUSED'\n            ) THEN"
assert _BEFORE.count(_REFUSED) == 1

# What such a giver commits comes out of the offer too. That is out of the ordinary, so the long
# way does it.
_OR_OFFERS = (
    _REFUSED.removesuffix(" THEN")
    + """ OR plan_day IS NOT NULL AND EXISTS (
                SELECT FROM plans_offer
                WHERE collaborator_id = from_collaborator AND state = 'OPEN'
            ) THEN"""
)


OFFERS = VendorSQL(
    sqlite=(),
    postgresql=_BEFORE.replace(_REFUSED, _OR_OFFERS),
    reverse_sqlite=(),
    reverse_postgresql=_BEFORE,
)


class Migration(migrations.Migration):
    dependencies = (
        ("commitments", "0006_codes_that_meet"),
        ("plans", "0003_offers_are_used"),
    )
    operations = (OFFERS,)
