"""Which places the givers of the scenario turn to."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from ksbb.demo.marks import (
    FIRST_RELEASE_CITIES,
    FIRST_RELEASE_RW,
    FIRST_RELEASE_VILLAGES,
)
from ksbb.demo.places import BUSY_DISTRICT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from ksbb.demo.places import Place

NEIGHBOURS: Final = 24
RETURN_WEIGHT: Final = 3
LEFT_OPEN: Final = 4
"""So many of the largest RW of Kebayoran Lama stay without help in the last phase."""


class Candidates:
    """RW to be drawn from by size; `reserve` comes in when the first ones are used up."""

    def __init__(
        self, places: Iterable[Place], reserve: Iterable[Place], known: set[str], rng: Random
    ) -> None:
        """Take the RW still free; those in `known` were helped before and are drawn rather."""
        self._by_size = _by_size(places)
        self._reserve = _by_size(reserve)
        self._known = known
        self._rng = rng

    def near(self, size: float) -> str:
        """Draw an RW with about `size` families; raises IndexError when none is left."""
        if not self._by_size:
            self._by_size, self._reserve = self._reserve, []
        middle = bisect_left(self._by_size, (int(size), ""))
        low = max(0, min(middle - NEIGHBOURS // 2, len(self._by_size) - NEIGHBOURS))
        window = self._by_size[low : low + NEIGHBOURS]
        weights = [RETURN_WEIGHT if code in self._known else 1 for _, code in window]
        drawn = self._rng.choices(window, weights)[0]
        self._by_size.remove(drawn)
        return drawn[1]

    def large(self) -> str:
        """Draw an RW, the larger the likelier by far."""
        sizes = [size for size, _ in self._by_size or self._reserve]
        return self.near(self._rng.choices(sizes, [size**3 for size in sizes])[0])


def _by_size(places: Iterable[Place]) -> list[tuple[int, str]]:
    return sorted((place.count, place.code) for place in places)


def first_circle(areas: Sequence[Place], rng: Random) -> list[str]:
    """Return the 118 RW in 69 kelurahan of 5 cities of the first press release.

    The largest RW of Kebayoran Lama, where Barisan Bangun Negeri goes, comes first.
    """
    home = busy_areas(areas)[0]
    mainland = [place for place in areas if not place.code.startswith("31.01")]
    villages = _villages(mainland, home, rng)
    inside = {village: [p for p in mainland if p.village == village] for village in villages}
    chosen = [
        home,
        *(_draw(inside[village], rng) for village in villages if village != home.village),
    ]
    rest = [place for places in inside.values() for place in places if place not in chosen]
    while len(chosen) < FIRST_RELEASE_RW:
        chosen.append(_draw(rest, rng))
        rest.remove(chosen[-1])
    return [place.code for place in chosen]


def _villages(mainland: Sequence[Place], home: Place, rng: Random) -> list[str]:
    """Draw the kelurahan so that no city is left out."""
    codes = sorted({place.village for place in mainland} - {home.village})
    rng.shuffle(codes)
    one_per_city = {code[:5]: code for code in codes}
    if len(one_per_city) != FIRST_RELEASE_CITIES:
        message = f"{len(one_per_city)} cities with RW instead of {FIRST_RELEASE_CITIES}"
        raise ValueError(message)
    first = [home.village, *one_per_city.values()]
    return [*first, *(code for code in codes if code not in first)][:FIRST_RELEASE_VILLAGES]


def _draw(places: Sequence[Place], rng: Random) -> Place:
    return rng.choices(places, [place.count for place in places])[0]


def busy_areas(areas: Iterable[Place]) -> list[Place]:
    """Return the RW of Kebayoran Lama, the largest first."""
    busy = (place for place in areas if place.code.startswith(BUSY_DISTRICT))
    return sorted(busy, key=lambda place: (-place.count, place.code))


def left_open(areas: Iterable[Place]) -> set[str]:
    """Return the RW which a visitor of the demo finds open in the last phase."""
    return {place.code for place in busy_areas(areas)[:LEFT_OPEN]}
