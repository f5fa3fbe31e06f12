"""One area day by day: where its figures stood at the end of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from ksbb.reports.cells import region_of
from ksbb.reports.models import BEGINNING
from ksbb.reports.reading import bookmark_of, closed_before, read
from ksbb.shared.clock import END_OF_DAY, WIB, in_wib

LONGEST: Final = 92
"""Days that are shown; of a longer programme the last ones."""

_DAY: Final = "SELECT %(day{0})s AS day, %(begins{0})s AS begins, %(ends{0})s AS ends"


class Point(NamedTuple):
    """How far one area was at the end of a day, in packages of one aid type."""

    day: date
    as_of: datetime
    quantity: int
    committed: int
    delivered: int
    received: int

    @property
    def open(self) -> int:
        """What was needed and not committed."""
        return self.quantity - self.committed


def series(
    programme: Programme,
    as_of: datetime,
    *,
    area: str = "",
    phase: Phase | None = None,
    aid_type: AidType,
    kind: TargetKind | None = None,
) -> tuple[Point, ...]:
    """Return a point for each day from the programme's first to that of `as_of`.

    The last day ends at `as_of`. Raises UnknownAreaError.
    """
    region = region_of(programme, area)
    last = in_wib(as_of).date()
    first = max(min(programme.starts_on, last), last - timedelta(days=LONGEST - 1))
    bookmark = bookmark_of(programme, as_of)
    closed = closed_before(bookmark, as_of)
    since = bookmark.opened_until or closed
    opened_on = in_wib(bookmark.opened_until or closed + timedelta(days=1)).date()
    spans = list(_spans(max(first, opened_on), since, as_of))
    rows = read(
        "series",
        bookmark,
        as_of,
        since=since,
        days=" UNION ALL ".join(_DAY.format(number) for number in range(len(spans))),
        closed_on=in_wib(closed).date(),
        opened=bookmark.opened_until or BEGINNING,
        opened_on=max(first, opened_on),
        area=region.code,
        below=f"{region.code}.%",
        level=region.level,
        aid_type=aid_type.pk,
        phase=phase.pk if phase else 0,
        kind=kind.pk if kind else 0,
        first=first,
        kept="",
        **_named(spans),
    )
    changes = {_as_date(row[0]): [int(number) for number in row[1:]] for row in rows}
    return tuple(_points(first, as_of, changes))


class _Span(NamedTuple):
    day: date
    begins: datetime
    ends: datetime


def _spans(day: date, begins: datetime, as_of: datetime) -> Iterator[_Span]:
    """Yield the days that are not added up; what lies before the first of them counts to it."""
    last = in_wib(as_of).date()
    day = min(day, last)
    while day <= last:
        ends = min(datetime.combine(day, END_OF_DAY, tzinfo=WIB), as_of)
        yield _Span(day, begins, ends)
        begins, day = ends, day + timedelta(days=1)


def _named(spans: list[_Span]) -> dict[str, object]:
    """Return the values of the days under the names in _DAY."""
    return {
        f"{name}{number}": value
        for number, span in enumerate(spans)
        for name, value in span._asdict().items()
    }


def _points(first: date, as_of: datetime, changes: dict[date, list[int]]) -> Iterator[Point]:
    sums = [0, 0, 0, 0]
    day, last = first, in_wib(as_of).date()
    while day <= last:
        sums = [so_far + new for so_far, new in zip(sums, changes.get(day, [0] * 4), strict=True)]
        end = datetime.combine(day, END_OF_DAY, tzinfo=WIB)
        yield Point(day, min(end, as_of), *sums)
        day += timedelta(days=1)


def _as_date(value: date | str) -> date:
    """Return a day as Python knows it; SQLite keeps it as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
