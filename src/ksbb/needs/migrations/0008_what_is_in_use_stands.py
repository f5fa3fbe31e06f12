from django.db import migrations

from ksbb.shared.vendor_sql import VendorSQL

# On SQLite a later migration that alters one of these tables rebuilds it and loses its triggers:
# repeat `STANDS` at the end of that migration. A test counts them.

_CODED = ("programmes_programme", "programmes_targetkind", "programmes_aidtype")
_CODE = "a code never changes"
_UNIT = "quantities are counted in this unit already"
_PHASE = "a phase with needs keeps its number and its days, and can only grow"
_COUNTED = "EXISTS (SELECT 1 FROM needs_need WHERE aid_type_id = OLD.id)"
_NEEDED = "EXISTS (SELECT 1 FROM needs_need WHERE phase_id = OLD.id)"
_SHRINKS = """
    NEW.number <> OLD.number OR NEW.programme_id <> OLD.programme_id
    OR NEW.starts_on > OLD.starts_on OR NEW.ends_on < OLD.ends_on
"""


def _guard(name, table, columns, condition, words):
    """Return the statements of one trigger for SQLite, for PostgreSQL and for the way back."""
    sqlite = (
        f"DROP TRIGGER IF EXISTS {name}",
        f"""
        CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{words}'); END
        """,
    )
    postgresql = (
        f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"""
        CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}()
        """,
    )
    back = (f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}")
    return sqlite, postgresql, (f"DROP TRIGGER {name}",), back


_GUARDS = (
    *(
        _guard(f"{table}_code_stands", table, "slug", "NEW.slug <> OLD.slug", _CODE)
        for table in _CODED
    ),
    _guard(
        "programmes_aidtype_unit_stands",
        "programmes_aidtype",
        "unit",
        f"NEW.unit <> OLD.unit AND {_COUNTED}",
        _UNIT,
    ),
    _guard(
        "programmes_phase_stands",
        "programmes_phase",
        "number, programme_id, starts_on, ends_on",
        f"({_SHRINKS}) AND {_NEEDED}",
        _PHASE,
    ),
)

STANDS = VendorSQL(
    sqlite=[statement for guard in _GUARDS for statement in guard[0]],
    postgresql=[statement for guard in _GUARDS for statement in guard[1]],
    reverse_sqlite=[statement for guard in _GUARDS for statement in guard[2]],
    reverse_postgresql=[statement for guard in _GUARDS for statement in guard[3]],
)


class Migration(migrations.Migration):
    dependencies = (
        ("needs", "0007_when_places_came"),
        ("programmes", "0006_set_up_from_the_desk"),
    )
    operations = (STANDS,)
