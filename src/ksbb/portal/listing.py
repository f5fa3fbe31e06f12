"""From the filters of the list to the needs it shows."""

from __future__ import annotations

from itertools import takewhile
from typing import Any, Final, NamedTuple

from django.db.models import Max, Min, QuerySet

from ksbb.needs.models import Need
from ksbb.needs.queries_list import (
    BY_NAME,
    LEAST_COVERED,
    MOST_MISSING,
    in_area,
    needs_of,
    still_open,
)
from ksbb.needs.queries_search import find_places
from ksbb.portal.forms.filters import COVERAGE, MISSING, NAME
from ksbb.portal.scope import Scope
from ksbb.programmes.models import AidType, Phase

ORDERS: Final = {MISSING: MOST_MISSING, COVERAGE: LEAST_COVERED, NAME: BY_NAME}


class Listing(NamedTuple):
    """What was asked for, and the names that were understood of the text."""

    aid_type: AidType
    phase: Phase
    needs: QuerySet[Need]
    understood: list[str]

    @property
    def area(self) -> str:
        """The code of the smallest area that holds every place of the list, "" without any."""
        ends = self.needs.aggregate(first=Min("target__region_id"), last=Max("target__region_id"))
        first, last = (str(code or "").split(".") for code in (ends["first"], ends["last"]))
        # What the first and the last of sorted codes share, all between them share too.
        shared = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
        return ".".join(one for one, _ in shared)


def find(chosen: dict[str, Any], scope: Scope) -> Listing:
    """Return the needs for the cleaned values of a `TargetFilter`."""
    aid_type = next(kind for kind in scope.aid_types if kind.slug == chosen["bantuan"])
    phase = next(phase for phase in scope.phases if str(phase.number) == chosen["fase"])
    root = scope.programme.root_region_id
    needs = in_area(needs_of(aid_type, phase), chosen["wilayah"] or root)
    if chosen["jenis"]:
        needs = needs.filter(target__kind__slug=chosen["jenis"])
    if chosen["terbuka"]:
        needs = still_open(needs)
    understood: list[str] = []
    if chosen["q"]:
        condition, understood = find_places(chosen["q"], root)
        needs = needs.filter(condition)
    return Listing(aid_type, phase, needs.order_by(*ORDERS[chosen["urut"]]), understood)
