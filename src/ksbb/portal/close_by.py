"""What is full at one place, and the places close by that still miss it: each of them once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ksbb.needs.models import Need, Target
from ksbb.needs.queries_near import nearest_open

OFFERS: Final = 3
"""Places for each kind of aid; the page of the nearest has more."""


class Neighbour(NamedTuple):
    """A place with all it misses of what is full elsewhere; no kilometres where no point is."""

    target: Target
    kilometres: float | None
    needs: list[Need]


def neighbours_of(full: Iterable[Need]) -> list[Neighbour]:
    """Return the places that miss what these needs of one place lack no more, nearest first."""
    found: dict[int, Neighbour] = {}
    for need in full:
        for near in nearest_open(need, limit=OFFERS):
            target = near.need.target
            place = found.setdefault(target.pk, Neighbour(target, near.kilometres, []))
            place.needs.append(near.need)
    return sorted(found.values(), key=lambda one: (one.kilometres or 0.0, one.target.pk))
