from django.db import migrations, models
from django.db.models.functions import Cast, Coalesce, NullIf

from ksbb.shared.vendor_sql import VendorSQL

_SUPERFLUOUS = {
    "needs_need_aid_type_id_939735f4": "needs_need (aid_type_id)",
    "needs_need_phase_id_813f831a": "needs_need (phase_id)",
    "needs_need_target_id_2fa6911e": "needs_need (target_id)",
    "needs_needadjustment_entry_id_62d97a98": "needs_needadjustment (entry_id)",
}
_DROP = [f"DROP INDEX {name}" for name in _SUPERFLUOUS]
_CREATE = [f"CREATE INDEX {name} ON {columns}" for name, columns in _SUPERFLUOUS.items()]
_COVERAGE = "COALESCE(CAST(committed AS {real}) / NULLIF(CAST(quantity AS {real}), 0.0), 1.0)"
_SQLITE = _COVERAGE.format(real="real")
_POSTGRESQL = _COVERAGE.format(real="double precision")


def _key(to, name="+"):
    return models.ForeignKey(to, models.PROTECT, related_name=name, db_index=False)


# By hand, because on SQLite Django would build the table anew, and ledgers have triggers on it.
ADD_COVERAGE = VendorSQL(
    sqlite=f"""
        ALTER TABLE needs_need ADD COLUMN coverage real GENERATED ALWAYS AS ({_SQLITE}) VIRTUAL
    """,
    postgresql=f"""
        ALTER TABLE needs_need ADD COLUMN coverage double precision
            GENERATED ALWAYS AS ({_POSTGRESQL}) STORED
    """,
    reverse_sqlite="ALTER TABLE needs_need DROP COLUMN coverage",
    reverse_postgresql="ALTER TABLE needs_need DROP COLUMN coverage",
)
COVERAGE = models.GeneratedField(
    expression=Coalesce(
        Cast("committed", models.FloatField())
        / NullIf(Cast("quantity", models.FloatField()), 0.0),
        1.0,
    ),
    output_field=models.FloatField(verbose_name="covered"),
    db_persist=True,
)


# Each commitment writes every index of a need; these three are covered by others, and nobody
# looks for the adjustments of an audit row.
DROP_INDEXES = VendorSQL(
    sqlite=_DROP, postgresql=_DROP, reverse_sqlite=_CREATE, reverse_postgresql=_CREATE
)


class Migration(migrations.Migration):
    dependencies = (("needs", "0002_count_adjustments"),)
    operations = (
        migrations.RemoveIndex("need", "need_most_missing"),
        migrations.SeparateDatabaseAndState(
            database_operations=(ADD_COVERAGE, DROP_INDEXES),
            state_operations=(
                migrations.AddField("need", "coverage", COVERAGE),
                migrations.AlterField("need", "target", _key("needs.target", "needs")),
                migrations.AlterField("need", "phase", _key("programmes.phase")),
                migrations.AlterField("need", "aid_type", _key("programmes.aidtype")),
                migrations.AlterField("needadjustment", "entry", _key("audit.entry")),
            ),
        ),
        migrations.AddIndex(
            "need",
            models.Index(fields=["phase", "aid_type", "-open", "id"], name="need_most_missing"),
        ),
        migrations.AddIndex(
            "need",
            models.Index(
                fields=["phase", "aid_type", "coverage", "-open", "id"], name="need_least_covered"
            ),
        ),
        migrations.AddIndex(
            "target", models.Index(fields=["name", "code"], name="target_by_name")
        ),
    )
