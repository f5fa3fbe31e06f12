"""Which of a few keys come first, down to the public draw."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.places import Places

_FEW: Final = 1000


class Candidates(NamedTuple):
    """Keys in question: their row and pool (both ascending), value, price (None: one each)."""

    row: Ints
    key: Floats
    pool: Ints
    price: Floats | None
    pools: int


class Chosen(NamedTuple):
    """Rows served (once per package), per pool the key the choice ended at and the last row."""

    taken: Ints
    threshold: Floats
    last: Ints


def select(places: Places, rows: Ints | None, candidates: Candidates, rest: Floats) -> Chosen:
    """Return each pool's first candidates that ``rest`` (at least 1) pays for.

    The choice ends at the first one that cannot be paid, even if a later one is cheaper: only so
    nobody loses when the budget grows. ``last`` is −1 where no candidate was served.
    """
    if candidates.pools == 1 and candidates.price is None:
        return _one_pool(places, rows, candidates, int(rest[0]))
    return _many_pools(places, rows, candidates, rest)


def _one_pool(places: Places, rows: Ints | None, found: Candidates, rest: int) -> Chosen:
    threshold = np.partition(found.key, rest - 1)[rest - 1]
    tied = found.row[found.key == threshold]
    before = found.row[found.key < threshold]
    served = _first(places, tied, _origin(rows, tied), rest - len(before))
    return Chosen(np.concatenate([before, served]), np.array([threshold]), served[-1:])


def _first(places: Places, tied: Ints, origin: Ints, wanted: int) -> Ints:
    """Return the first ``wanted`` of rows whose keys are equal.

    Half a million places that are alike are told apart by selecting, not by sorting them.
    """
    sure: list[Ints] = []
    for column in (-places.need, places.weighted, places.lot):
        if wanted == len(tied):
            break
        value = column[origin]
        bound = np.partition(value, wanted - 1)[wanted - 1]
        sure.append(tied[value < bound])
        wanted -= len(sure[-1])
        tied, origin = tied[value == bound], origin[value == bound]
    if wanted < len(tied):
        raise CannotAllocate("lot_twice", field="lot", row=int(origin[0]))
    return np.concatenate([*sure, tied])


def _many_pools(places: Places, rows: Ints | None, found: Candidates, rest: Floats) -> Chosen:
    order = np.lexsort((found.key, found.pool))
    key, pool = found.key[order], found.pool[order]
    spent = _running(_price(found, order), pool, found.pools)
    reached = np.flatnonzero(spent >= rest[pool])
    threshold = np.full(found.pools, np.inf)
    np.minimum.at(threshold, pool[reached], key[reached])
    before = order[key < threshold[pool]]
    left = rest - np.bincount(found.pool[before], _price(found, before), found.pools)
    tied = _in_order(places, rows, found, order[key == threshold[pool]])
    paid = _running(_price(found, tied), found.pool[tied], found.pools)
    served = tied[paid <= left[found.pool[tied]]]
    return Chosen(found.row[np.concatenate([before, served])], threshold, _last(found, served))


def _in_order(places: Places, rows: Ints | None, found: Candidates, tied: Ints) -> Ints:
    origin = _origin(rows, found.row[tied])
    columns = (places.lot[origin], places.weighted[origin], -places.need[origin])
    return tied[np.lexsort((*columns, found.pool[tied]))]


def _last(found: Candidates, served: Ints) -> Ints:
    last = np.full(found.pools, -1)
    last[found.pool[served]] = found.row[served]
    return last


def _running(price: Floats, pool: Ints, pools: int) -> Floats:
    """Return what is spent in a pool up to and with each entry; pools follow each other."""
    spent = np.cumsum(price)
    before = np.cumsum(np.bincount(pool, price, pools)) - np.bincount(pool, price, pools)
    return spent - before[pool]


def _price(found: Candidates, at: Ints) -> Floats:
    return np.ones(len(at)) if found.price is None else found.price[at]


def _origin(rows: Ints | None, at: Ints) -> Ints:
    return at if rows is None else rows[at]
