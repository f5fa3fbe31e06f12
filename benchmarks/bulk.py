"""Loading rows by the hundred thousand, past the triggers: counters come with the rows."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.management.color import no_style
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model


class Table(NamedTuple):
    """Rows for one model in the order of `columns`."""

    model: type[Model]
    columns: str
    rows: Iterable[tuple[Any, ...]]

    @property
    def target(self) -> str:
        """The table and its columns as both engines spell them."""
        return f"{self.model._meta.db_table} ({self.columns})"


def fill(*tables: Table) -> None:
    """Write all rows in one transaction and let the engine look at what it has."""
    load = _copy if connection.vendor == "postgresql" else _insert
    if connection.vendor == "sqlite":
        _hurry()
    with transaction.atomic(), _no_triggers():
        for table in tables:
            load(table)
    _settle([table.model for table in tables])
    connection.close()  # The next one is as usual.


def _hurry() -> None:
    """Let SQLite keep what it loads in memory, and not wait for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size = -500000")
        cursor.execute("PRAGMA synchronous = OFF")


def _copy(table: Table) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table.target} FROM STDIN") as copy:
        for row in table.rows:
            copy.write_row(row)


def _insert(table: Table) -> None:
    marks = ", ".join("?" for _ in table.columns.split(","))
    # The driver itself: Django's cursor would rewrite the statement for each row.
    connection.connection.executemany(
        f"INSERT INTO {table.target} VALUES ({marks})",  # noqa: S608 - names of our own models
        map(_as_django_writes, table.rows),
    )


def _as_django_writes(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the row with its moments in UTC: SQLite compares them as text."""
    return tuple(
        connection.ops.adapt_datetimefield_value(one) if isinstance(one, datetime) else one
        for one in row
    )


@contextmanager
def _no_triggers() -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, statement in triggers:
            cursor.execute(statement, None)


def _settle(models: list[type[Model]]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
