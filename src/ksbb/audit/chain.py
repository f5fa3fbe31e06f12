"""How rows that only grow are chained: each digest holds all rows before it.

The digest of a row is SHA-256 over the digest before it and the row as JSON: its columns in the
order of their names, moments in UTC. Both engines give the same text. A seal closes up to
ROWS_PER_SEAL rows in the order of their keys; it keeps the digest of its last row, and of each row
a short mark, so that a row which was changed is named and not only its seal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.apps import apps
from django.db import connection

from ksbb.shared.append_only import protected_tables

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

ROWS_PER_SEAL: Final = 5_000
MARK_BYTES: Final = 8
BEGINNING: Final = "0" * 64
"""What stands before the first row of a table."""

OURS: Final = frozenset({"audit_seal", "audit_digest"})
"""The tables of the chain itself: each of their rows names the one before it."""


class Link(NamedTuple):
    """One row in the chain: its key, the digest up to it, and the mark of the row alone."""

    key: int
    digest: str
    mark: bytes


def chained_tables() -> list[str]:
    """Return the tables that are chained: all which the database only lets grow."""
    return [table for table in protected_tables(connection) if table not in OURS]


def columns_of(table: str) -> list[str]:
    """Return the columns of a table in the order in which they are digested."""
    return sorted(field.attname for field in model_of(table)._meta.concrete_fields)


def model_of(table: str) -> type[Model]:
    """Return the model that keeps its rows in a table."""
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def rows_of(table: str) -> QuerySet[Any]:
    """Return the rows of a table in the order of the chain."""
    return model_of(table)._base_manager.order_by("pk")  # noqa: SLF001 - Django's documented name


def links(rows: Iterable[tuple[Any, ...]], columns: list[str], previous: str) -> Iterator[Link]:
    """Yield one link a row; `rows` hold the key first and then the columns."""
    digest = previous
    for key, *values in rows:
        text = json.dumps(
            dict(zip(columns, map(plain, values), strict=True)),
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        )
        mark = sha256(text.encode()).digest()[:MARK_BYTES]
        digest = sha256(f"{digest} {text}".encode()).hexdigest()
        yield Link(key, digest, mark)


def digest_of_heads(previous: str, at: datetime, heads: dict[str, Any]) -> str:
    """Return the digest that is published: over the one before it, its moment and all heads."""
    said = json.dumps(heads, separators=(",", ":"), sort_keys=True)
    return sha256(f"{previous} {plain(at)} {said}".encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return a value as it stands in the JSON that is digested."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value
