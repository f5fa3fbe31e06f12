"""One pool by itself: two looks at all rows, in whole numbers.

A sample shows the level to a few hundredths, one look at all rows (in a small pool two) how many
packages lie below it, and so to about the square root of their number where the wanted level lies;
a last look serves what lies below that and lists the few keys around it, among which the wanted
ones are selected.

A level is ``num / 2**bits``, so ``weight × need × level`` and the number of keys below it are exact
in 64-bit whole numbers: nothing is rounded, and what is counted is true. Rows are looked at in
blocks that fit the cache of one core.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ksbb.allocation.arrays import BLOCK, Floats, Ints, blocks
from ksbb.allocation.draw import Candidates, first, nth_smallest, select
from ksbb.allocation.level import Keys
from ksbb.allocation.places import Block, Places

_SAMPLE: Final = 1 << 9
"""Rows that a sample has at least, where there are as many."""
_SPARSE: Final = 1 << 6
"""Of so many rows at least one is in the sample."""
_BITS: Final = 62
_STEPS: Final = 200
_TURNS: Final = 3
"""Every so many looks the ends are halved instead of following the slope."""
_SHORT: Final = np.uint16
"""Holds the number of a row of a block; a million of them in whole words would not fit a cache."""
_MANY: Final = 2**62
_NEARLY: Final = 0.98
"""The share of all that is missing from which on the sample's level is not relied on."""
_NONE: Final = 2.0**-200
"""Below every key but those of 0, and counted as 0 itself."""
_TOP: Final = 2.0
"""Above every key: committed + k < need, and weights count in thousandths from 1."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Keys of a pool: those ``at`` of rows whose places are ``origin`` (None: of the places)."""

    places: Places
    origin: Ints | None
    at: slice | Ints
    keys: Keys

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.keys.gap)

    @property
    def heaviest(self) -> int:
        """Return a bound of what stands below the line of keys."""
        return self.places.heaviest

    def block(self, some: slice | Ints) -> Block:
        """Return the columns of some rows."""
        divisor, stands, gap = (np.asarray(column[some], np.int64) for column in self.keys[:3])
        return Block(divisor, stands, stands + gap)

    def placed(self, some: Ints) -> Ints:
        """Return the places of some rows."""
        at = some + self.at.start if isinstance(self.at, slice) else self.at[some]
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

    def placed(self, some: Ints) -> Ints:
        """Return the places of some rows."""
        return some if isinstance(self.rows, Places) else self.rows.placed(some)


class _Look(NamedTuple):
    """A level, how many keys lie below it, and what they cost."""

    level: float
    number: int
    spent: float


class _Inside(NamedTuple):
    """Keys inside the bracket in one block and their rows; what the block has below it."""

    row: NDArray[np.uint16]
    key: Floats
    below: int


class _Missed(NamedTuple):
    """A bracket that does not hold: how many keys lie below each end, and what they cost."""

    below: tuple[int, float]
    above: tuple[int, float]


class _Found(NamedTuple):
    """The level of a sample, how fast a higher one costs more, what all costs, its highest end."""

    level: float
    slope: float
    total: float
    top: float


@dataclass(slots=True)
class _Search:
    """What is known of a pool's levels: two around the wanted one, the one looked at last.

    `slope` says how fast more is spent from there on, `top` where a sample of the keys ends,
    `misses` how often a bracket did not hold.
    """

    pool: _Pool
    low: _Look
    high: _Look
    last: _Look
    slope: float
    top: float
    misses: int = 0
    inside: int = _MANY

    @property
    def more(self) -> float:
        """What is to be spent above the level looked at last."""
        return self.pool.stock - self.last.spent

    def learn(self, look: _Look) -> None:
        """Narrow the ends by what was seen."""
        if look.spent < self.pool.stock:
            self.low = max(self.low, look)
        else:
            self.high = min(self.high, look)

    def follow(self, look: _Look) -> None:
        """Go on from here; between two looks the slope is known."""
        self.learn(look)
        if look.level != self.last.level:
            rise = (look.spent - self.last.spent) / (look.level - self.last.level)
            self.slope = rise if rise > 1.0 else self.slope
        self.last = look

    def few(self) -> bool:
        """Tell whether so few keys lie between the ends that to look once more is not worth it.

        Many may be alike, so that no level parts them; rounding leaves two a row at most.
        """
        before, self.inside = self.inside, self.high.number - self.low.number
        rows = len(self.pool.rows)
        parted = 4 * self.inside < 3 * before
        return 8 * self.inside <= rows or (2 * self.inside <= 3 * rows and not parted)


def fill_large(
    rows: Places | Columns, stock: int, *, delta2: int = 0, price: Floats | None = None
) -> tuple[Ints, int] | None:
    """Return packages per row and the row served last (−1: none by a key that was drawn).

    None where the ``stock`` ≥ 1 (packages, or rupiah where ``price`` float[N] ≥ 1 is given) is
    enough for everybody. O(N) as expected, for any shape at most a few dozen looks at the rows.
    """
    pool = _Pool(rows, delta2, price, stock)
    guess = _sampled(pool)
    first_ = _looked(pool, guess.level)
    unknown = _Look(_TOP, _MANY, np.inf)
    search = _Search(pool, _Look(_NONE, 0, 0.0), unknown, first_, guess.slope, guess.top)
    search.learn(first_)
    if stock > _NEARLY * guess.total and not _enough_below_the_top(search, guess):
        return None
    for turn in range(1, _STEPS):
        if search.few():
            break
        level = _next(search, turn)
        if level is None:
            served = _tried(search)
            if served:
                return served
        else:
            search.follow(_looked(pool, level))
        if search.low.level == _TOP:
            return None
    between = _served(pool, search.low.level, search.high.level)
    if not isinstance(between, _Missed):
        return between
    message = "a level that is nowhere"
    raise ArithmeticError(message)


def _enough_below_the_top(search: _Search, guess: _Found) -> bool:
    """Look at the very top, and where the sample ends; tell whether something will be missing."""
    search.learn(_looked(search.pool, _TOP))
    if search.low.level == _TOP or search.high.spent == search.pool.stock:
        return False
    if search.low.level < guess.top < _TOP:
        search.learn(_looked(search.pool, guess.top))
    high, last = search.high, search.last
    if last.level < high.level:
        # Towards the top less and less is spent, so the slope of the sample is too steep.
        search.slope = max((high.spent - last.spent) / (high.level - last.level), 1.0)
    return True


def _next(search: _Search, turn: int) -> float | None:
    """Return the level to look at; None: it is so near that the keys around it can be listed."""
    low, high = search.low.level, search.high.level
    level = search.last.level + search.more / search.slope
    if low < level < high and turn % _TURNS:
        far = abs(search.more) > 2 * len(search.pool.rows) * _dearest(search.pool)
        return level if far and turn == 1 else None
    if high == _TOP and low < search.top < high:
        return search.top
    return (low + high) / 2 if high < 4 * low else high / 4


def _tried(search: _Search) -> tuple[Ints, int] | None:
    """Serve from a bracket that most probably holds; None: it did not, but told something."""
    more = abs(search.more) / 32
    reach = (2 * len(search.pool.rows) ** 0.5 + 8) * _dearest(search.pool) + more
    reach *= 4**search.misses / search.slope
    middle = search.last.level + search.more / search.slope
    low, high = max(middle - reach, search.low.level), min(middle + reach, search.high.level)
    served = _served(search.pool, low, high)
    if not isinstance(served, _Missed):
        return served
    search.misses += 1
    ends = _Look(low, *served.below), _Look(high, *served.above)
    for look in sorted(ends, key=lambda end: -abs(search.pool.stock - end.spent)):
        search.follow(look)
    return None


def _dearest(pool: _Pool) -> float:
    return 1.0 if pool.price is None else float(pool.price.max())


def _sampled(pool: _Pool) -> _Found:
    """Return the level of every so-manieth row, which stand for all rows.

    Exact for a sample of packages that can be parted: each row rises from where its first key lies
    to where its last one does, and these ends are sorted.
    """
    rows, step = pool.rows, min(max(1, len(pool.rows) // _SAMPLE), _SPARSE)
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
    total = float(spent[-1]) * step
    return _Found(max(level, 1.0 / rows.heaviest), slope * step, total, float(ends[-1]))


def _looked(pool: _Pool, level: float) -> _Look:
    """Count the keys below a level."""
    number, spent = 0, 0.0
    space = np.empty(BLOCK, np.int64)
    for some in blocks(len(pool.rows)):
        counted = _below(pool, pool.rows.block(some), level, space)
        number += int(counted.sum())
        if pool.price is not None:
            spent += float(np.dot(counted, pool.price[some]))
    return _Look(level, number, float(number) if pool.price is None else spent)


def _below(pool: _Pool, block: Block, level: float, space: Ints) -> Ints:
    """Return how many keys of each row lie below a level."""
    counted = _stands(pool, block.divisor, level, space[: len(block.divisor)])
    np.minimum(counted, block.top, out=counted)
    # Twice as fast as to subtract first and then compare with 0.
    np.maximum(counted, block.stands, out=counted)
    counted -= block.stands
    return counted


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


def _served(pool: _Pool, low: float, high: float) -> tuple[Ints, int] | _Missed:
    """Serve all keys below the bracket and the first ones inside, if that is where they end."""
    x = np.empty(len(pool.rows), np.int64)
    inside = [_split(pool, some, low, high, x[some]) for some in blocks(len(x))]
    key = np.concatenate([part.key for part in inside])
    below = sum(part.below for part in inside)
    if pool.price is not None:
        return _paid(pool, x, inside, key, below)
    rest = pool.stock - below
    if not 1 <= rest <= len(key):
        return _Missed((below, float(below)), (below + len(key), float(below + len(key))))
    threshold, before = nth_smallest(key, rest)
    equal = np.empty(int(np.count_nonzero(key == threshold)), np.int64)
    end = 0
    for some, part in zip(blocks(len(x)), inside, strict=True):
        np.add.at(x[some], part.row[part.key < threshold], 1)
        tied = part.row[part.key == threshold]
        begin, end = end, end + len(tied)
        np.add(tied, np.int64(some.start), out=equal[begin:end])
    served = first(pool.places, equal, pool.placed(equal), rest - before)
    np.add.at(x, served, 1)
    return x, int(served[-1])


def _paid(
    pool: _Pool, x: Ints, inside: list[_Inside], key: Floats, below: int
) -> tuple[Ints, int] | _Missed:
    """Serve what a budget pays for of the keys inside."""
    price = np.ones(len(x)) if pool.price is None else pool.price
    starts = range(0, len(x), BLOCK)
    row = np.concatenate(
        [part.row.astype(np.int64) + begin for part, begin in zip(inside, starts, strict=True)]
    )
    spent, asked = float(np.dot(x, price)), float(price[row].sum())
    rest = pool.stock - spent
    if not 1 <= rest <= asked:
        return _Missed((below, spent), (below + len(key), spent + asked))
    found = Candidates(row, key, np.zeros(len(row), np.int64), price[row], 1)
    chosen = select(pool.places, pool.placed(np.arange(len(x))), found, np.array([rest]))
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
    np.maximum(base, stands, out=base)
    np.subtract(base, stands, out=x)
    below = int(x.sum())
    stands = x[pick] + stands[pick]
    times = np.minimum(over[pick], top[pick]) - stands
    if len(times) and times.min() < 1:
        real = np.flatnonzero(times > 0)
        row, times, stands = row[real], times[real], stands[real]
        pick = row
    divisor = divisor[pick]
    if len(times) and times.max() > 1:
        row, stands, divisor = _with_more(row, stands, divisor, times)
    above = stands + pool.delta2 / 2 if pool.delta2 else stands
    return _Inside(row.astype(_SHORT), above / divisor, below)


def _with_more(row: Ints, stands: Ints, divisor: Ints, times: Ints) -> tuple[Ints, Ints, Ints]:
    """Return each row's first key, then all further ones of rows that have several."""
    several = np.flatnonzero(times > 1)
    further = times[several] - 1
    at = np.repeat(several, further)
    ahead = np.arange(1, len(at) + 1) - np.repeat(np.cumsum(further) - further, further)
    return (
        np.concatenate([row, row[at]]),
        np.concatenate([stands, stands[at] + ahead]),
        np.concatenate([divisor, divisor[at]]),
    )
