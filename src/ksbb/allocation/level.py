"""Two levels with the wanted number of keys between them, for many pools at once."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints, Mask, picked

FUZZ: Final = 1e-14
"""More than the relative error of a counted key (a few roundings of 2^-53)."""

_CEILING: Final = 1.0 + 1e-6
"""Above every key: committed + k < need, and weights count in thousandths from 1."""
_STRICT_ROUNDS: Final = 6
_ROUNDS: Final = 200
_TURNS: Final = 3
"""Every so many rounds the slope is reckoned anew."""
_SAMPLE: Final = 1 << 10


class Keys(NamedTuple):
    """Rows pool after pool: divisor and dividend of the first key, how many keys, their price."""

    divisor: Ints | Floats
    dividend: Ints | Floats
    gap: Ints | Floats
    price: Floats | None = None

    def part(self, rows: slice | Ints) -> Keys:
        """Return some of the rows."""
        price = None if self.price is None else picked(self.price, rows)
        divisor, dividend, gap = (picked(column, rows) for column in self[:3])
        return Keys(divisor, dividend, gap, price)

    def real(self) -> Keys:
        """Return the keys in float64, in which whole numbers below 2^53 are exact."""
        divisor, dividend, gap = (np.asarray(column, np.float64) for column in self[:3])
        return Keys(divisor, dividend, gap, self.price)


class Pools(NamedTuple):
    """Where each pool begins among the rows (all non-empty), how long it is, what it has."""

    start: Ints
    size: Ints
    stock: Floats


class Bracket(NamedTuple):
    """Levels below and above: fewer keys than wanted lie below the one, enough below the other."""

    low: Floats
    high: Floats


def count(keys: Keys, pools: Pools, level: Floats) -> Floats:
    """Return how many keys of each row lie below its pool's level, up to FUZZ."""
    return below(keys, np.repeat(level, pools.size))


def below(keys: Keys, level: Floats) -> Floats:
    """Return how many keys of each row lie below a level (one, or one a row), up to FUZZ."""
    counted: Floats = np.multiply(keys.divisor, level)
    # To compare two columns is a third of the work of comparing one with 0 afterwards.
    np.maximum(counted, keys.dividend, out=counted)
    counted -= keys.dividend
    np.ceil(counted, out=counted)
    return np.minimum(counted, keys.gap, out=counted)


def cost(counts: Floats | Ints, keys: Keys) -> Floats | Ints:
    """Return what so many packages of each row cost: themselves where there is no price."""
    return counts if keys.price is None else counts * keys.price


def sums(values: Floats | Ints, pools: Pools) -> Floats:
    """Add up pool by pool; exact, for sums stay below 2^53."""
    if len(pools.size) == 1:
        return np.array([float(values.sum())])
    return np.add.reduceat(values, pools.start).astype(np.float64)


class _Search(NamedTuple):
    """Some of the pools (``at``) while they are narrowed.

    What the keys below each end cost, and how fast a higher level costs more.
    """

    at: Ints
    keys: Keys
    pools: Pools
    ends: Bracket
    below: Floats
    above: Floats
    rise: Floats

    def without(self, done: Mask) -> _Search:
        """Return the pools that are not done."""
        keep = ~done
        pools = pools_of(self.pools.size[keep], self.pools.stock[keep])
        keys = self.keys.part(np.flatnonzero(np.repeat(keep, self.pools.size)))
        ends = Bracket(self.ends.low[keep], self.ends.high[keep])
        below, above, rise = self.below[keep], self.above[keep], self.rise[keep]
        return _Search(self.at[keep], keys, pools, ends, below, above, rise)


def pools_of(sizes: Ints, stock: Ints | Floats) -> Pools:
    """Return pools that lie one after the other."""
    start = np.zeros(len(sizes), np.int64)
    np.cumsum(sizes[:-1], out=start[1:])
    return Pools(start, sizes, stock.astype(np.float64))


def in_reach(keys: Keys, pools: Pools) -> Ints:
    """Return the rows whose keys may be served where a stock has fewer packages than rows.

    If each row were served once at most, the last key served would lie as high as the one wanted,
    or higher: rows whose first key lies beyond it get none. Other pools keep all their rows.
    """
    first = keys.dividend / keys.divisor
    first[keys.gap == 0] = np.inf
    found: list[Ints] = []
    for start, size, stock in zip(*(column.tolist() for column in pools), strict=True):
        part = first[start : start + size]
        if stock < size:
            part = part <= np.partition(part, int(stock) - 1)[int(stock) - 1]
            found.append(np.flatnonzero(part) + start)
        else:
            found.append(np.arange(start, start + size))
    return np.concatenate(found)


def bracket(keys: Keys, pools: Pools) -> Bracket:
    """Return levels around the wanted one with few keys between them, at most two a row.

    Pools that are done early are left behind, so that the last rounds look at few rows.
    """
    found = Bracket(np.empty(len(pools.size)), np.empty(len(pools.size)))
    search = _Search(
        at=np.arange(len(pools.size)),
        keys=keys,
        pools=pools,
        ends=Bracket(np.full(len(pools.size), -1.0), np.full(len(pools.size), _CEILING)),
        below=np.zeros(len(pools.size)),
        above=sums(cost(keys.gap, keys), pools),
        rise=np.zeros(len(pools.size)),
    )
    level = _guess(keys, pools)
    for round_ in range(_ROUNDS):
        search, level = _round(search, level, round_)
        found.low[search.at], found.high[search.at] = search.ends
        done = _narrow(search, round_)
        if done.all():
            break
        if 4 * done.sum() >= 3 * len(done):
            search, level = search.without(done), level[~done]
    return found


def _round(search: _Search, level: Floats, round_: int) -> tuple[_Search, Floats]:
    """Count at a level a pool, and say at which to look next."""
    pools, (low, high) = search.pools, search.ends
    counted = below(search.keys, np.repeat(level, pools.size))
    taken = sums(cost(counted, search.keys), pools)
    rise = search.rise if round_ % _TURNS else _rise(search.keys, pools, counted)
    short = taken < pools.stock
    ends = Bracket(np.where(short, level, low), np.where(short, high, level))
    few, many = np.where(short, taken, search.below), np.where(short, search.above, taken)
    further = search._replace(ends=ends, below=few, above=many, rise=rise)
    return further, _next(further, level, taken, round_)


def _rise(keys: Keys, pools: Pools, counted: Floats) -> Floats:
    """Return how fast more is spent above the level at which this was counted."""
    rising = counted < keys.gap
    rising &= counted > 0
    return sums(cost(keys.divisor * rising, keys), pools)


def _narrow(search: _Search, round_: int) -> Mask:
    # Keys that are alike cannot be told apart by a level, so after a while two a row will do.
    allowed = (2.0 if round_ >= _STRICT_ROUNDS else 1 / 8) * search.pools.size + 8
    low, high = search.ends
    few: Mask = search.above - search.below <= allowed * _dearest(search.keys)
    return few | (high - low <= 8 * FUZZ * high)


def _next(search: _Search, level: Floats, taken: Floats, round_: int) -> Floats:
    """Step to where the stock should be used up and a little beyond, to come from both sides.

    Between two ends what is spent rises as its chord does, and by turns as it does at the level.
    """
    pools, (low, high) = search.pools, search.ends
    short = taken < pools.stock
    beyond = np.where(short, 1.0, -1.0) * (np.sqrt(pools.size) / 2 + 1)
    between = (low > 0) & (high < _CEILING)
    rise = search.rise
    if round_ % _TURNS:
        rise = np.where(between, (search.above - search.below) / (high - low), rise)
    with np.errstate(divide="ignore", invalid="ignore"):
        step = level + (pools.stock - taken + beyond) / rise
    inside = (step > low) & (step < high) & np.isfinite(step)
    halfway = np.where(low > 0, (low + high) / 2, high / 8)
    return np.where(inside, step, halfway)


def _guess(keys: Keys, pools: Pools) -> Floats:
    """Return the level that suits each stock if a pool's rows were like a sample of all rows."""
    some = keys.part(slice(None, None, len(keys.gap) // _SAMPLE + 1))
    ends = np.concatenate([some.dividend, some.dividend + some.gap])
    ends /= np.concatenate([some.divisor, some.divisor])
    order = np.argsort(ends)
    rise = cost(some.divisor, some)
    slope = np.cumsum(np.concatenate([rise, -rise])[order])
    spent = np.concatenate([[0.0], np.cumsum(np.diff(ends[order]) * slope[:-1])])
    share = pools.stock / sums(cost(keys.divisor, keys), pools)
    level: Floats = np.interp(share, spent / rise.sum(), ends[order])
    return np.clip(level, 1e-300, _CEILING / 2)


def _dearest(keys: Keys) -> float:
    return 1.0 if keys.price is None else float(keys.price.max())
