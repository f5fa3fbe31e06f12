"""Spreading a quantity over places: those that come first are filled first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ksbb.needs.models import Need
from ksbb.needs.queries_list import MOST_MISSING, in_area, needs_of, still_open
from ksbb.needs.queries_near import nearest_open
from ksbb.programmes.models import AidType, Phase

MOST_PLACES: Final = 50


class Proposal(NamedTuple):
    """Quantity by the key of the need, and what found no place."""

    lines: dict[int, int]
    left: int

    @property
    def is_full(self) -> bool:
        """Whether more places may miss this, only not within one proposal."""
        return len(self.lines) >= MOST_PLACES


def spread(quantity: int, needs: Iterable[Need]) -> Proposal:
    """Give each need what it lacks, in the order given, until the quantity is used up."""
    lines: dict[int, int] = {}
    for need in needs:
        if quantity == 0:
            break
        lines[need.pk] = min(quantity, need.open)
        quantity -= lines[need.pk]
    return Proposal(lines, quantity)


def for_area(quantity: int, *, aid_type: AidType, phase: Phase, area: str) -> Proposal:
    """Propose the places of an area that miss most."""
    needs = still_open(in_area(needs_of(aid_type, phase), area))
    return spread(quantity, needs.order_by(*MOST_MISSING)[:MOST_PLACES])


def around(quantity: int, need: Need) -> Proposal:
    """Propose one place first and the nearest with the same need for the rest."""
    here = [need] if need.open else []
    near = [nearby.need for nearby in nearest_open(need, limit=MOST_PLACES)]
    return spread(quantity, [*here, *near])
