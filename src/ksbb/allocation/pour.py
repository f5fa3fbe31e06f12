"""Serve the smallest keys first: the water level of many disjoint pools at once.

Package k of place t has the key ``(committed + k) / (weight × need)``; ties go by larger need, then
smaller weight × need, then lot. A pool serves its smallest keys until its stock is used up.

A pool's level is sought by safeguarded Newton steps on the number of keys below it (level.py),
until only O(n) keys lie between two levels that bracket it; among those the wanted ones are
selected exactly (Reitzig and Wild, Math. Prog. 2023, select for apportionment in linear time; this
adds what is promised already, caps, weights and prices). Counting keys rounds; what is selected
does not: each answer is checked to lie inside the bracket by more than any rounding, and sought
again otherwise. A large pool by itself is handed on to large.py.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import BLOCK, Floats, Ints, Mask, picked
from ksbb.allocation.draw import Candidates, select
from ksbb.allocation.large import Columns, fill_large
from ksbb.allocation.level import (
    FUZZ,
    Bracket,
    Keys,
    Pools,
    bracket,
    cost,
    count,
    in_reach,
    pools_of,
    sums,
)
from ksbb.allocation.places import Places

LARGE: Final = 1 << 13
"""Rows from which on a pool is served by itself."""
_THIN: Final = 1 << 8
"""Rows a pool from which on it pays to look first which of them are in reach."""
_GROUP: Final = 2 * BLOCK
"""Rows of many pools handled at once."""


class Poured(NamedTuple):
    """Packages per row (whole), and per pool the row served last (−1: none by its own key)."""

    x: Ints
    last: Ints


def pour(
    places: Places, rows: Ints | None, keys: Keys, pools: Pools, at: slice | Ints | None = None
) -> Poured:
    """Serve each pool's smallest keys: those of ``at``, pool after pool (None: all).

    ``rows`` are the places of ``keys`` (None: these rows themselves). Every stock must be at least
    1 and less than what the pool's keys cost together. Takes O(n) time as expected, O(n log n) at
    worst, for n rows; pools are handled in groups that fit a cache, and picked as such.
    """
    total = int(pools.size.sum())
    x = np.empty(total, np.int64)
    last = np.empty(len(pools.size), np.int64)
    for first, end in groups(pools.size):
        begin = int(pools.start[first])
        part = slice(begin, begin + int(pools.size[first:end].sum()))
        some = Pools(pools.start[first:end] - begin, pools.size[first:end], pools.stock[first:end])
        poured = _picked(places, rows, keys, some, _part(at, part))
        x[part], last[first:end] = poured.x, poured.last + np.where(poured.last < 0, 0, begin)
    return Poured(x, last)


def _part(at: slice | Ints | None, part: slice) -> slice | Ints:
    if isinstance(at, slice):
        return slice(at.start + part.start, at.start + part.stop)
    return part if at is None else at[part]


def _picked(
    places: Places, rows: Ints | None, keys: Keys, pools: Pools, at: slice | Ints
) -> Poured:
    some = keys.part(at)
    if len(pools.size) == 1 and len(some.gap) >= LARGE:
        return _alone(Columns(places, rows, at, some), int(pools.stock[0]))
    origin = np.arange(at.start, at.stop) if isinstance(at, slice) else at
    return _group(places, origin if rows is None else picked(rows, at), some, pools)


def groups(sizes: Ints) -> list[tuple[int, int]]:
    """Cut the pools into runs of about one block of rows; a larger pool is a run of its own."""
    block = (np.cumsum(sizes) - sizes) // _GROUP
    alone = sizes >= LARGE
    cut = (np.diff(block) > 0) | alone[1:] | alone[:-1]
    cuts = [0, *(np.flatnonzero(cut) + 1).tolist(), len(sizes)]
    return list(pairwise(cuts))


def _group(places: Places, rows: Ints, keys: Keys, pools: Pools) -> Poured:
    if keys.price is None and pools.stock.sum() < len(keys.gap) > _THIN * len(pools.size):
        some = in_reach(keys, pools)
        if 2 * len(some) < len(keys.gap):
            return _some(places, rows, keys, pools, some)
    keys = keys.real()
    ends = bracket(keys, pools)
    while True:
        poured = _served(places, rows, keys, pools, ends)
        if isinstance(poured, Poured):
            return poured
        ends = poured or _wider(ends)


def _some(places: Places, rows: Ints, keys: Keys, pools: Pools, some: Ints) -> Poured:
    """Serve these rows, all others being out of reach."""
    size = np.diff(np.searchsorted(some, np.append(pools.start, len(keys.gap))))
    poured = _group(places, rows[some], keys.part(some), pools_of(size, pools.stock))
    x = np.zeros(len(keys.gap), np.int64)
    x[some] = poured.x
    return Poured(x, np.where(poured.last < 0, -1, some[poured.last]))


def _alone(rows: Columns, stock: int) -> Poured:
    """Serve one large pool."""
    served = fill_large(rows, stock)
    if served is None:
        message = "a stock for all is no pool"
        raise ArithmeticError(message)
    return Poured(served[0], np.array([served[1]]))


def _served(
    places: Places, rows: Ints, keys: Keys, pools: Pools, ends: Bracket
) -> Poured | Bracket | None:
    """Serve all below the bracket and the first inside; else say where to look, None: not here."""
    base, candidates = _split(keys, pools, ends)
    rest = pools.stock - sums(cost(base, keys), pools)
    if (rest < 1).any() or (_inside(candidates) < rest).any():
        return None
    chosen = select(places, rows, candidates, rest)
    unsure = _unsure(chosen.threshold, ends)
    if unsure.any():
        return _around(chosen.threshold, unsure, ends)
    np.add.at(base, chosen.taken, 1.0)
    return Poured(base.astype(np.int64), chosen.last)


def _split(keys: Keys, pools: Pools, ends: Bracket) -> tuple[Floats, Candidates]:
    """Return the keys below the bracket, counted per row, and those inside."""
    base = count(keys, pools, ends.low)
    over = count(keys, pools, ends.high)
    row = np.flatnonzero(over > base)
    return base, _listed(keys, pools, base, row, (over[row] - base[row]).astype(np.int64))


def _listed(keys: Keys, pools: Pools, base: Floats, row: Ints, times: Ints) -> Candidates:
    """List ``times`` keys of each row from ``base`` on."""
    ahead: Ints | int = 0
    if len(row) and times.max() > 1:
        ahead = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        row = np.repeat(row, times)
    key = (keys.dividend[row] + base[row] + ahead) / keys.divisor[row]
    price = None if keys.price is None else keys.price[row]
    one = len(pools.size) == 1
    pool = np.zeros(0 if one and price is None else len(row), np.int64)
    if not one:
        pool = np.repeat(np.arange(len(pools.size)), pools.size)[row]
    return Candidates(row, key, pool, price, len(pools.size))


def _inside(candidates: Candidates) -> Floats:
    if candidates.pools == 1 and candidates.price is None:
        return np.array([float(len(candidates.row))])
    inside = np.bincount(candidates.pool, candidates.price, candidates.pools)
    return inside.astype(np.float64, copy=False)


def _unsure(threshold: Floats, ends: Bracket) -> Mask:
    """Tell of which pools the last key served lies too near to an end of its bracket."""
    floor = np.where(ends.low < 0, -1.0, ends.low * (1 + FUZZ))
    return (threshold <= floor) | (threshold >= ends.high * (1 - FUZZ))


def _around(threshold: Floats, unsure: Mask, ends: Bracket) -> Bracket:
    low = np.where(threshold > 0, threshold * (1 - 4 * FUZZ), -1.0)
    high = threshold * (1 + 4 * FUZZ) + 1e-300
    return Bracket(np.where(unsure, low, ends.low), np.where(unsure, high, ends.high))


def _wider(ends: Bracket) -> Bracket:
    # Reached only where rounding hid a key at an end of the bracket.
    low = np.where(ends.low > 0, ends.low * (1 - 8 * FUZZ), -1.0)
    return Bracket(low, ends.high * (1 + 8 * FUZZ))
