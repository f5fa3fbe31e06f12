"""One large pool: two looks at all rows, in whole numbers.

A sample shows the level to a hundredth, one look at all rows how many packages lie below it, and
so to about the square root of their number where the wanted level lies; a second look serves what
lies below that and lists the few keys around it, among which the wanted ones are selected.

A level is ``num / 2**bits``, so ``weight × need × level`` and the number of keys below it are exact
in 64-bit whole numbers: nothing is rounded, and what is counted is true. Rows are looked at in
blocks that fit the cache of one core.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import BLOCK, Floats, Ints, blocks
from ksbb.allocation.draw import Candidates, first, nth_smallest, select
from ksbb.allocation.level import Keys
from ksbb.allocation.places import Block, Places

LARGE: Final = 1 << 16
"""Rows from which on a sample pays."""

_SAMPLE: Final = 1 << 13
_BITS: Final = 62
_STEPS: Final = 200
_MANY: Final = 2**62
_NEARLY: Final = 0.98
"""The share of all that is missing from which on the sample's level is not relied on."""
_NONE: Final = 2.0**-200
"""Below every key but those of 0, and counted as 0 itself."""
_TOP: Final = 2.0
"""Above every key: committed + k < need, and weights count in thousandths from 1."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows ``at`` of keys, whose places are ``origin`` (None: these rows themselves).

    They are picked block by block, which spares copies as long as the pool.
    """

    places: Places
    origin: Ints | None
    keys: Keys
    at: Ints

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.at)

    @property
    def heaviest(self) -> int:
        """Return a bound of what stands below the line of keys."""
        return self.places.heaviest

    def block(self, some: slice | Ints) -> Block:
        """Return the columns of some rows."""
        part = self.keys.part(self.at[some])
        divisor, stands, gap = (np.asarray(column, np.int64) for column in part[:3])
        return Block(divisor, stands, stands + gap)

    def placed(self, some: slice | Ints) -> Ints:
        """Return the places of some rows."""
        at = self.at[some]
        return at if self.origin is None else self.origin[at]


class _Pool(NamedTuple):
    """The places, twice what is added above the line, and what a package costs (None: 1)."""

    rows: Places | Columns
    delta2: int
    price: Floats | None
    stock: int

    @property
    def places(self) -> Places:
        """Return the places."""
        return self.rows if isinstance(self.rows, Places) else self.rows.places

    def placed(self, some: slice | Ints) -> Ints:
        """Return the places of some rows."""
        if isinstance(self.rows, Places):
            return np.arange(len(self.rows))[some] if isinstance(some, slice) else some
        return self.rows.placed(some)


class _Between(NamedTuple):
    """Levels around the wanted one, and how many keys lie below each."""

    low: float
    high: float
    below: int
    above: int


class _Inside(NamedTuple):
    """Keys inside the bracket in one block and their rows; what the block has below it."""

    row: Ints
    key: Floats
    below: int


class _Found(NamedTuple):
    """The level of a sample, how fast a higher one costs more, and what everything costs."""

    level: float
    slope: float
    total: float


def fill_large(
    rows: Places | Columns, stock: int, *, delta2: int = 0, price: Floats | None = None
) -> tuple[Ints, int] | None:
    """Return packages per row and the row served last (−1: none by a key that was drawn).

    None where the ``stock`` ≥ 1 (packages, or rupiah where ``price`` float[N] ≥ 1 is given) is
    enough for everybody. O(N) as expected, for any shape at most a few dozen looks at the rows.
    """
    pool = _Pool(rows, delta2, price, stock)
    guess = _sampled(pool)
    taken, spent = _counted(pool, guess.level)
    if spent <= stock and stock > _NEARLY * guess.total:
        return _at_the_top(pool, guess.level, taken, spent)
    ends = _Between(_NONE, guess.level, 0, taken)
    if spent < stock:
        ends = _Between(guess.level, _TOP, taken, _MANY)
    near = _near(pool, ends, guess, stock - spent)
    served = _served(pool, *near) if near[0] < near[1] else None
    return served or _sought(pool, ends, near)


def _at_the_top(pool: _Pool, level: float, taken: int, spent: float) -> tuple[Ints, int] | None:
    """Serve a stock that is enough for nearly all; None: for all."""
    total, asked = _counted(pool, _TOP)
    if asked <= pool.stock:
        return None
    if spent == pool.stock:
        return _sought(pool, _Between(_NONE, level, 0, taken), ())
    return _sought(pool, _Between(level, _TOP, taken, total), ())


def _sought(pool: _Pool, ends: _Between, tried: tuple[float, ...]) -> tuple[Ints, int] | None:
    if ends.above == _MANY:
        total, asked = _counted(pool, _TOP)
        if asked <= pool.stock:
            return None
        ends = ends._replace(above=total)
    ends = _searched(pool, ends, tried)
    served = _served(pool, ends.low, ends.high)
    if served is None:
        message = "a level that is nowhere"
        raise ArithmeticError(message)
    return served


def _near(pool: _Pool, ends: _Between, guess: _Found, more: float) -> tuple[float, float]:
    """Return a bracket that most probably holds: ``more`` is to be spent than below the guess."""
    count = len(pool.rows)
    dearest = 1.0 if pool.price is None else float(pool.price.max())
    middle = guess.level + more / guess.slope
    reach = (2 * count**0.5 + 8) * dearest / guess.slope + abs(middle - guess.level) / 32
    return max(middle - reach, ends.low), min(middle + reach, ends.high)


def _searched(pool: _Pool, ends: _Between, tried: tuple[float, ...]) -> _Between:
    """Narrow the bracket until at most two keys a row lie inside.

    Where many keys are alike their number jumps, mostly between the level of the sample and the
    bracket that did not hold, so its ends are tried first.
    """
    trial = list(tried)
    for _ in range(_STEPS):
        if ends.above - ends.below <= 2 * len(pool.rows):
            break
        halfway = (ends.low + ends.high) / 2 if ends.high < 4 * ends.low else ends.high / 4
        level = trial.pop() if trial else halfway
        if not ends.low < level < ends.high:
            continue
        number, spent = _counted(pool, level)
        if spent < pool.stock:
            ends = ends._replace(low=level, below=number)
        else:
            ends = ends._replace(high=level, above=number)
    return ends


def _sampled(pool: _Pool) -> _Found:
    """Return the level of every so-manieth row, which stand for all rows.

    Exact for a sample of packages that can be parted: each row rises from where its first key lies
    to where its last one does, and these ends are sorted.
    """
    rows, step = pool.rows, max(1, len(pool.rows) // _SAMPLE)
    some = slice(None, None, step)
    divisor, stands, top = rows.block(some)
    divisor = divisor.astype(np.float64)
    first = stands + pool.delta2 / 2
    last = np.maximum(top + pool.delta2 / 2, first)
    price = np.ones(len(first)) if pool.price is None else pool.price[some]
    ends = np.concatenate([first / divisor, last / divisor])
    order = np.argsort(ends)
    ends = ends[order]
    rise = np.cumsum(np.concatenate([price * divisor, -price * divisor])[order])
    spent = np.cumsum(np.diff(ends) * rise[:-1])
    at = min(int(np.searchsorted(spent, pool.stock / step)), len(spent) - 1)
    slope = max(float(rise[at]), 1.0)
    level = float(ends[at + 1]) - max(float(spent[at]) - pool.stock / step, 0.0) / slope
    return _Found(max(level, 1.0 / rows.heaviest), slope * step, float(spent[-1]) * step)


def _counted(pool: _Pool, level: float) -> tuple[int, float]:
    """Return how many keys lie below a level, and what they cost."""
    number, spent = 0, 0.0
    space = np.empty(BLOCK, np.int64)
    for some in blocks(len(pool.rows)):
        counted = _below(pool, pool.rows.block(some), level, space)
        number += int(counted.sum())
        if pool.price is not None:
            spent += float(np.dot(counted, pool.price[some]))
    return number, float(number) if pool.price is None else spent


def _below(pool: _Pool, block: Block, level: float, space: Ints) -> Ints:
    """Return how many keys of each row lie below a level."""
    counted = _stands(pool, block.divisor, level, space[: len(block.divisor)])
    np.minimum(counted, block.top, out=counted)
    counted -= block.stands
    return np.maximum(counted, 0, out=counted)


def _stands(pool: _Pool, divisor: Ints, level: float, out: Ints) -> Ints:
    """Return what a row without promises has when all keys below the level are served.

    Key k lies below it where (k + delta2 / 2) 2^bits < divisor × num, so this is rounded up.
    """
    bits = min(_BITS - pool.rows.heaviest.bit_length() - int(np.frexp(level)[1]), _BITS - 1)
    num = int(np.ldexp(level, bits))
    np.multiply(divisor, num, out=out)
    out += (1 << bits) - 1 - (pool.delta2 << bits >> 1)
    out >>= bits
    return out


def _served(pool: _Pool, low: float, high: float) -> tuple[Ints, int] | None:
    """Serve all keys below the bracket and the first ones inside; None: it does not hold."""
    x = np.empty(len(pool.rows), np.int64)
    inside = [_split(pool, some, low, high, x[some]) for some in blocks(len(x))]
    key = np.concatenate([part.key for part in inside])
    if pool.price is not None:
        return _paid(pool, x, inside, key, pool.price)
    rest = pool.stock - sum(part.below for part in inside)
    if rest < 1 or len(key) < rest:
        return None
    threshold, before = nth_smallest(key, rest)
    tied = []
    for some, part in zip(blocks(len(x)), inside, strict=True):
        np.add.at(x[some], part.row[part.key < threshold], 1)
        tied.append(part.row[np.flatnonzero(part.key == threshold)] + some.start)
    equal = np.concatenate(tied)
    served = first(pool.places, equal, pool.placed(equal), rest - before)
    np.add.at(x, served, 1)
    return x, int(served[-1])


def _paid(
    pool: _Pool, x: Ints, inside: list[_Inside], key: Floats, price: Floats
) -> tuple[Ints, int] | None:
    """Serve what a budget pays for of the keys inside."""
    starts = range(0, len(x), BLOCK)
    row = np.concatenate([part.row + begin for part, begin in zip(inside, starts, strict=True)])
    rest = pool.stock - float(np.dot(x, price))
    if rest < 1 or price[row].sum() < rest:
        return None
    found = Candidates(row, key, np.zeros(len(row), np.int64), price[row], 1)
    chosen = select(pool.places, pool.placed(slice(None)), found, np.array([rest]))
    np.add.at(x, chosen.taken, 1)
    return x, int(chosen.last[0])


def _split(pool: _Pool, some: slice, low: float, high: float, x: Ints) -> _Inside:
    """Write down the keys below the bracket in ``x``; return those inside."""
    divisor, stands, top = pool.rows.block(some)
    over = _stands(pool, divisor, high, np.empty(len(x), np.int64))
    base = _stands(pool, divisor, low, np.empty(len(x), np.int64))
    row = np.flatnonzero(over > base)
    # Where all places are alike there is nothing to pick.
    pick = slice(None) if len(row) == len(x) else row
    np.minimum(base, top, out=base)
    base -= stands
    np.maximum(base, 0, out=x)
    below = int(x.sum())
    stands = x[pick] + stands[pick]
    times = np.minimum(over[pick], top[pick]) - stands
    if len(times) and times.min() < 1:
        real = np.flatnonzero(times > 0)
        row, times, stands = row[real], times[real], stands[real]
        pick = row
    divisor = divisor[pick]
    if len(times) and times.max() > 1:
        at = np.repeat(np.arange(len(row)), times)
        ahead = np.arange(len(at)) - (np.cumsum(times) - times)[at]
        row, stands, divisor = row[at], stands[at] + ahead, divisor[at]
    above = stands + pool.delta2 / 2 if pool.delta2 else stands
    return _Inside(row, above / divisor, below)
