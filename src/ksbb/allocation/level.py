"""Two levels with the wanted number of keys between them, for many pools at once."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints

FUZZ: Final = 1e-14
"""More than the relative error of a counted key (a few roundings of 2^-53)."""
BLOCK: Final = 1 << 14
"""Rows handled at once: their columns fit the cache of one core."""

_CEILING: Final = 1.0 + 1e-6
"""Above every key: committed + k < need, and weights count in thousandths from 1."""
_STRICT_ROUNDS: Final = 6
_ROUNDS: Final = 200
_SAMPLE: Final = 1 << 15
_LARGE: Final = 1 << 16
_ZEROS: Final = np.zeros(BLOCK)


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


class _Found(NamedTuple):
    level: Floats
    slope: Floats


def likely(keys: Keys, pools: Pools) -> list[Bracket]:
    """Return brackets of one large pool that most probably hold; none for small and several ones.

    A sample shows the level to a hundredth, one look at all rows to the square root of their
    number. Where many keys are alike the number jumps, mostly just at the level of the sample: the
    second bracket reaches from there.
    """
    if len(pools.size) > 1 or len(keys.gap) <= _LARGE:
        return []
    begin = _sampled(keys, pools)
    taken, _ = _at(keys, pools, begin.level, with_slope=False)
    middle = begin.level + (pools.stock - taken) / begin.slope
    reach = (2 * np.sqrt(pools.size) + 8) * _dearest(keys) / begin.slope
    reach += np.abs(middle - begin.level) / 16
    near = _within(middle - reach, middle + reach)
    if (taken >= pools.stock).all():
        return [near, _within(middle - reach, begin.level)]
    return [near, _within(begin.level, middle + reach)]


def _within(low: Floats, high: Floats) -> Bracket:
    return Bracket(np.where(low > 0, low, -1.0), np.clip(high, 1e-300, _CEILING))


def bracket(keys: Keys, pools: Pools) -> Bracket:
    """Return levels around the wanted one with few keys between them, at most two a row."""
    if len(pools.size) == 1 and len(keys.gap) > _LARGE:
        begin = _sampled(keys, pools)
        return _narrowed(keys, pools, begin.level, begin.slope)[0]
    return _narrowed(keys, pools, _guess(keys, pools), None)[0]


def count(keys: Keys, pools: Pools, level: Floats) -> Ints:
    """Return how many keys of each row lie below its pool's level, up to FUZZ."""
    return below(keys, np.repeat(level, pools.size)).astype(np.int64)


def blocks(length: int) -> list[slice]:
    """Return the rows block by block."""
    return [slice(begin, begin + BLOCK) for begin in range(0, length, BLOCK)]


def below(keys: Keys, level: Floats) -> Floats:
    """Return how many keys of each row lie below a level (one, or one a row), up to FUZZ."""
    counted: Floats = keys.divisor * level
    counted -= keys.dividend
    np.ceil(counted, out=counted)
    np.minimum(counted, keys.gap, out=counted)
    # A row of zeros is four times faster than the number zero.
    return np.maximum(
        counted, _ZEROS[: len(counted)] if len(counted) <= BLOCK else 0.0, out=counted
    )


def cost(counts: Floats | Ints, keys: Keys) -> Floats | Ints:
    """Return what so many packages of each row cost: themselves where there is no price."""
    return counts if keys.price is None else counts * keys.price


def sums(values: Floats | Ints, pools: Pools) -> Floats:
    """Add up pool by pool; exact, for sums stay below 2^53."""
    if len(pools.size) == 1:
        return np.array([float(values.sum())])
    return np.add.reduceat(values, pools.start).astype(np.float64)


def _narrowed(
    keys: Keys, pools: Pools, level: Floats, slope: Floats | None
) -> tuple[Bracket, _Found]:
    """Narrow the bracket step by step. A known ``slope`` spares reckoning it each time."""
    low, high = np.full(len(pools.size), -1.0), np.full(len(pools.size), _CEILING)
    below, above = np.zeros(len(low)), sums(cost(keys.gap, keys), pools)
    rise = np.zeros(len(low)) if slope is None else slope
    for round_ in range(_ROUNDS):
        taken, rising = _at(keys, pools, level, with_slope=slope is None)
        rise = rising if slope is None else rise
        short = taken < pools.stock
        low, below = np.where(short, level, low), np.where(short, taken, below)
        high, above = np.where(short, high, level), np.where(short, above, taken)
        if _narrow(keys, pools, above - below, Bracket(low, high), round_):
            break
        level = _next(level, taken, rise, pools, Bracket(low, high))
    return Bracket(low, high), _Found(level, rise)


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


def _sampled(keys: Keys, pools: Pools) -> _Found:
    """Return the level of every so-manieth row. It only sets where the search begins."""
    step = len(keys.gap) // _SAMPLE
    sample = keys.part(slice(None, None, step))
    most = float(cost(sample.gap, sample).sum())
    few = Pools(
        pools.start, np.array([len(sample.gap)]), np.clip(pools.stock / step, 1.0, max(most - 1, 1))
    )
    ends, found = _narrowed(sample, few, _guess(sample, few), None)
    middle = (np.maximum(ends.low, 0.0) + ends.high) / 2
    return _Found(middle, np.maximum(found.slope, 1.0) * step)


def _at(keys: Keys, pools: Pools, level: Floats, *, with_slope: bool) -> tuple[Floats, Floats]:
    """Return per pool what the keys below a level cost, and how that grows with the level."""
    if len(level) > 1:
        return _at_once(keys, pools, np.repeat(level, pools.size), with_slope=with_slope)
    taken, rise = np.zeros(1), np.zeros(1)
    whole = Pools(np.zeros(1, np.int64), np.ones(1, np.int64), pools.stock)
    for rows in blocks(len(keys.gap)):
        more = _at_once(keys.part(rows), whole, level, with_slope=with_slope)
        taken, rise = taken + more[0], rise + more[1]
    return taken, rise


def _at_once(keys: Keys, pools: Pools, level: Floats, *, with_slope: bool) -> tuple[Floats, Floats]:
    counted = below(keys, level)
    taken = sums(cost(counted, keys), pools)
    if not with_slope:
        return taken, taken
    rising = np.where((counted > 0) & (counted < keys.gap), keys.divisor, 0)
    return taken, sums(cost(rising, keys), pools)


def _dearest(keys: Keys) -> float:
    return 1.0 if keys.price is None else float(keys.price.max())
