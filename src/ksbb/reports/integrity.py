"""The book counted again: every stored number beside the sum of the rows it comes from.

Each query of `sql/integrity/` returns one row for one disagreement: table, key, where, what,
stored, recounted. The ledgers are read whole, once each, so the work grows with their length only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from ksbb.reports.statements import fetch

_FILES: Final = sorted((Path(__file__).parent / "sql" / "integrity").glob("*.sql"))


class Difference(NamedTuple):
    """One stored value that is not what its rows say."""

    table: str
    key: int
    where: str
    what: str
    stored: str
    recounted: str

    def __str__(self) -> str:
        """Return the sentence `ksbb verify_integrity` prints."""
        return _(
            "%(table)s %(key)s (%(where)s): %(what)s is %(stored)s, but should be %(recounted)s."
        ) % {
            "table": self.table,
            "key": self.key,
            "where": self.where,
            "what": self.what,
            "stored": self.stored,
            "recounted": self.recounted,
        }


def differences() -> list[Difference]:
    """Recount the whole book and return what disagrees, in a fixed order; empty when all agrees."""
    return [
        Difference(row[0], row[1], *map(str, row[2:]))
        for file in _FILES
        for row in fetch(file.read_text(encoding="utf-8"))
    ]
