"""Many offers with wishes, one plan: the fairest that wishes and needs allow.

The plans that offers can carry out form an integral polymatroid, so there is one leximin plan for a
strict order of keys (Federgruen and Groenevelt 1986; Frank and Murota, arXiv 1907.02673; Bochet,
Ilkilic, Moulin: egalitarianism under earmark constraints). It is found by decomposition: pour what
can be placed as if there were no wishes; where the offers can carry that out, it is the plan;
otherwise the minimum cut names the cells that got too much, and both sides are planned by
themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Floats, Ints, Mask, blocks, distinct, in_order, picked, runs
from ksbb.allocation.cells import Arcs, Cells
from ksbb.allocation.digest import digest
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.flow import Flow, Network, largest_flow
from ksbb.allocation.level import Keys, pools_of
from ksbb.allocation.places import NEUTRAL, Places, places
from ksbb.allocation.pour import pour
from ksbb.allocation.shipments import Shipments, dealt


@dataclass(frozen=True, kw_only=True)
class Plan:
    """``x`` packages per row. What runs from which offer to which cell is in `flow`.

    ``piece`` numbers the parts that share one level (−1: a cell no offer reaches); ``piece_level``
    is the weighted coverage at or above which all in a piece stand who still miss something (inf:
    none does). ``left`` is what nobody could take of each offer.
    """

    x: Ints
    piece: Ints
    piece_level: Floats
    flow: Shipments
    left: Ints
    max_flows: int
    seed: int | None
    places: Places
    cells: Cells

    @cached_property
    def digest(self) -> str:
        """Return the name of the input, as `Fill.digest`."""
        rows, offers = self.places, self.cells.offers
        table = {f"offer_{name}": getattr(offers, name) for name in offers.__slots__}
        return digest(
            "plan",
            need=rows.need,
            committed=rows.committed,
            gap=rows.gap,
            weighted=rows.weighted,
            lot=rows.lot,
            cell=self.cells.cell,
            seed=self.seed,
            **table,
        )


def plan(
    need: ArrayLike,
    committed: ArrayLike,
    cells: Cells,
    *,
    lot: ArrayLike,
    weight_milli: ArrayLike | None = None,
    cap: ArrayLike | None = None,
    seed: int | None = None,
) -> Plan:
    """Plan all offers of ``cells`` at once: leximin over families, and no package is wasted.

    Columns as in `fill`, one row a place and week. The answer is unique, whatever the order of rows
    and offers, and places as many packages as any plan could. More supply or another offer lowers
    nobody's total. Two max-flows a piece, done for all pieces of one depth together; pieces are at
    most as many as cells or kinds of offers. Raises CannotAllocate as `fill` does.
    """
    rows = places(need, committed, lot=lot, weight_milli=weight_milli, cap=cap)
    if len(cells.cell) != len(rows):
        raise CannotAllocate("shape", field="cells", expected=len(rows))
    state = _State(rows, cells)
    state.begin()
    while state.active.any():
        state.step()
    return state.finished(seed)


class _State:
    """The pieces while they are split: each offer and cell belongs to one, some are settled."""

    def __init__(self, rows: Places, cells: Cells) -> None:
        self.rows, self.cells = rows, cells
        useful = np.flatnonzero(rows.gap > 0)
        self.row = useful[in_order(cells.cell[useful], cells.count)]
        # Cell after cell, so that a piece's columns are read in long runs.
        self.gap, self.brought = picked(rows.gap, self.row), np.zeros(len(useful), np.int64)
        self.weighted = picked(rows.weighted, self.row)
        self.committed = picked(rows.committed, self.row)
        self.size = np.bincount(cells.cell[useful], minlength=cells.count)
        self.low = np.cumsum(self.size) - self.size
        self.room = _sums(self.gap, self.size)
        self.supply = cells.offers.packages
        self.piece_of_offer = np.zeros(len(cells.offers), np.int64)
        self.piece_of_cell = np.zeros(cells.count, np.int64)
        self.active = np.ones(1, bool)
        self.amount = np.zeros(1, np.int64)
        self.left = self.supply.copy()
        self.shipments: list[Shipments] = []
        self.max_flows = 0

    def begin(self) -> None:
        """Find out how much can be placed at all."""
        everything = np.arange(self.cells.count), np.arange(len(self.supply))
        flow = self._flow(*everything, self.room)[0]
        self.amount[0] = flow.taken.sum()

    def step(self) -> None:
        """Pour every active piece; settle those that offers can carry out, split the others."""
        cell = np.flatnonzero(self.active[self.piece_of_cell])
        cell = cell[np.argsort(self.piece_of_cell[cell], kind="stable")]
        offer = np.flatnonzero(self.active[self.piece_of_offer])
        wanted = self._poured(cell)
        flow, network = self._flow(cell, offer, wanted)
        carried = np.bincount(self.piece_of_cell[cell], flow.taken, len(self.active))
        settled = self.active & (carried == self.amount)
        self._settle(flow, network, cell, offer, settled)
        self._split(flow, cell, offer, self.active & ~settled)

    def _poured(self, cell: Ints) -> Ints:
        """Write down the fair share of each active piece's cells; return it per cell."""
        piece, room = self.piece_of_cell[cell], self.room[cell]
        full = self.amount >= np.bincount(piece, room, len(self.active))
        self._all_or_none(cell[full[piece]], given=True)
        self._all_or_none(cell[~full[piece] & (self.amount[piece] == 0)], given=False)
        wanted = np.where(full[piece], room, 0)
        partly = ~full[piece] & (self.amount[piece] > 0)
        if partly.any():
            wanted[partly] = self._partly(cell[partly])
        return wanted

    def _all_or_none(self, cell: Ints, *, given: bool) -> None:
        if len(cell):
            at = runs(self.low[cell], self.size[cell])
            self.brought[at] = self.gap[at] if given else 0

    def _partly(self, cell: Ints) -> Ints:
        """Write down the fair share of cells whose pieces cannot be given all; return it."""
        piece, size = self.piece_of_cell[cell], self.size[cell]
        length = np.bincount(piece, size).astype(np.int64)
        some = np.flatnonzero(length)
        at = runs(self.low[cell], size)
        keys = Keys(self.weighted, self.committed, self.gap)
        x = pour(self.rows, self.row, keys, pools_of(length[some], self.amount[some]), at).x
        self.brought[at] = x
        return _sums(x, size)

    def _flow(self, cell: Ints, offer: Ints, capacity: Ints) -> tuple[Flow, Ints]:
        """Let offers flow to cells of their piece; return the flow and the hubs."""
        network, hubs = self._network(cell, offer)
        self.max_flows += 1
        return largest_flow(network, self.supply[offer], capacity), hubs

    def _network(self, cell: Ints, offer: Ints) -> tuple[Network, Ints]:
        """Return the arcs inside pieces. A hub of several pieces stands in each of them."""
        offer_at, cell_at = _numbered(offer, len(self.supply)), _numbered(cell, self.cells.count)
        pieces = len(self.active)
        into = _kept(self.cells.into, offer_at, None)
        out = _kept(self.cells.out, None, cell_at)
        direct = _kept(self.cells.direct, offer_at, cell_at)
        same = self.piece_of_offer[direct.tail] == self.piece_of_cell[direct.head]
        one = into.head * pieces + self.piece_of_offer[into.tail]
        other = out.tail * pieces + self.piece_of_cell[out.head]
        hubs = _common(distinct(one), distinct(other))
        first, second = _position(hubs, one), _position(hubs, other)
        begin, end = len(offer), len(offer) + len(hubs)
        tail = [offer_at[into.tail[first >= 0]], second[second >= 0] + begin]
        head = [first[first >= 0] + begin, cell_at[out.head[second >= 0]] + end]
        tail.append(offer_at[direct.tail[same]])
        head.append(cell_at[direct.head[same]] + end)
        arcs = Arcs(np.concatenate(tail), np.concatenate(head))
        return Network(arcs, len(offer), len(hubs), len(cell)), hubs

    def _settle(self, flow: Flow, hubs: Ints, cell: Ints, offer: Ints, settled: Mask) -> None:
        """Write down who ships what to which cell in the pieces that are done."""
        done = settled[self.piece_of_offer[offer]]
        self.left[offer[done]] -= flow.given[done]
        sent = _through(flow, len(offer), len(hubs))
        keep = done[sent.offer]
        self.shipments.append(
            Shipments(offer[sent.offer[keep]], cell[sent.cell[keep]], sent.quantity[keep])
        )
        self.active = self.active & ~settled

    def _split(self, flow: Flow, cell: Ints, offer: Ints, open_: Mask) -> None:
        """Part the pieces at their minimum cut: those given too much become pieces of their own."""
        pieces = len(self.active)
        number = np.cumsum(open_) - 1 + pieces
        apart_cell = open_[self.piece_of_cell[cell]] & ~flow.cell_reached
        if (np.bincount(self.piece_of_cell[cell[apart_cell]], minlength=pieces)[open_] == 0).any():
            message = "a minimum cut that parts nothing"
            raise ArithmeticError(message)
        apart_offer = open_[self.piece_of_offer[offer]] & ~flow.offer_reached
        old = self.piece_of_offer[offer[apart_offer]]
        bound = np.bincount(old, self.supply[offer[apart_offer]], pieces).astype(np.int64)
        self.piece_of_cell[cell[apart_cell]] = number[self.piece_of_cell[cell[apart_cell]]]
        self.piece_of_offer[offer[apart_offer]] = number[old]
        self.amount = np.concatenate([self.amount - np.where(open_, bound, 0), bound[open_]])
        self.active = np.concatenate([open_, np.ones(int(open_.sum()), bool)])

    def _levels(self) -> Floats:
        """Return the lowest coverage in each piece of those who still miss something."""
        stands = np.empty(len(self.brought))
        for part in blocks(len(stands)):
            here = stands[part]
            np.divide(self.committed[part] + self.brought[part], self.weighted[part], out=here)
            here[self.brought[part] >= self.gap[part]] = np.inf
        some = np.flatnonzero(self.size)
        level = np.full(len(self.active), np.inf)
        if len(some):
            lowest = NEUTRAL * np.minimum.reduceat(stands, self.low[some])
            np.minimum.at(level, self.piece_of_cell[some], lowest)
        return level

    def finished(self, seed: int | None) -> Plan:
        """Return the plan, its pieces numbered from the one with the lowest level."""
        x = np.zeros(len(self.rows), np.int64)
        x[self.row] = self.brought
        sent = Shipments(*(np.concatenate(column) for column in zip(*self.shipments, strict=True)))
        piece = self.piece_of_cell[self.cells.cell]
        level = self._levels()
        order = np.argsort(level, kind="stable")
        return Plan(
            x=x,
            piece=_numbered(order, len(order))[piece],
            piece_level=level[order],
            flow=sent,
            left=self.left,
            max_flows=self.max_flows,
            seed=seed,
            places=self.rows,
            cells=self.cells,
        )


def _through(flow: Flow, offers: int, hubs: int) -> Shipments:
    """Return the flow from offers to cells, what ran through hubs dealt out in order."""
    tail, head, quantity = flow.arcs.tail, flow.arcs.head, flow.quantity
    straight = (tail < offers) & (head >= offers + hubs)
    coming, going = (head >= offers) & (head < offers + hubs), tail >= offers
    into = np.flatnonzero(coming)[np.argsort(head[coming], kind="stable")]
    out = np.flatnonzero(going)[np.argsort(tail[going], kind="stable")]
    one, other, amount = dealt(quantity[into], quantity[out])
    return Shipments(
        np.concatenate([tail[straight], tail[into][one]]),
        np.concatenate([head[straight], head[out][other]]) - offers - hubs,
        np.concatenate([quantity[straight], amount]),
    )


def _sums(values: Ints, size: Ints) -> Ints:
    """Return the sum of each run of so many values; runs may be empty."""
    sums, some = np.zeros(len(size), np.int64), np.flatnonzero(size)
    if len(some):
        sums[some] = np.add.reduceat(values, (np.cumsum(size) - size)[some])
    return sums


def _numbered(some: Ints, count: int) -> Ints:
    """Return each number's position among ``some``, −1 where it is not there."""
    at = np.full(count, -1)
    at[some] = np.arange(len(some))
    return at


def _kept(arcs: Arcs, tail_at: Ints | None, head_at: Ints | None) -> Arcs:
    keep = np.ones(len(arcs.tail), bool)
    if tail_at is not None:
        keep &= tail_at[arcs.tail] >= 0
    if head_at is not None:
        keep &= head_at[arcs.head] >= 0
    return Arcs(arcs.tail[keep], arcs.head[keep])


def _common(one: Ints, other: Ints) -> Ints:
    """Return what two columns of distinct numbers in order have in common."""
    return one[_position(other, one) >= 0]


def _position(keys: Ints, wanted: Ints) -> Ints:
    if not len(keys):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)
