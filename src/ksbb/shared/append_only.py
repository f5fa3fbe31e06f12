"""Tables in which the database itself refuses to change or delete a row.

``AppendOnly("commitments_movement")`` is a migration operation. On SQLite any later migration which
alters the table rebuilds it and loses the triggers: repeat the operation at the end of that
migration. `protected_tables` tells which tables are guarded right now.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ksbb.shared.vendor_sql import VendorSQL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL: Final = "is append-only: rows are never changed or deleted, a new row mends a mistake"

_SQLITE_CREATE: Final = (
    """
    CREATE TRIGGER "{table}_update_append_only" BEFORE UPDATE ON "{table}"
    BEGIN SELECT RAISE(ABORT, '{table} {refusal}'); END
    """,
    """
    CREATE TRIGGER "{table}_delete_append_only" BEFORE DELETE ON "{table}"
    BEGIN SELECT RAISE(ABORT, '{table} {refusal}'); END
    """,
    # REPLACE deletes the old row without firing its DELETE trigger, so it is stopped as an INSERT.
    """
    CREATE TRIGGER "{table}_replace_append_only" BEFORE INSERT ON "{table}"
    WHEN EXISTS (SELECT 1 FROM "{table}" WHERE rowid = NEW.rowid)
    BEGIN SELECT RAISE(ABORT, '{table} {refusal}'); END
    """,
)
_SQLITE_DROP: Final = (
    'DROP TRIGGER IF EXISTS "{table}_update_append_only"',
    'DROP TRIGGER IF EXISTS "{table}_delete_append_only"',
    'DROP TRIGGER IF EXISTS "{table}_replace_append_only"',
)
_POSTGRESQL_CREATE: Final = (
    """
    CREATE OR REPLACE FUNCTION ksbb_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% {refusal}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER "{table}_row_append_only" BEFORE UPDATE OR DELETE ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION ksbb_refuse_change()
    """,
    """
    CREATE TRIGGER "{table}_truncate_append_only" BEFORE TRUNCATE ON "{table}"
    FOR EACH STATEMENT EXECUTE FUNCTION ksbb_refuse_change()
    """,
)
# The function stays: other tables use it.
_POSTGRESQL_DROP: Final = (
    'DROP TRIGGER IF EXISTS "{table}_row_append_only" ON "{table}"',
    'DROP TRIGGER IF EXISTS "{table}_truncate_append_only" ON "{table}"',
)
_CREATE: Final = {"sqlite": _SQLITE_CREATE, "postgresql": _POSTGRESQL_CREATE}
_DROP: Final = {"sqlite": _SQLITE_DROP, "postgresql": _POSTGRESQL_DROP}
_GUARDED: Final = {
    "sqlite": """
        SELECT DISTINCT tbl_name FROM sqlite_master
        WHERE type = 'trigger' AND name LIKE '%_append_only' ORDER BY 1
    """,
    "postgresql": """
        SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE t.tgname LIKE '%_append_only' AND pg_table_is_visible(c.oid) ORDER BY 1
    """,
}


class AppendOnly(VendorSQL):
    """Migration operation: the table accepts new rows and refuses every other change.

    Both engines answer an UPDATE or DELETE with an ``IntegrityError``; PostgreSQL refuses TRUNCATE
    as well. The operation can be taken back.
    """

    def __init__(self, table: str) -> None:
        """Name the database table (not the model), for example ``commitments_movement``."""
        self.table = table
        super().__init__(
            sqlite=_filled(_SQLITE_CREATE, table),
            postgresql=_filled(_POSTGRESQL_CREATE, table),
            reverse_sqlite=_filled(_SQLITE_DROP, table),
            reverse_postgresql=_filled(_POSTGRESQL_DROP, table),
        )

    def describe(self) -> str:
        """Return the line which ``migrate --plan`` shows."""
        return f"Let {self.table} only grow"


def install(connection: BaseDatabaseWrapper, table: str) -> None:
    """Guard ``table`` as the migration does; safe to repeat."""
    _run(connection, _filled(_DROP[connection.vendor], table))
    _run(connection, _filled(_CREATE[connection.vendor], table))


def drop(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the guard off ``table``; nothing happens where there is none."""
    _run(connection, _filled(_DROP[connection.vendor], table))


def protected_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of all guarded tables of this database, in alphabetical order."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARDED[connection.vendor])
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take all guards off for the length of a block: only for emptying a test's database."""
    tables = protected_tables(connection)
    for table in tables:
        drop(connection, table)
    try:
        yield
    finally:
        for table in tables:
            install(connection, table)


def _filled(statements: tuple[str, ...], table: str) -> list[str]:
    return [statement.format(table=table, refusal=REFUSAL) for statement in statements]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
