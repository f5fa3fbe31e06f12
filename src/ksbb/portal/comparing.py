"""Two moments side by side: what stood then, what stands later, and what lies between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from ksbb.portal.asking import Question
from ksbb.portal.rows_in_words import RowInWords, in_words
from ksbb.reports.behind import Selection, rows
from ksbb.reports.cells import Sums
from ksbb.reports.enums import Measure
from ksbb.reports.fulfilment import Table

FIRST: Final = 10
"""As many of the rows between are shown at once."""

_FIELDS: Final = {
    Measure.NEED: "quantity",
    Measure.COMMITTED: "committed",
    Measure.DELIVERED: "delivered",
    Measure.RECEIVED: "received",
    Measure.OPEN: "open",
}
_TELLING: Final = (Measure.COMMITTED, Measure.DELIVERED, Measure.RECEIVED, Measure.NEED)


class Change(NamedTuple):
    """One measure at both moments."""

    measure: Measure
    earlier: int
    later: int

    @property
    def difference(self) -> int:
        """What was added, negative: what was taken away."""
        return self.later - self.earlier


class AreaChange(NamedTuple):
    """One area or place at both moments."""

    code: str
    name: str
    changes: list[Change]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The question at the earlier and the later moment, and how the answers differ."""

    earlier: Question
    later: Question
    total: list[Change]
    areas: list[AreaChange]
    explained: Measure | None
    rows: list[RowInWords]


def compare(one: Question, other: Question) -> Comparison:
    """Compare two moments of the same question, whichever came first."""
    earlier, later = sorted((one, other), key=lambda question: question.as_of)
    before, after = earlier.table(), later.table()
    total = _changes(before.total, after.total)
    explained = next(
        (change.measure for change in total if change.measure in _TELLING and change.difference),
        None,
    )
    return Comparison(
        earlier=earlier,
        later=later,
        total=total,
        areas=_areas(before, after),
        explained=explained,
        rows=_rows(earlier, later, explained) if explained else [],
    )


def _changes(before: Sums, after: Sums) -> list[Change]:
    return [
        Change(measure, getattr(before, field), getattr(after, field))
        for measure, field in _FIELDS.items()
    ]


def _areas(before: Table, after: Table) -> list[AreaChange]:
    """Return the areas in which anything changed."""
    known = {row.code: row.sums for row in before.rows}
    nothing = Sums(quantity=0, committed=0, delivered=0, received=0, rw_aided=0, rw_fulfilled=None)
    rows = (
        AreaChange(row.code, row.name, _changes(known.get(row.code, nothing), row.sums))
        for row in after.rows
    )
    return [row for row in rows if any(change.difference for change in row.changes)]


def _rows(earlier: Question, later: Question, measure: Measure) -> list[RowInWords]:
    between = Selection(
        programme=later.programme,
        measure=measure,
        aid_type=later.aid_type,
        until=later.as_of,
        after=earlier.as_of,
        area=later.area.code,
        phase=later.phase,
        kind=later.kind,
    )
    return in_words(rows(between, limit=FIRST))
