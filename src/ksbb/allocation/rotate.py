"""Visits worth the way: fewer and larger drops, taking turns across the weeks."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Ints, Lots, number, whole
from ksbb.allocation.plan import Plan


class _Turns(NamedTuple):
    """Rows in the order of their turn, cell after cell, with the size of a visit and the room."""

    row: Ints
    cell: Ints
    visit: Ints
    room: Ints
    total: Ints


def rotate(
    plan: Plan, cumulative: ArrayLike, *, min_share_milli: int = 500, min_drop: int = 25
) -> Plan:
    """Serve in each cell only some places this time, those with the least so far first.

    A visit brings ``max(min_drop, ceil(min_share_milli × need / 1000))`` packages, at most what is
    missing; ``cumulative`` int[N] ≥ 0 are the packages each row's place got in all weeks so far.
    Cells keep their exact totals, which is always possible because the same offers may serve all
    places of a cell; so the flow, and who gives how much, stay. What is too little for a visit goes
    on top of visits already made; only where they have no room it is a short visit. A rule of thumb
    with exact totals, not an optimum. O(N log N). Raises CannotAllocate for other arguments.
    """
    so_far = whole("cumulative", cumulative, length=len(plan.x))
    share = number("min_share_milli", min_share_milli, least=1, most=1000)
    least = number("min_drop", min_drop, least=1)
    turns = _turns(plan, so_far, share, least)
    x = np.zeros(len(plan.x), np.int64)
    x[turns.row] = _visited(turns, least)
    return replace(plan, x=x)


def _turns(plan: Plan, so_far: Ints, share: int, least: int) -> _Turns:
    rows, cell = plan.places, plan.cells.cell
    total = np.bincount(cell, plan.x, plan.cells.count).astype(np.int64)
    open_ = np.flatnonzero((rows.gap > 0) & (total[cell] > 0))
    order = open_[_by_turn(cell[open_], so_far[open_] / rows.need[open_], rows.lot[open_])]
    part = -(-share * rows.need[order] // 1000)
    visit = np.minimum(np.maximum(part, least), rows.gap[order])
    return _Turns(order, cell[order], visit, rows.gap[order], total)


def _by_turn(cell: Ints, coverage: ArrayLike, lot: Lots) -> Ints:
    return np.lexsort((lot, coverage, cell))  # type: ignore[arg-type]


def _visited(turns: _Turns, least: int) -> Ints:
    """Return what each turn brings: whole visits, and where the rest of each cell goes."""
    before = _before(turns.visit, turns.cell)
    rest = turns.total[turns.cell] - before
    whole_ = rest >= turns.visit
    x = np.where(whole_, turns.visit, 0)
    cut = ~whole_ & (rest > 0)
    cells = len(turns.total)
    short = turns.total - np.bincount(turns.cell, x, cells).astype(np.int64)
    slack = np.where(whole_, turns.room - turns.visit, 0)
    too_little = (short < least) & (np.bincount(turns.cell, slack, cells) >= short)
    on_top = too_little | (np.bincount(turns.cell, cut, cells) == 0)
    wanted = np.where(on_top, short, 0)[turns.cell] - _before(slack, turns.cell)
    x += np.clip(wanted, 0, slack)
    return np.where(cut & ~on_top[turns.cell], rest, x)


def _before(amount: Ints, cell: Ints) -> Ints:
    """Return the sum of all earlier entries of the same cell; cells follow each other."""
    run = np.cumsum(amount) - amount
    first = np.ones(len(cell), bool)
    first[1:] = cell[1:] != cell[:-1]
    start: Ints = run[first][np.cumsum(first) - 1]
    return run - start
