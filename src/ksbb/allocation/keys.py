"""The order in which packages are served, written down once for those who check it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints, Mask
from ksbb.allocation.places import Places


class Ends(NamedTuple):
    """Two keys a row: of the last package it was given and of the first one it was not."""

    taken: Floats
    untaken: Floats


def ends(places: Places, x: Ints) -> Ends:
    """Return the keys around the end of what each place was given; ∓inf where there is none."""
    stands = places.committed + x
    taken = np.where(x > 0, (stands - 1) / places.weighted, -np.inf)
    return Ends(taken, np.where(x < places.gap, stands / places.weighted, np.inf))


def champions(places: Places, group: Ints, key: Floats, groups: int, *, latest: bool) -> Ints:
    """Return for each group the row whose key comes first (``latest``: last) of all, −1 for none.

    Rows of infinite keys do not compete. O(N + C log C) for C rows at the best key of their group.
    """
    sign = -1.0 if latest else 1.0
    best = np.full(groups, np.inf)
    np.minimum.at(best, group, sign * key)
    rows = np.flatnonzero(np.isfinite(key) & (sign * key == best[group]))
    order = _order(places, rows, group[rows])
    if latest:
        order = order[::-1]
    found = np.full(groups, -1)
    # Of several with one index the last one stays, so the first in order is written last.
    found[group[rows[order[::-1]]]] = rows[order[::-1]]
    return found


def ranks(places: Places, rows: Ints, key: Floats) -> Ints:
    """Return the place of each row's key in the order of service; −1 and beyond for infinite keys.

    ``rows`` may be −1 where there is no row (its key being infinite).
    """
    safe = np.maximum(rows, 0)
    columns = (places.lot[safe], places.weighted[safe], -places.need[safe], key)
    order = np.lexsort(columns)
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows))
    finite: Mask = np.isfinite(key)
    rank[~finite] = np.where(key[~finite] > 0, len(rows), -1)
    return rank


def _order(places: Places, rows: Ints, group: Ints) -> Ints:
    return np.lexsort((places.lot[rows], places.weighted[rows], -places.need[rows], group))
