"""Slow and plain ways to the same answers, in exact fractions."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import strategies as st

from ksbb.allocation.arrays import Lots
from ksbb.allocation.lots import public_lot

Key = tuple[Fraction, int, int, int]


@dataclass(frozen=True)
class Pool:
    """One stock over a few places."""

    need: list[int]
    committed: list[int]
    weight: list[int]
    cap: list[int]
    supply: int
    seed: int
    price: list[int] = field(default_factory=list)

    @property
    def lot(self) -> Lots:
        return public_lot(np.arange(len(self.need)), self.seed)

    @property
    def gap(self) -> list[int]:
        return [
            max(0, min(n - c, cap))
            for n, c, cap in zip(self.need, self.committed, self.cap, strict=True)
        ]

    def with_need(self, place: int, need: int) -> Pool:
        """Return the pool with another need at one place."""
        return replace(self, need=[*self.need[:place], need, *self.need[place + 1 :]])

    def with_promise(self, place: int) -> Pool:
        """Return the pool with one package more promised to a place."""
        promised = [c + (t == place) for t, c in enumerate(self.committed)]
        return replace(self, committed=promised)

    def key(self, place: int, package: int, delta2: int = 0, *, by_size: bool = True) -> Key:
        """Return what `package` of `place` is sorted by, `by_size` with its third part."""
        weighted = self.weight[place] * self.need[place]
        above = 2 * (self.committed[place] + package) + delta2
        third = weighted if by_size else 0
        return Fraction(above, 2 * weighted), -self.need[place], third, int(self.lot[place])


@st.composite
def pools(draw: st.DrawFn, *, most: int = 12, places: int = 8) -> Pool:
    """Draw a pool small enough to be reckoned by hand, often with ties."""
    count = draw(st.integers(1, places))

    def column(low: int, high: int) -> list[int]:
        return draw(st.lists(st.integers(low, high), min_size=count, max_size=count))

    weights = draw(st.lists(st.sampled_from([800, 1000, 1500]), min_size=count, max_size=count))
    need, committed = column(1, most), [max(0, c) for c in column(-most, most)]
    return Pool(
        need=need,
        committed=committed,
        weight=weights,
        cap=column(0, most) if draw(st.booleans()) else [most] * count,
        supply=draw(st.integers(1, count * most)),
        seed=draw(st.integers(0, 99)),
        price=column(1, 5),
    )


def by_heap(
    pool: Pool, *, delta2: int = 0, by_size: bool = True, budget: int | None = None
) -> list[int]:
    """Serve the smallest key, again and again; with a budget until one cannot be paid."""
    x = [0] * len(pool.need)
    left = pool.supply if budget is None else budget
    heap = [
        (pool.key(place, 0, delta2, by_size=by_size), place)
        for place, gap in enumerate(pool.gap)
        if gap
    ]
    heapq.heapify(heap)
    while heap:
        _, place = heapq.heappop(heap)
        price = 1 if budget is None else pool.price[place]
        if price > left:
            break
        left -= price
        x[place] += 1
        if x[place] < pool.gap[place]:
            heapq.heappush(heap, (pool.key(place, x[place], delta2, by_size=by_size), place))
    return x


def coverages(pool: Pool, x: Sequence[int]) -> list[Fraction]:
    """Return the weighted coverage of every family, the worst first."""
    return sorted(
        Fraction(pool.committed[t] + x[t], pool.weight[t] * pool.need[t])
        for t in range(len(x))
        for _ in range(pool.need[t])
    )


def all_ways(pool: Pool) -> Iterator[tuple[int, ...]]:
    """Yield every way to place as many packages as can be placed."""
    placed = min(pool.supply, sum(pool.gap))
    ways = product(*(range(gap + 1) for gap in pool.gap))
    return (way for way in ways if sum(way) == placed)
