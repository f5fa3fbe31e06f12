"""Primary keys given out by the loader, so that the same seed makes the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

if TYPE_CHECKING:
    from django.db.models import Model


class Keys:
    """The next free key of each table. The loader is the only writer while it runs."""

    def __init__(self) -> None:
        self._counts: dict[type[Model], Iterator[int]] = {}

    def next(self, model: type[Model]) -> int:
        """Return a key that no row of the table has."""
        if model not in self._counts:
            last = model._default_manager.aggregate(last=Max("pk"))["last"]  # noqa: SLF001 - documented
            self._counts[model] = count((last or 0) + 1)
        return next(self._counts[model])

    def hand_back(self) -> None:
        """Let the database go on counting where we stopped (PostgreSQL keeps its own count)."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self._counts)):
                cursor.execute(statement)
