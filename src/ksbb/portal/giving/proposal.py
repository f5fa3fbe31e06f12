"""From what somebody has to a proposal of places; the screen before it knows nothing of the rule.

The rule of today: as few places as can take the quantity, those that miss most before others, and
between these in proportion to what each misses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    is_limited: bool = False
    """Whether wishes about stops kept places out."""

    @property
    def is_full(self) -> bool:
        """Whether more places may miss this, only not within one proposal."""
        return len(self.lines) >= MOST_PLACES


class Wishes(NamedTuple):
    """At how many places somebody can unload, and how much at each; 0 where it does not matter."""

    stops: int = 0
    least: int = 0


def for_area(
    quantity: int, *, aid_type: AidType, phase: Phase, area: str, wishes: Wishes
) -> Proposal:
    """Propose places of an area for a quantity."""
    needs = still_open(in_area(needs_of(aid_type, phase), area)).order_by(*MOST_MISSING)
    stops = min(wishes.stops or MOST_PLACES, MOST_PLACES)
    proposal = in_proportion(quantity, list(needs[:stops]), least=wishes.least)
    return proposal._replace(is_limited=any(wishes))


def in_proportion(quantity: int, needs: Sequence[Need], *, least: int = 0) -> Proposal:
    """Share a quantity between the first of the needs that together can take it.

    None gets more than it lacks or less than `least`; what remains is said. Fractions go to those
    that stand first.
    """
    least = max(least, 1)
    chosen, open_there = _fewest(quantity, needs, least)
    given = min(quantity, open_there)
    spare, room = given - least * len(chosen), open_there - least * len(chosen)
    lines = {need.pk: least + _share(spare, need.open - least, room) for need in chosen}
    over = given - sum(lines.values())
    for need in chosen:
        extra = min(over, 1, need.open - lines[need.pk])
        lines[need.pk] += extra
        over -= extra
    return Proposal(lines, quantity - given)


def around(quantity: int, need: Need) -> Proposal:
    """Propose one place first and the nearest with the same need for the rest."""
    here = [need] if need.open else []
    near = [nearby.need for nearby in nearest_open(need, limit=MOST_PLACES)]
    return spread(quantity, [*here, *near])


def spread(quantity: int, needs: Iterable[Need]) -> Proposal:
    """Give each need what it lacks, in the order given, until the quantity is used up."""
    lines: dict[int, int] = {}
    for need in needs:
        if quantity == 0:
            break
        lines[need.pk] = min(quantity, need.open)
        quantity -= lines[need.pk]
    return Proposal(lines, quantity)


def _fewest(quantity: int, needs: Sequence[Need], least: int) -> tuple[list[Need], int]:
    """Return the first needs that can take the quantity, each at least `least`, and their sum."""
    chosen: list[Need] = []
    open_there = 0
    for need in needs:
        enough = open_there >= quantity or (len(chosen) + 1) * least > quantity
        if enough:
            break
        if need.open >= least:
            chosen.append(need)
            open_there += need.open
    return chosen, open_there


def _share(spare: int, own_room: int, room: int) -> int:
    return spare * own_room // room if room else 0
