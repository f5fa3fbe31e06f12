"""The book counted again: every stored number beside the sum of the rows it comes from.

Each query of `sql/integrity/` returns one row for one disagreement: table, key, where, what,
stored, recounted. The ledgers are read whole, once each, so the work grows with their length only.
What was sealed (`ksbb.audit.chain`) is read a second time and compared with its seals.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ksbb.audit.queries_chain import faults
from ksbb.reports.difference import Difference
from ksbb.reports.recount import derived_differences
from ksbb.reports.statements import fetch

_FILES: Final = sorted((Path(__file__).parent / "sql" / "integrity").glob("*.sql"))


def differences() -> list[Difference]:
    """Recount the whole book and return what disagrees, in a fixed order; empty when all agrees."""
    counted = [
        Difference(row[0], row[1], *map(str, row[2:]))
        for file in _FILES
        for row in fetch(file.read_text(encoding="utf-8"))
    ]
    sealed = [Difference(*fault) for fault in faults()]
    return [*counted, *derived_differences(), *sealed]
