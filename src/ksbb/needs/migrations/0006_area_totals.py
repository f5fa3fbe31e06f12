from django.db import migrations, models

from ksbb.needs.totals import RECOUNT
from ksbb.shared.vendor_sql import VendorSQL

_LEVELS = "(SELECT 5 AS length UNION ALL SELECT 8 UNION ALL SELECT 13)"

# One statement touches few areas, and needs are changed by whoever holds their locks. A row of the
# totals that somebody else is adding to is passed over, so nobody waits here: a new row is begun.
_ADD = """
        LOOP
            UPDATE needs_areatotal SET
                quantity = quantity + one.quantity, lacking = lacking + one.lacking,
                committed = committed + one.committed,
                places = places + one.places, missing = missing + one.missing
            WHERE id = (
                SELECT id FROM needs_areatotal
                WHERE phase_id = one.phase_id AND aid_type_id = one.aid_type_id
                    AND length = one.length AND area = one.area AND kind_id = one.kind_id
                ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
            );
            IF NOT FOUND AND {begins} THEN
                INSERT INTO needs_areatotal (
                    phase_id, aid_type_id, length, area, kind_id,
                    quantity, lacking, committed, places, missing
                ) VALUES (
                    one.phase_id, one.aid_type_id, one.length, one.area, one.kind_id,
                    one.quantity, one.lacking, one.committed, one.places, one.missing
                );
            END IF;
        END LOOP;
"""
_SUMS = f"""
    SELECT
        c.phase_id, c.aid_type_id, l.length, substr(c.region_id, 1, l.length) AS area, c.kind_id,
        sum(c.sign * c.quantity) AS quantity,
        sum(CASE WHEN c.quantity > c.committed THEN c.sign * c.quantity ELSE 0 END) AS lacking,
        sum(c.sign * c.committed) AS committed,
        sum(c.sign) AS places,
        sum(CASE WHEN c.quantity > c.committed THEN c.sign ELSE 0 END) AS missing
    FROM ({{changes}}) c CROSS JOIN {_LEVELS} l
    GROUP BY c.phase_id, c.aid_type_id, l.length, substr(c.region_id, 1, l.length), c.kind_id
    HAVING sum(c.sign * c.quantity) <> 0 OR sum(c.sign * c.committed) <> 0 OR sum(c.sign) <> 0
        OR sum(CASE WHEN c.quantity > c.committed THEN c.sign ELSE 0 END) <> 0
"""
_NEEDS = """
    SELECT {sign} AS sign, n.phase_id, n.aid_type_id, n.quantity, n.committed,
        t.region_id, t.kind_id
    FROM {rows} n JOIN needs_target t ON t.id = n.target_id
    WHERE t.verification = 'VERIFIED'
"""
_BEFORE, _AFTER = _NEEDS.format(sign=-1, rows="before"), _NEEDS.format(sign=1, rows="after")
_TARGETS = """
    SELECT {sign} AS sign, n.phase_id, n.aid_type_id, n.quantity, n.committed,
        t.region_id, t.kind_id
    FROM {rows} t JOIN needs_need n ON n.target_id = t.id
    WHERE t.verification = 'VERIFIED' AND t.id = ANY (turned)
"""


def _function(name, body, declared=""):
    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            one record;
            {declared}
        BEGIN
            {body}
            RETURN NULL;
        END $$
    """


# What was counted has a total. Where all tables are emptied, totals first, none is begun anew.
_COUNTED = """
    EXISTS (
        SELECT FROM needs_areatotal
        WHERE phase_id = one.phase_id AND aid_type_id = one.aid_type_id
            AND length = one.length AND area = one.area AND kind_id = one.kind_id
    )
"""


def _for_each(changes, begins="true"):
    return f"FOR one IN {_SUMS.format(changes=changes)} {_ADD.format(begins=begins)}"


_POSTGRESQL = (
    # Whoever verifies a place waits for the needs that are being written for it, or the other way
    # round: a need is never counted for a place that has turned meanwhile.
    _function(
        "needs_total_new",
        "PERFORM 1 FROM needs_target WHERE id IN (SELECT target_id FROM after) "
        f"ORDER BY id FOR SHARE; {_for_each(_AFTER)}",
    ),
    _function("needs_total_changed", _for_each(f"{_BEFORE} UNION ALL {_AFTER}")),
    _function("needs_total_gone", _for_each(_BEFORE, _COUNTED)),
    _function(
        "needs_total_turned",
        f"""
            turned := ARRAY(
                SELECT b.id FROM before b JOIN after a ON a.id = b.id
                WHERE (b.verification, b.kind_id, b.region_id)
                    IS DISTINCT FROM (a.verification, a.kind_id, a.region_id)
            );
            IF cardinality(turned) = 0 THEN
                RETURN NULL;
            END IF;
            PERFORM 1 FROM needs_need WHERE target_id = ANY (turned)
                ORDER BY id FOR NO KEY UPDATE;
            {_for_each(
                _TARGETS.format(sign=-1, rows="before")
                + " UNION ALL " + _TARGETS.format(sign=1, rows="after")
            )}
        """,
        "turned bigint[];",
    ),
    """
    CREATE TRIGGER needs_total_new AFTER INSERT ON needs_need
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION needs_total_new()
    """,
    """
    CREATE TRIGGER needs_total_changed AFTER UPDATE ON needs_need
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION needs_total_changed()
    """,
    """
    CREATE TRIGGER needs_total_gone AFTER DELETE ON needs_need
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION needs_total_gone()
    """,
    """
    CREATE TRIGGER needs_total_turned AFTER UPDATE ON needs_target
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION needs_total_turned()
    """,
    "ALTER TABLE needs_areatotal SET (fillfactor = 50)",
)
_NAMES = ("new", "changed", "gone", "turned")
_UNDO_POSTGRESQL = (
    *(
        f"DROP TRIGGER needs_total_{name} ON {'needs_target' if name == 'turned' else 'needs_need'}"
        for name in _NAMES
    ),
    *(f"DROP FUNCTION needs_total_{name}" for name in _NAMES),
)


# SQLite has one writer, so each area has one row there, and the trigger adds to it.
_SAME = " AND ".join(
    f"needs_areatotal.{name} = c.{name}"
    for name in ("phase_id", "aid_type_id", "length", "area", "kind_id")
)


def _need(row, sign):
    """Return a need of a verified place as a row of changes, in the words of a trigger."""
    return f"""
        SELECT {sign} AS sign, {row}.phase_id AS phase_id, {row}.aid_type_id AS aid_type_id,
            {row}.quantity AS quantity, {row}.committed AS committed, t.region_id, t.kind_id
        FROM needs_target t WHERE t.id = {row}.target_id AND t.verification = 'VERIFIED'
    """


def _place(row, sign):
    """Return the needs of a place that has turned."""
    return f"""
        SELECT {sign} AS sign, n.phase_id, n.aid_type_id, n.quantity, n.committed,
            {row}.region_id AS region_id, {row}.kind_id AS kind_id
        FROM needs_need n WHERE n.target_id = {row}.id AND {row}.verification = 'VERIFIED'
    """


def _sqlite(name, event, changes, *, begins=True):
    """Return a trigger that adds changes to their totals, and begins those that are missing."""
    sums = _SUMS.format(changes=changes)
    begin = f"""
            INSERT INTO needs_areatotal (
                phase_id, aid_type_id, length, area, kind_id,
                quantity, lacking, committed, places, missing
            )
            SELECT c.phase_id, c.aid_type_id, c.length, c.area, c.kind_id, 0, 0, 0, 0, 0
            FROM ({sums}) c
            WHERE NOT EXISTS (SELECT 1 FROM needs_areatotal WHERE {_SAME});
    """
    return f"""
        CREATE TRIGGER needs_total_{name} {event}
        BEGIN
            {begin if begins else ""}
            UPDATE needs_areatotal SET
                quantity = needs_areatotal.quantity + c.quantity,
                lacking = needs_areatotal.lacking + c.lacking,
                committed = needs_areatotal.committed + c.committed,
                places = needs_areatotal.places + c.places,
                missing = needs_areatotal.missing + c.missing
            FROM ({sums}) c WHERE {_SAME};
        END
    """


_SQLITE = (
    _sqlite("new", "AFTER INSERT ON needs_need", _need("NEW", 1)),
    _sqlite(
        "changed",
        """
        AFTER UPDATE ON needs_need
        WHEN (OLD.target_id, OLD.phase_id, OLD.aid_type_id, OLD.quantity, OLD.committed)
            IS NOT (NEW.target_id, NEW.phase_id, NEW.aid_type_id, NEW.quantity, NEW.committed)
        """,
        f"{_need('OLD', -1)} UNION ALL {_need('NEW', 1)}",
    ),
    _sqlite("gone", "AFTER DELETE ON needs_need", _need("OLD", -1), begins=False),
    _sqlite(
        "turned",
        """
        AFTER UPDATE OF verification, kind_id, region_id ON needs_target
        WHEN (OLD.verification, OLD.kind_id, OLD.region_id)
            IS NOT (NEW.verification, NEW.kind_id, NEW.region_id)
        """,
        f"{_place('OLD', -1)} UNION ALL {_place('NEW', 1)}",
    ),
)

TOTALS = VendorSQL(
    sqlite=(*_SQLITE, RECOUNT),
    postgresql=(*_POSTGRESQL, RECOUNT),
    reverse_sqlite=[f"DROP TRIGGER needs_total_{name}" for name in _NAMES],
    reverse_postgresql=_UNDO_POSTGRESQL,
)


def _derived(to):
    return models.ForeignKey(
        to, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )


class Migration(migrations.Migration):
    dependencies = (
        ("needs", "0005_adjustments_in_order"),
        ("programmes", "0002_how_aid_types_read_behind_a_number"),
    )
    operations = (
        migrations.CreateModel(
            name="AreaTotal",
            fields=(
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phase", _derived("programmes.phase")),
                ("aid_type", _derived("programmes.aidtype")),
                ("length", models.PositiveSmallIntegerField()),
                ("area", models.CharField(max_length=13)),
                ("kind", _derived("programmes.targetkind")),
                ("quantity", models.BigIntegerField()),
                ("lacking", models.BigIntegerField()),
                ("committed", models.BigIntegerField()),
                ("places", models.BigIntegerField()),
                ("missing", models.BigIntegerField()),
            ),
            options={
                "ordering": ("id",),
                "indexes": (
                    models.Index(
                        fields=("phase", "aid_type", "length", "area", "kind"),
                        name="area_total_of_area",
                        opclasses=(
                            "int8_ops", "int8_ops", "int2_ops", "varchar_pattern_ops", "int8_ops"
                        ),
                    ),
                ),
            },
        ),
        TOTALS,
    )
