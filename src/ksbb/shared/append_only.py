"""Tables in which the database itself refuses to change or delete a row.

``AppendOnly("commitments_movement")`` is a migration operation. On SQLite any later migration which
alters the table rebuilds it and loses the triggers: repeat the operation with ``again=True`` at the
end of that migration. `protected_tables` tells which tables are guarded right now.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

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
    # REPLACE deletes the row it displaces, of whatever unique columns, without firing its DELETE
    # trigger (unless a connection asks for recursive ones). So it is stopped as an INSERT.
    """
    CREATE TRIGGER "{table}_replace_append_only" BEFORE INSERT ON "{table}"
    WHEN {displaced}
    BEGIN SELECT RAISE(ABORT, '{table} {refusal}'); END
    """,
)
_SQLITE_SAME: Final = 'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'
_SQLITE_UNIQUE: Final = """
    SELECT i.seq, c.name FROM pragma_index_list('{table}') i, pragma_index_info(i.name) c
    WHERE i."unique" AND NOT i.partial
        AND NOT EXISTS (SELECT 1 FROM pragma_index_info(i.name) e WHERE e.name IS NULL)
    ORDER BY i.seq, c.seqno
"""
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


class AppendOnly(Operation):
    """Migration operation: the table accepts new rows and refuses every other change.

    Both engines answer an UPDATE or DELETE with an ``IntegrityError``; PostgreSQL refuses TRUNCATE
    as well. The operation can be repeated and taken back.
    """

    reduces_to_sql = True

    def __init__(self, table: str, *, again: bool = False) -> None:
        """Name the database table (not the model), for example ``commitments_movement``.

        With `again` an earlier migration guards it already, so the way back leaves the guard.
        """
        self.table = table
        self.again = again

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are: only the database changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Guard the table, in the place of a guard it may have."""
        for statement in _installing(schema_editor.connection, self.table):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the guard off, unless it was there before."""
        connection = schema_editor.connection
        statements = _installing if self.again else _dropping
        for statement in statements(connection, self.table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Return the line which ``migrate --plan`` shows."""
        return f"Let {self.table} only grow"


def install(connection: BaseDatabaseWrapper, table: str) -> None:
    """Guard ``table`` as the migration does; safe to repeat."""
    _run(connection, _installing(connection, table))


def drop(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the guard off ``table``; nothing happens where there is none."""
    _run(connection, _dropping(connection, table))


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


def _installing(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "sqlite":
        create = _filled(_SQLITE_CREATE, table, displaced=_displaced(connection, table))
    else:
        create = _filled(_POSTGRESQL_CREATE, table)
    return [*_dropping(connection, table), *create]


def _dropping(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    return _filled(_DROP[connection.vendor], table)


def _displaced(connection: BaseDatabaseWrapper, table: str) -> str:
    """Return the condition under which a new row of SQLite would displace an old one."""
    keys: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE_UNIQUE.format(table=table))
        for index, column in cursor.fetchall():
            keys.setdefault(index, []).append(f'"{column}" = NEW."{column}"')
    wheres = ["rowid = NEW.rowid", *(" AND ".join(same) for same in keys.values())]
    return " OR ".join(_SQLITE_SAME.format(table=table, same=same) for same in wheres)


def _filled(statements: tuple[str, ...], table: str, *, displaced: str = "") -> list[str]:
    return [
        statement.format(table=table, refusal=REFUSAL, displaced=displaced)
        for statement in statements
    ]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
