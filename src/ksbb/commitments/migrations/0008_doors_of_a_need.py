from importlib import import_module

from django.db import migrations

from ksbb.shared.vendor_sql import VendorSQL

_BEFORE = import_module("ksbb.commitments.migrations.0007_givers_with_offers").OFFERS.postgresql
_LOCKED = "            -- All are locked before any is judged"
assert _BEFORE.count(_LOCKED) == 1

# A row that is freed goes to whoever comes at that moment, past those who were woken for it; an
# advisory lock is handed on in the order of coming. Behind eight doors of each need at most eight
# want its row at once; behind a single one each turn would wait for one process to be woken.
_DOORS = """            PERFORM pg_advisory_xact_lock(
                hashtextextended('need ' || wanted.id, pg_backend_pid() % 8)
            )
            FROM (SELECT unnest(wanted_needs) AS id ORDER BY 1) AS wanted;

"""

DOORS = VendorSQL(
    sqlite=(),
    postgresql=_BEFORE.replace(_LOCKED, _DOORS + _LOCKED),
    reverse_sqlite=(),
    reverse_postgresql=_BEFORE,
)


class Migration(migrations.Migration):
    dependencies = (("commitments", "0007_givers_with_offers"),)
    operations = (DOORS,)
