"""The certificate of a plan with wishes, from what is published of it alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Ints, Mask, whole
from ksbb.allocation.audit import Audit
from ksbb.allocation.cells import Cells
from ksbb.allocation.keys import first_missing, last_given, ranks
from ksbb.allocation.places import Places, places
from ksbb.allocation.shipments import Shipments


class _Champions(NamedTuple):
    """Per cell the row with the last package given and the one with the first not given (−1)."""

    last: Ints
    first: Ints
    rank_last: Ints
    rank_first: Ints


def audit_plan(
    need: ArrayLike,
    committed: ArrayLike,
    cells: Cells,
    x: ArrayLike,
    shipments: Shipments,
    *,
    lot: ArrayLike,
    weight_milli: ArrayLike | None = None,
    cap: ArrayLike | None = None,
) -> Audit:
    """Check that no package can move, by any chain of swaps, to where it is due before.

    A cell can hand a package on to whatever its givers can reach, and so on along the chain. The
    first package missing anywhere along all chains is carried back until nothing changes; the plan
    is fair if no cell holds one that comes after it. O(E + C log C) a round, few rounds. Columns as
    in `plan`. Raises CannotAllocate for columns it refuses.
    """
    rows = places(need, committed, lot=lot, weight_milli=weight_milli, cap=cap)
    given = whole("x", x, length=len(rows), least=-(2**52))
    feasible = _feasible(rows, cells, given, shipments)
    if not feasible:
        return Audit(feasible=False, wasteless=False, fair=False, worst=None)
    found = _champions(rows, cells, given)
    by_cell, by_offer = _due(cells, shipments, found.rank_first)
    left = cells.offers.packages - _per(shipments.offer, shipments.quantity, len(cells.offers))
    wasted = (left > 0) & (by_offer < np.iinfo(np.int64).max)
    wrong = found.rank_last > by_cell
    worst = _pair(found, by_cell, int(wrong.argmax())) if wrong.any() else None
    return Audit(feasible=True, wasteless=not wasted.any(), fair=not wrong.any(), worst=worst)


def _feasible(rows: Places, cells: Cells, given: Ints, sent: Shipments) -> bool:
    """Tell whether needs, stocks and wishes are kept and every package has a giver."""
    if (given < 0).any() or (given > rows.gap).any() or (sent.quantity <= 0).any():
        return False
    stock = _per(sent.offer, sent.quantity, len(cells.offers))
    brought = _per(sent.cell, sent.quantity, cells.count)
    wanted = _per(cells.cell, given, cells.count)
    within = (stock <= cells.offers.packages).all() and (brought == wanted).all()
    return bool(within and _allowed(cells, sent).all())


def _allowed(cells: Cells, sent: Shipments) -> Mask:
    """Tell of each shipment whether the offer may serve the cell."""
    pair = sent.offer * cells.count + sent.cell
    allowed = _among(pair, np.sort(cells.direct.tail * cells.count + cells.direct.head))
    into = np.sort(cells.into.tail * cells.hubs + cells.into.head)
    order = np.argsort(cells.out.head, kind="stable")
    hubs = np.bincount(cells.out.head, minlength=cells.count)
    start = np.cumsum(hubs) - hubs
    for nth in range(int(hubs.max(initial=0))):
        has = np.flatnonzero(~allowed & (hubs[sent.cell] > nth))
        hub = cells.out.tail[order[start[sent.cell[has]] + nth]]
        allowed[has] = _among(sent.offer[has] * cells.hubs + hub, into)
    return allowed


def _among(wanted: Ints, known: Ints) -> Mask:
    """Tell of each number whether it stands in a sorted column."""
    if not len(known):
        return np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    found: Mask = known[at] == wanted
    return found


def _champions(rows: Places, cells: Cells, given: Ints) -> _Champions:
    last = last_given(rows, given, cells.cell, cells.count)
    first = first_missing(rows, given, cells.cell, cells.count)
    both = np.concatenate([last.row, first.row]), np.concatenate([last.key, first.key])
    rank = ranks(rows, *both)
    none = np.iinfo(np.int64).max
    rank_first = np.where(first.row >= 0, rank[cells.count :], none)
    return _Champions(last.row, first.row, rank[: cells.count], rank_first)


def _due(cells: Cells, sent: Shipments, own: Ints) -> tuple[Ints, Ints]:
    """Return the rank of the first package missing within reach of each cell and each offer."""
    none = np.iinfo(np.int64).max
    by_cell = own.copy()
    while True:
        hub = np.full(cells.hubs, none)
        np.minimum.at(hub, cells.out.tail, by_cell[cells.out.head])
        by_offer = np.full(len(cells.offers), none)
        np.minimum.at(by_offer, cells.into.tail, hub[cells.into.head])
        np.minimum.at(by_offer, cells.direct.tail, by_cell[cells.direct.head])
        further = by_cell.copy()
        np.minimum.at(further, sent.cell, by_offer[sent.offer])
        if (further == by_cell).all():
            return by_cell, by_offer
        by_cell = further


def _pair(found: _Champions, due: Ints, cell: int) -> tuple[int, int]:
    taker = int(np.flatnonzero(found.rank_first == due[cell])[0])
    return int(found.last[cell]), int(found.first[taker])


def _per(index: Ints, amount: Ints, count: int) -> Ints:
    # Exact: sums stay below 2^53.
    return np.bincount(index, amount, count).astype(np.int64)
