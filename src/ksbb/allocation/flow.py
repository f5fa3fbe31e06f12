"""The largest flow from offers to cells, and the cut that stops it from growing."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from ksbb.allocation.arrays import Ints, Mask
from ksbb.allocation.cells import Arcs


class Network(NamedTuple):
    """Arcs among ``offers`` (numbered first), ``hubs`` and ``cells`` (numbered last)."""

    arcs: Arcs
    offers: int
    hubs: int
    cells: int


class Flow(NamedTuple):
    """What runs per offer, per cell, along arcs; who is on the source's side of the cut."""

    given: Ints
    taken: Ints
    arcs: Arcs
    quantity: Ints
    offer_reached: Mask
    cell_reached: Mask


def largest_flow(network: Network, supply: Ints, capacity: Ints) -> Flow:
    """Return an integral maximum flow (Dinic) from offers with ``supply`` to cells of ``capacity``.

    Both in packages, less than 2^31 together. Arcs in the middle take more than there is: one as
    narrow as its cell could itself be part of the minimum cut, which would then tell nothing.
    """
    inner = network.offers + network.hubs + network.cells
    graph = _graph(network, supply, capacity, middle=int(supply.sum()) + 1)
    found = maximum_flow(graph, inner, inner + 1, method="dinic").flow
    reached: Mask = np.zeros(inner + 2, bool)
    residual = csr_array(graph - found)
    residual.eliminate_zeros()
    reached[breadth_first_order(residual, inner, return_predecessors=False)] = True
    runs = found.tocoo()
    real = (runs.data > 0) & (runs.row < inner) & (runs.col < inner)
    given, taken = np.zeros(network.offers, np.int64), np.zeros(network.cells, np.int64)
    source, sink = (runs.data > 0) & (runs.row == inner), (runs.data > 0) & (runs.col == inner + 1)
    given[runs.col[source]] = runs.data[source]
    taken[runs.row[sink] - network.offers - network.hubs] = runs.data[sink]
    return Flow(
        given=given,
        taken=taken,
        arcs=Arcs(runs.row[real].astype(np.int64), runs.col[real].astype(np.int64)),
        quantity=runs.data[real].astype(np.int64),
        offer_reached=reached[: network.offers],
        cell_reached=reached[network.offers + network.hubs : inner],
    )


def _graph(network: Network, supply: Ints, capacity: Ints, *, middle: int) -> csr_array:
    inner = network.offers + network.hubs + network.cells
    offers = np.arange(network.offers)
    cells = np.arange(inner - network.cells, inner)
    tail = np.concatenate([np.full(len(offers), inner), network.arcs.tail, cells])
    head = np.concatenate([offers, network.arcs.head, np.full(len(cells), inner + 1)])
    wide = np.full(len(network.arcs.tail), min(middle, 2**31 - 1))
    most = np.concatenate([supply, wide, capacity]).astype(np.int32)
    return csr_array(coo_array((most, (tail, head)), shape=(inner + 2, inner + 2)))
