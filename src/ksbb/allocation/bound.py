"""The Lagrangian bound: no choice of stops can be worth more than this."""

from __future__ import annotations

from typing import NamedTuple

from ksbb.allocation.arrays import Floats, Ints
from ksbb.allocation.gain import Gains, best_at

_STEPS = 45


class Bound(NamedTuple):
    """``price`` per package at which the bound is least, and the prices tried around it."""

    value: float
    price: float
    low: float
    high: float


def bound(stops: Gains, packages: int, max_stops: int) -> Bound:
    """Return min over prices of price × packages + the best ``max_stops`` net gains.

    Relaxing "at most so many packages" by a price makes stops independent (Everett 1963); the bound
    is convex in the price, so it is bisected on its slope: packages offered less packages wanted.
    """
    low, high = 0.0, float(stops.weight.max())
    value, wanted = _at(stops, packages, max_stops, 0.0)
    if wanted <= packages:
        return Bound(value, 0.0, 0.0, 0.0)
    best = value, 0.0
    for _ in range(_STEPS):
        price = (low + high) / 2
        value, wanted = _at(stops, packages, max_stops, price)
        best = min(best, (value, price))
        low, high = (price, high) if wanted > packages else (low, price)
    return Bound(best[0], best[1], low, high)


def _at(stops: Gains, packages: int, max_stops: int, price: float) -> tuple[float, float]:
    x, net = best_at(stops, price)
    chosen = first(net, max_stops)
    return price * packages + float(net[chosen].sum()), float(x[chosen].sum())


def first(net: Floats, count: int) -> Ints:
    """Return the stops of the ``count`` largest positive net gains, in no order."""
    positive: Ints = (net > 0).nonzero()[0]
    if len(positive) <= count:
        return positive
    chosen: Ints = positive[(-net[positive]).argpartition(count - 1)[:count]]
    return chosen
