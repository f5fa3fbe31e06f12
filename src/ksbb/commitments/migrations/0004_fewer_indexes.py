from django.db import migrations, models

from ksbb.shared.vendor_sql import VendorSQL

# Nearly all rows have the same programme, a line's unique constraint begins with its commitment,
# and nobody looks for the movements of an audit row.
_SUPERFLUOUS = {
    "commitments_commitment_programme_id_4048fdfd": "commitments_commitment (programme_id)",
    "commitments_commitmentline_commitment_id_47495542": (
        "commitments_commitmentline (commitment_id)"
    ),
    "commitments_movement_entry_id_3e4909c5": "commitments_movement (entry_id)",
}
_DROP = [f"DROP INDEX {name}" for name in _SUPERFLUOUS]
_CREATE = [f"CREATE INDEX {name} ON {columns}" for name, columns in _SUPERFLUOUS.items()]


def _key(to, name="+"):
    return models.ForeignKey(to, models.PROTECT, related_name=name, db_index=False)


class Migration(migrations.Migration):
    dependencies = (("commitments", "0003_take_at_once"),)
    operations = (
        # By hand, because on SQLite Django would build the tables anew and lose their triggers.
        migrations.SeparateDatabaseAndState(
            database_operations=(
                VendorSQL(
                    sqlite=_DROP,
                    postgresql=_DROP,
                    reverse_sqlite=_CREATE,
                    reverse_postgresql=_CREATE,
                ),
            ),
            state_operations=(
                migrations.AlterField("commitment", "programme", _key("programmes.programme")),
                migrations.AlterField(
                    "commitmentline", "commitment", _key("commitments.commitment", "lines")
                ),
                migrations.AlterField("movement", "entry", _key("audit.entry")),
            ),
        ),
    )
