"""The order in which packages are served, written down once for those who check it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints, Lots, Mask, blocks
from ksbb.allocation.places import Places

_BLOCK: Final = 1 << 14
"""Rows looked at at once; there are more columns of them here than elsewhere."""


class Champions(NamedTuple):
    """For each group a row and its key; row −1 and key ∓inf where there is none."""

    row: Ints
    key: Floats


class _Leading(NamedTuple):
    """Rows whose key was the best one of their group when they were looked at."""

    row: Ints
    key: Floats

    @classmethod
    def of(cls, rows: Ints, key: Floats, best: Floats) -> _Leading:
        """Keep those that lead so far: the best key only gets better."""
        leads = np.flatnonzero(key == best)
        return cls(rows[leads], key[leads])


def last_given(places: Places, x: Ints, group: Ints, groups: int) -> Champions:
    """Return for each group the package given last in the order of service."""
    best, found = np.full(groups, -np.inf), []
    for some in blocks(len(places), _BLOCK):
        rows = np.flatnonzero(x[some] > 0) + some.start
        stands = places.committed.take(rows) + x.take(rows) - 1
        key = stands / places.weighted.take(rows)
        of = group.take(rows)
        np.maximum.at(best, of, key)
        found.append(_Leading.of(rows, key, best.take(of)))
    return _champions(places, found, group, best, last=True)


def first_missing(places: Places, x: Ints, group: Ints, groups: int) -> Champions:
    """Return for each group the package not given that would have come first."""
    best, found = np.full(groups, np.inf), []
    for some in blocks(len(places), _BLOCK):
        rows = np.flatnonzero(x[some] < places.gap[some]) + some.start
        key = (places.committed.take(rows) + x.take(rows)) / places.weighted.take(rows)
        of = group.take(rows)
        np.minimum.at(best, of, key)
        found.append(_Leading.of(rows, key, best.take(of)))
    return _champions(places, found, group, best, last=False)


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


def _champions(
    places: Places, found: list[_Leading], group: Ints, best: Floats, *, last: bool
) -> Champions:
    """Return the first (or last) of the rows whose key is the best one of their group."""
    rows, key = (np.concatenate(column) for column in zip(*found, strict=True))
    rows = rows[key == best[group[rows]]]
    for column in (lambda at: -places.need[at], places.divisor, places.lot.__getitem__):
        rows = _extreme(column(rows), rows, group[rows], len(best), last=last)
    winner = np.full(len(best), -1)
    winner[group[rows]] = rows
    return Champions(winner, best)


def _extreme(value: Ints | Lots, rows: Ints, group: Ints, groups: int, *, last: bool) -> Ints:
    """Return the rows whose value is the smallest (or largest) of their group."""
    limits = np.iinfo(value.dtype)
    best = np.full(groups, limits.min if last else limits.max, value.dtype)
    (np.maximum if last else np.minimum).at(best, group, value)
    winning: Ints = rows[value == best[group]]
    return winning
