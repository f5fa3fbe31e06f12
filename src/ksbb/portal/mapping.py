"""What the map and the table beside it show: one answer for both."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from ksbb.needs.queries_map import Box, PlaceRow, places_in, points_of
from ksbb.needs.queries_totals import AreaSum
from ksbb.overlap.queries import served_by_code
from ksbb.regions.models import Region
from ksbb.shared.codes import LENGTHS
from ksbb.web.listing import Listing
from ksbb.web.target_filter import COVERAGE, NAME

PLACES: Final = "tempat"
AREAS: Final = {
    "kota": LENGTHS["REGENCY"],
    "kecamatan": LENGTHS["DISTRICT"],
    "kelurahan": LENGTHS["VILLAGE"],
}
"""The levels of areas from the top down, with the length of their codes."""

LEVELS: Final = (*AREAS, PLACES)

MOST: Final = 1_500
"""So many marks a phone moves smoothly; of more, the next larger areas are shown instead."""

GRADES: Final = (0.1, 0.25, 0.5, 1.0)
"""Where the classes of coverage begin: below a tenth is 0, met in full is 4."""


class Mark(NamedTuple):
    """An area or a place on the map; `kind` is "" for an area."""

    code: str
    name: str
    lat: float | None
    lon: float | None
    quantity: int
    committed: int
    places: int
    missing: int
    kind: str = ""
    others: int = 0
    """At a place: what other sources brought, in none of the other numbers."""

    @property
    def open(self) -> int:
        """What is needed and not committed."""
        return self.quantity - self.committed

    @property
    def coverage(self) -> float:
        """Committed by needed; where nothing is needed nothing lacks."""
        return self.committed / self.quantity if self.quantity else 1.0

    @property
    def grade(self) -> int:
        """The class of coverage, 0 to 4."""
        return sum(self.coverage >= least for least in GRADES)


class Picture(NamedTuple):
    """Marks in the order of the list, and on which level; that may be coarser than asked for."""

    level: str
    marks: list[Mark]

    @property
    def total(self) -> Mark:
        """All marks added up."""
        sums = [(one.quantity, one.committed, one.places, one.missing) for one in self.marks]
        columns = zip(*sums, strict=True) if sums else ((0,),) * 4
        return Mark("", "", None, None, *(sum(column) for column in columns))


def levels_below(root: str) -> list[str]:
    """Return the levels that lie below a region."""
    return [level for level in LEVELS if level == PLACES or AREAS[level] > len(root)]


def level_for(area: str, asked: str) -> str:
    """Return the level to show of an area: the one asked for if it lies below, else the next."""
    offered = levels_below(area)
    return asked if asked in offered else offered[0]


def picture(listing: Listing, level: str, *, box: Box | None = None, order: str = "") -> Picture:
    """Return the marks of a level, or of the next larger one of which there are not too many."""
    if level == PLACES:
        rows = places_in(listing.needs, box, most=MOST + 1)
        if len(rows) <= MOST:
            others = served_by_code(listing.aid_type, listing.phase, [row.code for row in rows])
            marks = [_place(row, others.get(row.code, 0)) for row in rows]
            return Picture(PLACES, _sorted(marks, order))
        level = "kelurahan"
    level = level if box else _finest(listing, level)
    while True:
        shown = _shown(listing, level, box)
        if shown is not None:
            return Picture(level, _sorted(shown, order))
        level = LEVELS[LEVELS.index(level) - 1]


def _finest(listing: Listing, level: str) -> str:
    """Return the level, or the last one above it of which it is known not to be too many.

    From the top down, since there are never fewer areas below: the largest count is seldom made.
    """
    for above, below in pairwise(list(AREAS)[: LEVELS.index(level) + 1]):
        if listing.has_more_areas(AREAS[below], MOST):
            return above
    return level


def _shown(listing: Listing, level: str, box: Box | None) -> list[Mark] | None:
    """Return the marks to show, None where larger areas are to be tried."""
    length = AREAS[level]
    marks = _areas(listing, listing.sums(length), length)
    inside = [one for one in marks if not box or _is_in(one, box)]
    return None if level != "kota" and len(inside) > MOST else inside[:MOST]


def _place(row: PlaceRow, others: int) -> Mark:
    missing = int(row.quantity > row.committed)
    return Mark(*row[:6], places=1, missing=missing, kind=row.kind, others=others)


def _areas(listing: Listing, sums: list[AreaSum], length: int) -> list[Mark]:
    known = {
        code: (name, lat, lon)
        for code, name, lat, lon in Region.objects.filter(
            code__in=[one.code for one in sums]
        ).values_list("code", "name", "lat", "lon")
    }
    unplaced = [code for code, (_, lat, _) in known.items() if lat is None]
    guessed = points_of(listing.needs, length, unplaced) if unplaced else {}
    return [_area(one, known, guessed) for one in sums]


def _area(
    one: AreaSum,
    known: dict[str, tuple[str, float | None, float | None]],
    guessed: dict[str, tuple[float, float]],
) -> Mark:
    name, lat, lon = known.get(one.code, (one.code, None, None))
    if lat is None:
        lat, lon = guessed.get(one.code, (None, None))
    return Mark(one.code, name, lat, lon, *one[1:])


def _is_in(mark: Mark, box: Box) -> bool:
    return mark.lat is not None and mark.lon is not None and box.holds(mark.lat, mark.lon)


def _sorted(marks: Iterable[Mark], order: str) -> list[Mark]:
    if order == NAME:
        return sorted(marks, key=lambda one: (one.name.casefold(), one.code))
    if order == COVERAGE:
        return sorted(marks, key=lambda one: (one.coverage, -one.open, one.code))
    return sorted(marks, key=lambda one: (-one.open, one.code))
