from django.db import migrations

from ksbb.shared.append_only import AppendOnly
from ksbb.shared.vendor_sql import VendorSQL

COUNT_ADJUSTMENTS = VendorSQL(
    sqlite="""
        CREATE TRIGGER needs_count_adjustment AFTER INSERT ON needs_needadjustment
        BEGIN
            UPDATE needs_need SET quantity = quantity + NEW.delta WHERE id = NEW.need_id;
        END
    """,
    # Locked in the order of their keys first, so that two statements never wait in a ring.
    postgresql=(
        """
        CREATE FUNCTION needs_count_adjustments() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM needs_need WHERE id IN (SELECT need_id FROM added)
                ORDER BY id FOR NO KEY UPDATE;
            UPDATE needs_need n SET quantity = n.quantity + a.delta
            FROM (SELECT need_id, sum(delta) AS delta FROM added GROUP BY need_id) a
            WHERE n.id = a.need_id;
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER needs_count_adjustments AFTER INSERT ON needs_needadjustment
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION needs_count_adjustments()
        """,
    ),
    reverse_sqlite="DROP TRIGGER needs_count_adjustment",
    reverse_postgresql=(
        "DROP TRIGGER needs_count_adjustments ON needs_needadjustment",
        "DROP FUNCTION needs_count_adjustments",
    ),
)


class Migration(migrations.Migration):
    dependencies = (("needs", "0001_initial"),)
    operations = (COUNT_ADJUSTMENTS, AppendOnly("needs_needadjustment"))
