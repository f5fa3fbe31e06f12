"""Which of a few keys come first, down to the public draw."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints, in_order
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.places import Places

_SAMPLE: Final = 1 << 10


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
    threshold, early = nth_smallest(found.key, rest)
    tied = found.row[found.key == threshold]
    before = found.row[found.key < threshold]
    wanted = rest - early
    served = first(places, tied, _origin(rows, tied), wanted)
    return Chosen(np.concatenate([before, served]), np.array([threshold]), served[-1:])


def nth_smallest(key: Floats, nth: int) -> tuple[float, int]:
    """Return the ``nth`` smallest key, counted from 1, and how many are smaller still."""
    # To part a million keys that are alike takes longer than to sort them; a sample shows them.
    step = len(key) // _SAMPLE + 1
    sample = np.sort(key[::step])
    guess = sample[min((nth - 1) // step, len(sample) - 1)]
    smaller = int(np.count_nonzero(key < guess))
    if smaller < nth <= smaller + np.count_nonzero(key == guess):
        return float(guess), smaller
    parted = np.partition(key, nth - 1)
    return float(parted[nth - 1]), int(np.count_nonzero(parted[: nth - 1] < parted[nth - 1]))


def first(places: Places, tied: Ints, origin: Ints, wanted: int) -> Ints:
    """Return the first ``wanted`` of ``tied``, whose keys are equal; their places are ``origin``.

    Half a million places that are alike are told apart by selecting, not by sorting them.
    """
    sure: list[Ints] = []
    for column in (lambda at: -places.need[at], places.divisor, places.lot.__getitem__):
        if wanted == len(tied):
            break
        value = column(origin)
        if value.min() == value.max():
            continue
        bound = np.partition(value, wanted - 1)[wanted - 1]
        sure.append(tied[np.flatnonzero(value < bound)])
        wanted -= len(sure[-1])
        equal = np.flatnonzero(value == bound)
        tied, origin = tied[equal], origin[equal]
    if wanted < len(tied):
        raise CannotAllocate("lot_twice", field="lot", row=int(origin[0]))
    return np.concatenate([*sure, tied])


def _many_pools(places: Places, rows: Ints | None, found: Candidates, rest: Floats) -> Chosen:
    order = np.argsort(found.key)
    order = order[in_order(found.pool[order], found.pools)]
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
    columns = (places.lot[origin], places.divisor(origin), -places.need[origin])
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
