"""The order in which packages are served, written down once for those who check it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints, Lots, Mask, blocks
from ksbb.allocation.places import Places


class Champions(NamedTuple):
    """For each group a row and its key; row −1 and key ∓inf where there is none."""

    row: Ints
    key: Floats


def last_given(places: Places, x: Ints, group: Ints, groups: int) -> Champions:
    """Return for each group the package given last in the order of service."""
    key, best = np.empty(len(places)), np.full(groups, -np.inf)
    for some in blocks(len(places)):
        taken = key[some]
        np.divide(places.committed[some] + x[some] - 1, places.weighted[some], out=taken)
        taken[x[some] <= 0] = -np.inf
        np.maximum.at(best, group[some], taken)
    return _champions(places, key, group, best, last=True)


def first_missing(places: Places, x: Ints, group: Ints, groups: int) -> Champions:
    """Return for each group the package not given that would have come first."""
    key, best = np.empty(len(places)), np.full(groups, np.inf)
    for some in blocks(len(places)):
        untaken = key[some]
        np.divide(places.committed[some] + x[some], places.weighted[some], out=untaken)
        untaken[x[some] >= places.gap[some]] = np.inf
        np.minimum.at(best, group[some], untaken)
    return _champions(places, key, group, best, last=False)


def ranks(places: Places, rows: Ints, key: Floats) -> Ints:
    """Return the place of each row's key in the order of service; −1 and beyond for infinite keys.

    ``rows`` may be −1 where there is no row (its key being infinite).
    """
    order = np.argsort(key)
    ordered = key[order]
    alike = ordered[1:] == ordered[:-1]
    tied = np.zeros(len(order), bool)
    tied[1:] = alike
    tied[:-1] |= alike
    # Only keys that are alike are told apart by more than the key, in the positions they share.
    some = order[tied]
    safe = np.maximum(rows[some], 0)
    columns = (places.lot[safe], places.weighted[safe], -places.need[safe], key[some])
    order[tied] = some[np.lexsort(columns)]
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows))
    finite: Mask = np.isfinite(key)
    rank[~finite] = np.where(key[~finite] > 0, len(rows), -1)
    return rank


def _champions(places: Places, key: Floats, group: Ints, best: Floats, *, last: bool) -> Champions:
    """Return the row that comes first (or last) of those at the best key of their group."""
    some = blocks(len(key))
    rows = np.concatenate(
        [np.flatnonzero(key[part] == best[group[part]]) + part.start for part in some]
    )
    rows = rows[np.isfinite(key[rows])]
    for column in (lambda at: -places.need[at], places.divisor, places.lot.__getitem__):
        rows = _extreme(column(rows), rows, group[rows], len(best), last=last)
    found = np.full(len(best), -1)
    found[group[rows]] = rows
    return Champions(found, best)


def _extreme(value: Ints | Lots, rows: Ints, group: Ints, groups: int, *, last: bool) -> Ints:
    """Return the rows whose value is the smallest (or largest) of their group."""
    limits = np.iinfo(value.dtype)
    best = np.full(groups, limits.min if last else limits.max, value.dtype)
    (np.maximum if last else np.minimum).at(best, group, value)
    winning: Ints = rows[value == best[group]]
    return winning
