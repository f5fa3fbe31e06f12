from django.db import migrations

from ksbb.shared.append_only import AppendOnly
from ksbb.shared.vendor_sql import VendorSQL

_SQLITE_SUMS = """
    committed = committed + CASE NEW.stage WHEN 'COMMITTED' THEN NEW.delta ELSE 0 END,
    delivered = delivered + CASE NEW.stage WHEN 'DELIVERED' THEN NEW.delta ELSE 0 END,
    received = received + CASE NEW.stage WHEN 'RECEIVED' THEN NEW.delta ELSE 0 END
"""
_POSTGRESQL_SUMS = """
    coalesce(sum(a.delta) FILTER (WHERE a.stage = 'COMMITTED'), 0) AS committed,
    coalesce(sum(a.delta) FILTER (WHERE a.stage = 'DELIVERED'), 0) AS delivered,
    coalesce(sum(a.delta) FILTER (WHERE a.stage = 'RECEIVED'), 0) AS received
"""

COUNT_MOVEMENTS = VendorSQL(
    sqlite=f"""
        CREATE TRIGGER commitments_count_movement AFTER INSERT ON commitments_movement
        BEGIN
            UPDATE commitments_commitmentline SET {_SQLITE_SUMS} WHERE id = NEW.line_id;
            UPDATE needs_need SET {_SQLITE_SUMS} WHERE id = (
                SELECT need_id FROM commitments_commitmentline WHERE id = NEW.line_id
            );
        END
    """,
    # Needs are locked in the order of their keys first, so two statements never wait in a ring.
    postgresql=(
        f"""
        CREATE FUNCTION commitments_count_movements() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM needs_need WHERE id IN (
                SELECT l.need_id FROM added a JOIN commitments_commitmentline l ON l.id = a.line_id
            ) ORDER BY id FOR NO KEY UPDATE;
            UPDATE commitments_commitmentline l SET
                committed = l.committed + s.committed,
                delivered = l.delivered + s.delivered,
                received = l.received + s.received
            FROM (SELECT a.line_id, {_POSTGRESQL_SUMS} FROM added a GROUP BY a.line_id) s
            WHERE l.id = s.line_id;
            UPDATE needs_need n SET
                committed = n.committed + s.committed,
                delivered = n.delivered + s.delivered,
                received = n.received + s.received
            FROM (
                SELECT l.need_id, {_POSTGRESQL_SUMS}
                FROM added a JOIN commitments_commitmentline l ON l.id = a.line_id
                GROUP BY l.need_id
            ) s
            WHERE n.id = s.need_id;
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER commitments_count_movements AFTER INSERT ON commitments_movement
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION commitments_count_movements()
        """,
    ),
    reverse_sqlite="DROP TRIGGER commitments_count_movement",
    reverse_postgresql=(
        "DROP TRIGGER commitments_count_movements ON commitments_movement",
        "DROP FUNCTION commitments_count_movements",
    ),
)


class Migration(migrations.Migration):
    dependencies = (("commitments", "0001_initial"), ("needs", "0002_count_adjustments"))
    operations = (COUNT_MOVEMENTS, AppendOnly("commitments_movement"))
