"""Two levels with the wanted number of keys between them, for many pools at once."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints

FUZZ: Final = 1e-14
"""More than the relative error of a counted key (a few roundings of 2^-53)."""

_CEILING: Final = 1.0 + 1e-6
"""Above every key: committed + k < need, and weights count in thousandths from 1."""
_STRICT_ROUNDS: Final = 6
_ROUNDS: Final = 200


class Keys(NamedTuple):
    """Rows pool after pool: divisor and dividend of the first key, how many keys, their price."""

    divisor: Ints | Floats
    dividend: Ints | Floats
    gap: Ints
    price: Floats | None = None

    def part(self, rows: slice) -> Keys:
        """Return some of the rows."""
        price = None if self.price is None else self.price[rows]
        return Keys(self.divisor[rows], self.dividend[rows], self.gap[rows], price)


class Pools(NamedTuple):
    """Where each pool begins among the rows (all non-empty), how long it is, what it has."""

    start: Ints
    size: Ints
    stock: Floats


class Bracket(NamedTuple):
    """Levels below and above: fewer keys than wanted lie below the one, enough below the other."""

    low: Floats
    high: Floats


def count(keys: Keys, pools: Pools, level: Floats) -> Ints:
    """Return how many keys of each row lie below its pool's level, up to FUZZ."""
    return below(keys, np.repeat(level, pools.size)).astype(np.int64)


def below(keys: Keys, level: Floats) -> Floats:
    """Return how many keys of each row lie below a level (one, or one a row), up to FUZZ."""
    counted: Floats = keys.divisor * level
    counted -= keys.dividend
    np.ceil(counted, out=counted)
    np.minimum(counted, keys.gap, out=counted)
    return np.maximum(counted, 0.0, out=counted)


def cost(counts: Floats | Ints, keys: Keys) -> Floats | Ints:
    """Return what so many packages of each row cost: themselves where there is no price."""
    return counts if keys.price is None else counts * keys.price


def sums(values: Floats | Ints, pools: Pools) -> Floats:
    """Add up pool by pool; exact, for sums stay below 2^53."""
    if len(pools.size) == 1:
        return np.array([float(values.sum())])
    return np.add.reduceat(values, pools.start).astype(np.float64)


def bracket(keys: Keys, pools: Pools) -> Bracket:
    """Return levels around the wanted one with few keys between them, at most two a row."""
    low, high = np.full(len(pools.size), -1.0), np.full(len(pools.size), _CEILING)
    below, above = np.zeros(len(low)), sums(cost(keys.gap, keys), pools)
    level = _guess(keys, pools)
    for round_ in range(_ROUNDS):
        taken, rise = _at(keys, pools, level)
        short = taken < pools.stock
        low, below = np.where(short, level, low), np.where(short, taken, below)
        high, above = np.where(short, high, level), np.where(short, above, taken)
        if _narrow(keys, pools, above - below, Bracket(low, high), round_):
            break
        level = _next(level, taken, rise, pools, Bracket(low, high))
    return Bracket(low, high)


def _narrow(keys: Keys, pools: Pools, between: Floats, ends: Bracket, round_: int) -> bool:
    # Keys that are alike cannot be told apart by a level, so after a while two a row will do.
    allowed = (2.0 if round_ >= _STRICT_ROUNDS else 1 / 16) * pools.size + 16
    done = (between <= allowed * _dearest(keys)) | (ends.high - ends.low <= 8 * FUZZ * ends.high)
    return bool(done.all())


def _next(level: Floats, taken: Floats, rise: Floats, pools: Pools, ends: Bracket) -> Floats:
    """Step to where the stock should be used up and a little beyond, to come from both sides."""
    beyond = np.where(taken < pools.stock, 1.0, -1.0) * (np.sqrt(pools.size) + 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        step = level + (pools.stock - taken + beyond) / rise
    inside = (step > ends.low) & (step < ends.high) & np.isfinite(step)
    halfway = np.where(ends.low > 0, (ends.low + ends.high) / 2, ends.high / 8)
    return np.where(inside, step, halfway)


def _guess(keys: Keys, pools: Pools) -> Floats:
    """Return the level at which the stock would be used up if nothing could be full."""
    asked = np.maximum(sums(keys.dividend, pools), 0.0) + pools.stock / _dearest(keys)
    return np.minimum(asked / sums(keys.divisor, pools), _CEILING / 2)


def _at(keys: Keys, pools: Pools, level: Floats) -> tuple[Floats, Floats]:
    """Return per pool what the keys below a level cost, and how that grows with the level."""
    counted = below(keys, np.repeat(level, pools.size))
    taken = sums(cost(counted, keys), pools)
    rising = np.where((counted > 0) & (counted < keys.gap), keys.divisor, 0)
    return taken, sums(cost(rising, keys), pools)


def _dearest(keys: Keys) -> float:
    return 1.0 if keys.price is None else float(keys.price.max())
