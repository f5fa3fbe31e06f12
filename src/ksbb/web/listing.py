"""From the filters of a `TargetFilter` to the needs it shows, for every door."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Any, Final, NamedTuple

from django.db.models import Count, Max, Min, QuerySet

from ksbb.needs.models import Need
from ksbb.needs.queries_list import (
    BY_NAME,
    LEAST_COVERED,
    MOST_MISSING,
    in_area,
    needs_of,
    still_open,
)
from ksbb.needs.queries_map import by_area
from ksbb.needs.queries_near import by_distance, nearest
from ksbb.needs.queries_search import Understood, find_places
from ksbb.needs.queries_totals import LEVELS, AreaSum, added_up, count_of, of_area
from ksbb.needs.spots import Spot
from ksbb.priority.ordering import by_priority
from ksbb.priority.queries import terms_in_force
from ksbb.programmes.models import AidType, Phase, TargetKind
from ksbb.programmes.scope import Scope
from ksbb.web.target_filter import COVERAGE, MISSING, NAME, NEAREST, PRIORITY

ORDERS: Final = {MISSING: MOST_MISSING, COVERAGE: LEAST_COVERED, NAME: BY_NAME}

MOST: Final = 5_000
"""As many places are counted; of a longer list the page says that there are more."""


class Extent(NamedTuple):
    """How many places a list has, up to MOST, and the smallest area that holds them all."""

    places: int
    is_longer: bool
    area: str


class Narrowed(NamedTuple):
    """What narrows a list apart from its area, where the sums of areas are kept for it."""

    kind: TargetKind | None
    only_open: bool


class Listing(NamedTuple):
    """What was asked for, in which area, near to what, and what was understood of the text."""

    aid_type: AidType
    phase: Phase
    area: str
    needs: QuerySet[Need]
    understood: list[Understood]
    spot: Spot | None = None
    """The point the list is ordered around; None for every other order."""
    narrowed: Narrowed | None = None
    """None where a text narrows the list: its places are looked at one by one."""

    def sums(self, length: int) -> list[AreaSum]:
        """Add the needs up by areas with codes of a length."""
        if self.narrowed is None or len(self.area) > LEVELS[-1]:
            return by_area(self.needs, length)
        kept = max(length, len(self.area))
        sums = of_area(self.aid_type, self.phase, self.area, length=kept, **self._kept())
        return added_up(sums, length) if kept > length else sums

    def has_more_areas(self, length: int, most: int) -> bool:
        """Tell without adding up whether the needs lie in more than so many areas.

        Only where the sums of areas are kept; in a list that a text narrows, nobody knows before.
        """
        if self.narrowed is None or len(self.area) >= length:
            return False
        about = self._kept() | {"length": length, "most": most + 1}
        return count_of(self.aid_type, self.phase, self.area, **about) > most

    def extent(self) -> Extent:
        """Count the places and find where they lie; of a long list only that it is long."""
        if self.narrowed and sum(one.places for one in self.sums(LEVELS[0])) > MOST:
            return Extent(MOST, is_longer=True, area=self.area)
        some = self.needs.order_by()[: MOST + 1]
        found = some.aggregate(
            count=Count("pk"), first=Min("target__region_id"), last=Max("target__region_id")
        )
        if found["count"] > MOST:
            return Extent(MOST, is_longer=True, area=self.area)
        first, last = (str(code or "").split(".") for code in (found["first"], found["last"]))
        # What the first and the last of sorted codes share, all between them share too.
        shared = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
        return Extent(found["count"], is_longer=False, area=".".join(one for one, _ in shared))

    def _kept(self) -> dict[str, Any]:
        return self.narrowed._asdict() if self.narrowed else {}

    def rows(self, first: int, last: int) -> Iterable[Need]:
        """Return the needs from the `first` to before the `last` one, in order."""
        if self.spot:
            return nearest(self.needs, self.spot.point, first, last)
        return self.needs[first:last]


def find(chosen: dict[str, Any], scope: Scope) -> Listing:
    """Return the needs for the cleaned values of a `TargetFilter`."""
    aid_type = next(kind for kind in scope.aid_types if kind.slug == chosen["bantuan"])
    phase = next(phase for phase in scope.phases if str(phase.number) == chosen["fase"])
    root = scope.programme.root_region_id
    needs = needs_of(aid_type, phase)
    # All places of a programme lie in its root: to say so would only mislead the database.
    if chosen["wilayah"]:
        needs = in_area(needs, chosen["wilayah"])
    kind = scope.programme.target_kinds.get(slug=chosen["jenis"]) if chosen["jenis"] else None
    if kind:
        needs = needs.filter(target__kind=kind)
    if chosen["terbuka"]:
        needs = still_open(needs)
    understood: list[Understood] = []
    if chosen["q"]:
        condition, understood = find_places(chosen["q"], root)
        needs = needs.filter(condition)
    spot = chosen["dekat"] if chosen["urut"] == NEAREST else None
    ordered = by_distance(needs, spot.point) if spot else _in_order(needs, chosen["urut"], scope)
    narrowed = None if chosen["q"] else Narrowed(kind, only_open=chosen["terbuka"])
    area = chosen["wilayah"] or root
    return Listing(aid_type, phase, area, ordered, understood, spot, narrowed)


def _in_order(needs: QuerySet[Need], order: str, scope: Scope) -> QuerySet[Need]:
    if order != PRIORITY:
        return needs.order_by(*ORDERS[order])
    terms = terms_in_force(scope.programme, scope.now)
    return by_priority(needs, terms, scope.programme.persons_per_family, scope.today)
