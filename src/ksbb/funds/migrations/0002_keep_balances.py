from django.db import migrations

from ksbb.shared.append_only import AppendOnly
from ksbb.shared.vendor_sql import VendorSQL

_NAMED_BY = ("aggregator_id", "kind", "aid_type_id", "gift_id", "lot_id", "line_id")
_MIXED = "funds_posting moves between accounts of one aggregator and one unit only"
_REVERSAL = "funds_posting reverses another one as a whole, back the way it came"
_RENAMED = "funds_account keeps its name: only its balance changes, by postings"
_OPENED = "funds_account is opened empty: what stands in it comes by postings"

_SQLITE_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in ("id", *_NAMED_BY))
_POSTGRESQL_SAME = " AND ".join(
    f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in ("id", *_NAMED_BY)
)

KEEP_BALANCES = VendorSQL(
    sqlite=(
        f"""
        CREATE TRIGGER funds_check_posting BEFORE INSERT ON funds_posting
        BEGIN
            SELECT RAISE(ABORT, '{_MIXED}') WHERE NOT EXISTS (
                SELECT 1 FROM funds_account d, funds_account c
                WHERE d.id = NEW.debit_id AND c.id = NEW.credit_id
                    AND d.aggregator_id = c.aggregator_id AND d.aid_type_id IS c.aid_type_id
            );
            SELECT RAISE(ABORT, '{_REVERSAL}') WHERE NEW.reverses_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM funds_posting o
                WHERE o.id = NEW.reverses_id AND o.reverses_id IS NULL AND o.amount = NEW.amount
                    AND o.debit_id = NEW.credit_id AND o.credit_id = NEW.debit_id
            );
        END
        """,
        """
        CREATE TRIGGER funds_count_posting AFTER INSERT ON funds_posting
        BEGIN
            UPDATE funds_account SET balance = balance + NEW.amount WHERE id = NEW.debit_id;
            UPDATE funds_account SET balance = balance - NEW.amount WHERE id = NEW.credit_id;
        END
        """,
        f"""
        CREATE TRIGGER funds_open_account BEFORE INSERT ON funds_account WHEN NEW.balance <> 0
        BEGIN SELECT RAISE(ABORT, '{_OPENED}'); END
        """,
        f"""
        CREATE TRIGGER funds_keep_account BEFORE UPDATE ON funds_account
        WHEN NOT ({_SQLITE_SAME})
        BEGIN SELECT RAISE(ABORT, '{_RENAMED}'); END
        """,
    ),
    # Accounts are locked in the order of their keys first, so two statements never wait in a ring.
    postgresql=(
        f"""
        CREATE FUNCTION funds_count_postings() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM funds_account WHERE id IN (
                SELECT debit_id FROM added UNION SELECT credit_id FROM added
            ) ORDER BY id FOR NO KEY UPDATE;
            IF EXISTS (
                SELECT 1 FROM added a
                JOIN funds_account d ON d.id = a.debit_id JOIN funds_account c ON c.id = a.credit_id
                WHERE d.aggregator_id <> c.aggregator_id
                    OR d.aid_type_id IS DISTINCT FROM c.aid_type_id
            ) THEN
                RAISE EXCEPTION '{_MIXED}' USING ERRCODE = 'check_violation';
            END IF;
            IF EXISTS (
                SELECT 1 FROM added a LEFT JOIN funds_posting o
                    ON o.id = a.reverses_id AND o.reverses_id IS NULL AND o.amount = a.amount
                    AND o.debit_id = a.credit_id AND o.credit_id = a.debit_id
                WHERE a.reverses_id IS NOT NULL AND o.id IS NULL
            ) THEN
                RAISE EXCEPTION '{_REVERSAL}' USING ERRCODE = 'check_violation';
            END IF;
            UPDATE funds_account f SET balance = f.balance + s.amount
            FROM (
                SELECT m.id, sum(m.amount) AS amount FROM (
                    SELECT debit_id AS id, amount FROM added
                    UNION ALL SELECT credit_id, -amount FROM added
                ) m GROUP BY m.id
            ) s
            WHERE f.id = s.id;
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER funds_count_postings AFTER INSERT ON funds_posting
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION funds_count_postings()
        """,
        f"""
        CREATE FUNCTION funds_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.balance <> 0 THEN
                    RAISE EXCEPTION '{_OPENED}' USING ERRCODE = 'check_violation';
                END IF;
            ELSIF NOT ({_POSTGRESQL_SAME}) THEN
                RAISE EXCEPTION '{_RENAMED}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        """
        CREATE TRIGGER funds_guard_account BEFORE INSERT OR UPDATE ON funds_account
        FOR EACH ROW EXECUTE FUNCTION funds_guard_account()
        """,
    ),
    reverse_sqlite=(
        "DROP TRIGGER funds_check_posting",
        "DROP TRIGGER funds_count_posting",
        "DROP TRIGGER funds_open_account",
        "DROP TRIGGER funds_keep_account",
    ),
    reverse_postgresql=(
        "DROP TRIGGER funds_count_postings ON funds_posting",
        "DROP FUNCTION funds_count_postings",
        "DROP TRIGGER funds_guard_account ON funds_account",
        "DROP FUNCTION funds_guard_account",
    ),
)


class Migration(migrations.Migration):
    dependencies = (("funds", "0001_initial"),)
    operations = (KEEP_BALANCES, AppendOnly("funds_posting"), AppendOnly("funds_lot"))
