from importlib import import_module

from django.db import migrations

from ksbb.shared.vendor_sql import VendorSQL

_BEFORE = import_module("ksbb.commitments.migrations.0003_take_at_once").TAKE_AT_ONCE.postgresql
_INSERTED = ") RETURNING * INTO made;"
assert _BEFORE.count(_INSERTED) == 1

# A code that another commitment has, or is being given at this moment, ends the short way like
# everything out of the ordinary: nothing was written yet, and the long way draws another one.
_WRITTEN = """) ON CONFLICT (code) DO NOTHING RETURNING * INTO made;
            IF NOT FOUND THEN
                RETURN;
            END IF;"""


def _replacing(text: str) -> str:
    return text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


MEET = VendorSQL(
    sqlite=(),
    postgresql=_replacing(_BEFORE.replace(_INSERTED, _WRITTEN)),
    reverse_sqlite=(),
    reverse_postgresql=_replacing(_BEFORE),
)


class Migration(migrations.Migration):
    dependencies = (("commitments", "0005_released_for_others"),)
    operations = (MEET,)
