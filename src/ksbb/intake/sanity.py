"""Numbers that can hardly be: said as warnings, never refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from statistics import median
from typing import Final

from ksbb.intake.ground import Count
from ksbb.intake.reasons import Code, because, weigh
from ksbb.intake.rows import AREA, Reason, Row, Status

TIMES: Final = 10
_SMALLEST: Final = 50
"""Below, ten times more is chance."""
_LEAST_NEIGHBOURS: Final = 3
_MOST_TOGETHER: Final = 200
_FEWEST_PERSONS: Final = 2
_MOST_PERSONS: Final = 6
_GOING_IN: Final = {Status.ACCEPT, Status.WARN}
_COMPARED: Final = tuple((attrgetter(field), field) for field in ("kk_rentan", "kk"))

Lists = Mapping[str, Mapping[int, Count]]


def within_row(kk: int | None, kk_rentan: int | None, residents: int | None) -> tuple[Reason, ...]:
    """Compare the counts of one row of an area with each other."""
    reasons = []
    if kk is not None and kk_rentan is not None and kk_rentan > kk:
        reasons.append(because(Code.MORE_VULNERABLE, kk=kk, kk_rentan=kk_rentan))
    if kk and residents is not None:
        persons = residents / kk
        if not _FEWEST_PERSONS <= persons <= _MOST_PERSONS:
            reasons.append(because(Code.PERSONS_PER_KK, persons=f"{persons:.1f}"))
    return tuple(reasons)


def against_last(row: Row, last: Count) -> Row:
    """Compare a row with what was last counted in its RW."""
    for field, value, known in (
        ("kk", row.kk, last.kk),
        ("kk_rentan", row.kk_rentan, last.kk_rentan),
    ):
        if value is None or known is None:
            continue
        low, high = sorted((value, known))
        if high >= _SMALLEST and high >= TIMES * max(low, 1):
            row = warned(row, because(Code.TEN_TIMES_LAST, field=field, value=value, last=known))
    return row


def against_neighbours(rows: Iterator[Row], lists: Lists) -> Iterator[Row]:
    """Compare rows of one kelurahan that stand together with each other and with last counts.

    The order stays; rows without a kelurahan go with those before them.
    """
    together: list[Row] = []
    around = ""
    for row in rows:
        code = row.kelurahan_code
        if code and code != around:
            yield from _compared(together, lists.get(around, {}))
            together, around = [], code
        together.append(row)
        if len(together) >= _MOST_TOGETHER:
            yield from _compared(together, lists.get(around, {}))
            together = []
    yield from _compared(together, lists.get(around, {}))


def warned(row: Row, reason: Reason) -> Row:
    """Return the row with one more reason."""
    reasons = (*row.reasons, reason)
    return row._replace(reasons=reasons, status=weigh(reasons))


def _compared(rows: list[Row], last: Mapping[int, Count]) -> Iterator[Row]:
    for count_of, field in _COMPARED:
        said = sorted(filter(None, map(count_of, rows)))
        # Far fewer than half of the others lie below the lowest quarter: a quick first look.
        if said and said[-1] >= _SMALLEST and (last or said[-1] >= TIMES * said[len(said) // 4]):
            rows = _one_field(rows, field, last)
    yield from rows


def _one_field(rows: list[Row], field: str, last: Mapping[int, Count]) -> list[Row]:
    said: dict[int, int] = {
        number: known
        for number, count in last.items()
        if (known := getattr(count, field)) is not None
    }
    for row in rows:
        value = getattr(row, field)
        if value is not None and row.rw is not None and row.kind == AREA:
            said[row.rw] = value
    if len(said) <= _LEAST_NEIGHBOURS:
        return rows
    return [_beside(row, field, said) for row in rows]


def _beside(row: Row, field: str, said: dict[int, int]) -> Row:
    value = getattr(row, field)
    if value is None or value < _SMALLEST or row.status not in _GOING_IN or row.kind != AREA:
        return row
    others = [count for number, count in said.items() if number != row.rw]
    usual = int(median(others))
    if value < TIMES * max(usual, 1):
        return row
    return warned(row, because(Code.TEN_TIMES_NEIGHBOURS, field=field, value=value, median=usual))
