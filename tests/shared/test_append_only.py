from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from ksbb.shared.append_only import AppendOnly, drop, install, lifted, protected_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "tests_ledger"


@pytest.fixture(autouse=True)
def _ledger() -> Iterator[None]:
    execute("CREATE TABLE tests_ledger (id integer PRIMARY KEY, delta integer)")
    migrate_forwards()
    execute("INSERT INTO tests_ledger VALUES (1, 600)")
    yield
    execute("DROP TABLE tests_ledger")


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def rows() -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, delta FROM tests_ledger ORDER BY id")
        return [(number, delta) for number, delta in cursor.fetchall()]


def migrate_forwards() -> None:
    with connection.schema_editor() as editor:
        AppendOnly(TABLE).database_forwards("tests", editor, ProjectState(), ProjectState())


def migrate_backwards() -> None:
    with connection.schema_editor() as editor:
        AppendOnly(TABLE).database_backwards("tests", editor, ProjectState(), ProjectState())


@contextmanager
def plain_triggers() -> Iterator[None]:
    """Turn off what our own connections ask for and a stranger's shell does not."""
    execute("PRAGMA recursive_triggers=OFF")
    yield
    execute("PRAGMA recursive_triggers=ON")


def assert_refused(statement: str) -> None:
    with pytest.raises(IntegrityError, match="tests_ledger is append-only"), transaction.atomic():
        execute(statement)
    assert rows() == [(1, 600)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tests_ledger SET delta = 0",
        "UPDATE tests_ledger SET delta = 600 WHERE id = 1",
        "DELETE FROM tests_ledger WHERE id = 1",
        "INSERT INTO tests_ledger VALUES (1, 0) ON CONFLICT (id) DO UPDATE SET delta = 0",
    ],
)
def test_a_row_is_neither_changed_nor_deleted(statement: str) -> None:
    assert_refused(statement)


@pytest.mark.sqlite
def test_sqlite_does_not_replace_a_row_either() -> None:
    assert_refused("REPLACE INTO tests_ledger VALUES (1, 0)")


@pytest.mark.sqlite
def test_sqlite_does_not_replace_a_row_by_another_unique_column() -> None:
    execute("CREATE UNIQUE INDEX tests_ledger_delta ON tests_ledger (delta)")
    migrate_forwards()

    with plain_triggers():
        assert_refused("REPLACE INTO tests_ledger VALUES (2, 600)")


@pytest.mark.sqlite
def test_sqlite_does_not_replace_a_row_by_two_columns_together() -> None:
    execute("ALTER TABLE tests_ledger ADD COLUMN stage text DEFAULT 'COMMITTED'")
    execute("CREATE UNIQUE INDEX tests_ledger_both ON tests_ledger (delta, stage)")
    migrate_forwards()

    with plain_triggers():
        assert_refused("REPLACE INTO tests_ledger VALUES (2, 600, 'COMMITTED')")
        execute("INSERT INTO tests_ledger VALUES (2, 600, 'DELIVERED')")
    assert rows() == [(1, 600), (2, 600)]


@pytest.mark.postgresql
def test_postgresql_does_not_truncate_the_table_either() -> None:
    assert_refused("TRUNCATE tests_ledger")


def test_new_rows_are_welcome() -> None:
    execute("INSERT INTO tests_ledger VALUES (2, -100)")

    assert rows() == [(1, 600), (2, -100)]


def test_a_statement_that_touches_no_row_is_let_through() -> None:
    execute("DELETE FROM tests_ledger WHERE id = 99")

    assert rows() == [(1, 600)]


def test_the_migration_can_be_taken_back_and_repeated() -> None:
    migrate_backwards()
    execute("UPDATE tests_ledger SET delta = 601")
    migrate_forwards()

    assert rows() == [(1, 601)]
    assert TABLE in protected_tables(connection)


def test_repeating_the_migration_and_taking_that_back_leaves_the_guard() -> None:
    again = AppendOnly(TABLE, again=True)
    for way in (again.database_forwards, again.database_backwards):
        with connection.schema_editor() as editor:
            way("tests", editor, ProjectState(), ProjectState())

        assert_refused("DELETE FROM tests_ledger")


def test_the_guard_is_lifted_for_one_block_only() -> None:
    with lifted(connection):
        assert protected_tables(connection) == []
        execute("DELETE FROM tests_ledger")
    execute("INSERT INTO tests_ledger VALUES (1, 600)")

    assert_refused("DELETE FROM tests_ledger")


def test_installing_twice_and_dropping_twice_do_no_harm() -> None:
    install(connection, TABLE)
    install(connection, TABLE)
    assert TABLE in protected_tables(connection)

    drop(connection, TABLE)
    drop(connection, TABLE)
    assert TABLE not in protected_tables(connection)
