"""The SQL of this package: one file each under sql/, the same wording for both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import connection

_FILES: Final = Path(__file__).parent / "sql"

Row = tuple[Any, ...]


@cache
def statement(name: str) -> str:
    """Return the text of one file; `{changes}` and the like are for the caller to fill."""
    return (_FILES / f"{name}.sql").read_text(encoding="utf-8")


def fetch(sql: str, **values: object) -> list[Row]:
    """Run a query with named values and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _adapted(values))
        rows: list[Row] = cursor.fetchall()
        return rows


def run(sql: str, **values: object) -> int:
    """Run a statement that writes and return the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _adapted(values))
        return int(cursor.rowcount)


def as_moment(value: datetime | str) -> datetime:
    """Return a moment of a row as Python knows it; SQLite keeps it in UTC, without saying so."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _adapted(values: dict[str, object]) -> dict[str, Any]:
    return {name: _adapt(value) for name, value in values.items()}


def _adapt(value: object) -> object:
    # SQLite keeps moments as text, in UTC and in one spelling only.
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
