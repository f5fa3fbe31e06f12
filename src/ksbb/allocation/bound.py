"""The Lagrangian bound: no choice of stops can be worth more than this."""

from __future__ import annotations

from typing import Final, NamedTuple

from ksbb.allocation.arrays import Floats, Ints
from ksbb.allocation.gain import Gains, best_at

_STEPS: Final = 60
_EQUAL: Final = 1e-14


class Bound(NamedTuple):
    """``price`` per package at which the bound is least, and the prices tried around it."""

    value: float
    price: float
    low: float
    high: float


class _End(NamedTuple):
    """A price, the bound there and the packages wanted: its slope is what is offered less those."""

    price: float
    value: float
    wanted: float


def bound(stops: Gains, packages: int, max_stops: int) -> Bound:
    """Return min over prices of price × packages + the best ``max_stops`` net gains.

    Relaxing "at most so many packages" by a price makes stops independent (Everett 1963). The bound
    is convex and piecewise linear in the price: where the lines at both ends meet nothing lies
    lower, so when it is that low there, it is the least (Kelley 1960). What is wanted falls about
    evenly between the ends, which leads there sooner.
    """
    low = _at(stops, packages, max_stops, 0.0)
    if low.wanted <= packages:
        return Bound(low.value, 0.0, 0.0, 0.0)
    high = _at(stops, packages, max_stops, float(stops.weight.max()))
    best = min(low, high, key=_value)
    for turn in range(_STEPS):
        meet, floor = _met(low, high, packages)
        if best.value <= floor + _EQUAL * abs(floor):
            break
        share = (low.wanted - packages) / (low.wanted - high.wanted)
        even = low.price + share * (high.price - low.price)
        price = (meet, even, (low.price + high.price) / 2)[turn % 3]
        if not low.price < price < high.price:
            price = (low.price + high.price) / 2
        found = _at(stops, packages, max_stops, price)
        best = min(best, found, key=_value)
        low, high = (found, high) if found.wanted > packages else (low, found)
    return Bound(best.value, best.price, low.price, high.price)


def _met(low: _End, high: _End, packages: int) -> tuple[float, float]:
    """Return the price at which the lines of both ends meet, and the bound they have there."""
    steep, gentle = packages - low.wanted, packages - high.wanted
    rise = low.value - steep * low.price - high.value + gentle * high.price
    price = rise / (gentle - steep)
    return price, low.value + steep * (price - low.price)


def _value(end: _End) -> tuple[float, float]:
    return end.value, end.price


def _at(stops: Gains, packages: int, max_stops: int, price: float) -> _End:
    x, net = best_at(stops, price)
    chosen = first(net, max_stops)
    return _End(price, price * packages + float(net[chosen].sum()), float(x[chosen].sum()))


def first(net: Floats, count: int) -> Ints:
    """Return the stops of the ``count`` largest positive net gains, in no order."""
    positive: Ints = (net > 0).nonzero()[0]
    if len(positive) <= count:
        return positive
    chosen: Ints = positive[(-net[positive]).argpartition(count - 1)[:count]]
    return chosen
