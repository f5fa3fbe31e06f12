"""Places that the same offers may serve, put together: a plan needs to know no more of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from ksbb.allocation.arrays import Floats, Ints, Lots, Mask, points, spans, whole
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.lots import splitmix64
from ksbb.allocation.offers import AREA, EVERYWHERE, LIST, RADIUS, Offers

_DENSE = 1 << 22


class Arcs(NamedTuple):
    """Pairs (tail, head)."""

    tail: Ints
    head: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Which offers may serve which cell; a cell holds rows with identical offers.

    ``cell`` int64[N] is the cell of each row. An offer reaches a cell directly (`direct`: offer →
    cell) or through a hub, which is one area in one week (`into`: offer → hub, `out`: hub → cell):
    thousands of offers to one city and its thousands of cells then need their sum of arcs instead
    of their product. ``offers`` is the table they were made of.
    """

    cell: Ints
    count: int
    hubs: int
    into: Arcs
    out: Arcs
    direct: Arcs
    offers: Offers


class _Rows(NamedTuple):
    area: NDArray[np.int64]
    xy: Floats
    week: Ints
    place: Ints


def cells(
    area_path: ArrayLike,
    xy: ArrayLike,
    week: ArrayLike,
    offers: Offers,
    *,
    place: ArrayLike | None = None,
) -> Cells:
    """Refine the rows until all in one cell have the same offers.

    A row is a place in a week. ``area_path`` int[N, depth] holds the area's number at each level,
    ``xy`` float[N, 2] kilometres on a flat map, ``week`` int[N] from 0, ``place`` int[N] the number
    that lists of offers use (None: the row). Memberships are compared by 128-bit sums of a constant
    per offer, which coincide by chance with probability 10^-28 at 200,000 cells.

    O(N depth + memberships by radius and list + N log N). Raises CannotAllocate for columns that do
    not fit, and ``unknown_area`` for an offer whose level is deeper than the path.
    """
    rows = _rows(area_path, xy, week, place)
    _known(offers, rows.area.shape[1])
    into, hub_of = _hubs(rows, offers)
    hits = _hits(rows, offers)
    first, second = _signature(len(rows.week), into, hub_of, hits)
    cell, chosen = _refined(first, second)
    is_chosen: Mask = np.zeros(len(cell), bool)
    is_chosen[chosen] = True
    some = is_chosen[hits.head]
    heads = [(hub[chosen], np.arange(len(chosen))) for hub in hub_of]
    out = [Arcs(hub[hub >= 0], at[hub >= 0]) for hub, at in heads]
    return Cells(
        cell=cell,
        count=len(chosen),
        hubs=int(into.head.max(initial=-1)) + 1,
        into=into,
        out=_joined(out),
        direct=Arcs(hits.tail[some], cell[hits.head[some]]),
        offers=offers,
    )


def _rows(area_path: ArrayLike, xy: ArrayLike, week: ArrayLike, place: ArrayLike | None) -> _Rows:
    weeks = whole("week", week, most=_DENSE)
    count = len(weeks)
    area = np.asarray(area_path)
    if area.ndim != 2 or len(area) != count or area.dtype.kind not in "iu":  # noqa: PLR2004 - rows, levels
        raise CannotAllocate("shape", field="area_path", expected=count)
    where = points("xy", xy, count)
    numbers = np.arange(count) if place is None else whole("place", place, length=count)
    return _Rows(area, where, weeks, numbers)


def _known(offers: Offers, depth: int) -> None:
    deep = (offers.kind == AREA) & (offers.level >= depth)
    if deep.any():
        raise CannotAllocate("unknown_area", field="level", row=int(deep.argmax()))


def _hubs(rows: _Rows, offers: Offers) -> tuple[Arcs, list[Ints]]:
    """Return which offers go into which area-and-week, and each row's hub per level (−1: none)."""
    weeks = int(rows.week.max(initial=0)) + 1
    into: list[Arcs] = []
    hub_of: list[Ints] = []
    hubs = 0
    for level in range(EVERYWHERE, rows.area.shape[1]):
        some = np.flatnonzero((offers.kind == AREA) & (offers.level == level))
        if not len(some):
            continue
        offer, week = _weekly(offers, some, weeks)
        if not len(offer):
            continue
        area = np.zeros(len(rows.week), np.int64) if level == EVERYWHERE else rows.area[:, level]
        asked = np.zeros(len(offer), np.int64) if level == EVERYWHERE else offers.area[offer]
        keys, at = np.unique(asked * weeks + week, return_inverse=True)
        into.append(Arcs(offer, at + hubs))
        hub_of.append(_found(keys, area * weeks + rows.week, hubs))
        hubs += len(keys)
    return _joined(into), hub_of


def _weekly(offers: Offers, some: Ints, weeks: int) -> tuple[Ints, Ints]:
    """Return each offer once for every week it can serve."""
    last = np.minimum(offers.week_to[some], weeks - 1)
    times = np.maximum(last - offers.week_from[some] + 1, 0)
    offer = np.repeat(some, times)
    ahead = np.arange(len(offer)) - np.repeat(np.cumsum(times) - times, times)
    return offer, offers.week_from[offer] + ahead


def _found(keys: Ints, wanted: Ints, first: int) -> Ints:
    """Return where ``wanted`` stand among sorted ``keys``, counted from ``first``; −1: nowhere."""
    top = int(keys[-1]) + 1
    if top <= _DENSE:
        table = np.full(top + 1, -1)
        table[keys] = np.arange(len(keys)) + first
        return table[np.where((wanted >= 0) & (wanted < top), wanted, top)]
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at + first, -1)


def _hits(rows: _Rows, offers: Offers) -> Arcs:
    """Return which offers by radius or list reach which rows."""
    found = [*_by_radius(rows, offers), *_by_list(rows, offers)]
    every = _joined(found)
    week = rows.week[every.head]
    fits = (week >= offers.week_from[every.tail]) & (week <= offers.week_to[every.tail])
    return Arcs(every.tail[fits], every.head[fits])


def _by_radius(rows: _Rows, offers: Offers) -> list[Arcs]:
    some = np.flatnonzero(offers.kind == RADIUS)
    if not len(some):
        return []
    # The same place in four weeks is one point of the map.
    order = np.lexsort((rows.xy[:, 1], rows.xy[:, 0]))
    moved = (np.diff(rows.xy[order], axis=0) != 0).any(axis=1)
    start = np.concatenate([[0], np.flatnonzero(moved) + 1]) if len(order) else np.zeros(0, int)
    tree = cKDTree(rows.xy[order[start]])
    centres = np.column_stack([offers.x[some], offers.y[some]])
    near = tree.query_ball_point(centres, offers.km[some], return_sorted=False)
    times = np.array([len(points) for points in near])
    point = np.concatenate([np.array(points, np.int64) for points in near])
    size = np.diff(np.concatenate([start, [len(order)]]))[point]
    head = order[spans(start[point], size)]
    return [Arcs(np.repeat(np.repeat(some, times), size), head)]


def _by_list(rows: _Rows, offers: Offers) -> list[Arcs]:
    some = np.repeat(np.arange(len(offers)), np.diff(offers.start))
    fits = offers.kind[some] == LIST
    offer, wanted = some[fits], offers.listed[fits]
    if not len(offer):
        return []
    pairs = np.unique(np.column_stack([offer, wanted]), axis=0)
    order = np.argsort(rows.place, kind="stable")
    low = np.searchsorted(rows.place[order], pairs[:, 1], side="left")
    size = np.searchsorted(rows.place[order], pairs[:, 1], side="right") - low
    return [Arcs(np.repeat(pairs[:, 0], size), order[spans(low, size)])]


def _signature(count: int, into: Arcs, hub_of: list[Ints], hits: Arcs) -> tuple[Lots, Lots]:
    """Return two 64-bit sums over each row's offers."""
    sums = []
    for salt in (0x5851F42D4C957F2D, 0x14057B7EF767814F):
        offers = int(max(into.tail.max(initial=-1), hits.tail.max(initial=-1))) + 1
        mark = splitmix64(splitmix64(np.arange(offers).astype(np.uint64) ^ np.uint64(salt)))
        hubs = np.zeros(int(into.head.max(initial=-1)) + 2, np.uint64)
        np.add.at(hubs, into.head, mark[into.tail])
        total = np.zeros(count, np.uint64)
        for hub in hub_of:
            total += hubs[hub]
        np.add.at(total, hits.head, mark[hits.tail])
        sums.append(total)
    return sums[0], sums[1]


def _refined(first: Lots, second: Lots) -> tuple[Ints, Ints]:
    """Return the number of each row's signature, and one row of each."""
    order = np.argsort(first)
    new = np.ones(len(order), bool)
    new[1:] = (np.diff(first[order]) != 0) | (np.diff(second[order]) != 0)
    cell = np.empty(len(order), np.int64)
    cell[order] = np.cumsum(new) - 1
    return cell, order[new]


def _joined(parts: list[Arcs]) -> Arcs:
    none = np.zeros(0, np.int64)
    tails = np.concatenate([none, *(part.tail for part in parts)])
    return Arcs(tails, np.concatenate([none, *(part.head for part in parts)]))
