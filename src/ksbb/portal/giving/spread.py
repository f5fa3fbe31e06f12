"""What is too much for one place, spread over the nearest that miss the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ksbb.needs.models import Need
from ksbb.needs.queries_near import nearest_open

MOST_PLACES: Final = 50


class Spread(NamedTuple):
    """Quantity by the key of the need, and what found no place."""

    lines: dict[int, int]
    left: int

    @property
    def is_full(self) -> bool:
        """Whether more places may miss this, only not at one time."""
        return len(self.lines) >= MOST_PLACES


def around(quantity: int, need: Need) -> Spread:
    """Fill one place first and the nearest with the same need with the rest."""
    here = [need] if need.open else []
    near = [nearby.need for nearby in nearest_open(need, limit=MOST_PLACES)]
    return spread(quantity, [*here, *near][:MOST_PLACES])


def spread(quantity: int, needs: Iterable[Need]) -> Spread:
    """Give each need what it lacks, in the order given, until the quantity is used up."""
    lines: dict[int, int] = {}
    for need in needs:
        if quantity == 0:
            break
        lines[need.pk] = min(quantity, need.open)
        quantity -= lines[need.pk]
    return Spread(lines, quantity)
