"""Shipments without cycles: the same sums with as few ways as possible."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ksbb.allocation.shipments import Shipments

_Node = int
_Edge = tuple[_Node, _Node]


def as_forest(sent: Shipments) -> Shipments:
    """Return shipments with the same sums per offer and per cell whose ways form no cycle.

    Way after way is hung into a forest. One that closes a cycle sends packages around it until a
    way of the cycle is empty; that one is dropped. No way is added, so wishes stay kept.
    """
    offers = int(sent.offer.max(initial=-1)) + 1
    forest = _Forest()
    order = np.lexsort((sent.cell, sent.offer))
    columns = (sent.offer[order], sent.cell[order] + offers, sent.quantity[order])
    for offer, cell, quantity in zip(*(column.tolist() for column in columns), strict=True):
        forest.add(offer, cell, quantity)
    ways = sorted((*edge, amount) for edge, amount in forest.amount.items() if amount)
    table = np.array(ways, np.int64).reshape(-1, 3)
    return Shipments(table[:, 0], table[:, 1] - offers, table[:, 2])


class _Forest:
    """Trees by parent pointers; each edge (offer, cell) carries an amount."""

    def __init__(self) -> None:
        self.parent: dict[_Node, _Node] = {}
        self.amount: dict[_Edge, int] = {}

    def add(self, offer: _Node, cell: _Node, quantity: int) -> None:
        """Hang a way in, breaking the cycle it may close."""
        if (offer, cell) in self.amount:
            self.amount[offer, cell] += quantity
            return
        path = self._path(offer, cell)
        if path is None:
            self._root(offer)
            self.parent[offer] = cell
            self.amount[offer, cell] = quantity
            return
        self._around(path, quantity)

    def _path(self, offer: _Node, cell: _Node) -> list[_Node] | None:
        """Return the nodes from the offer to the cell, None where they are in different trees."""
        up, seen = [offer], {offer: 0}
        while (above := self.parent.get(up[-1])) is not None:
            seen[above] = len(up)
            up.append(above)
        down = [cell]
        while down[-1] not in seen:
            above = self.parent.get(down[-1])
            if above is None:
                return None
            down.append(above)
        return up[: seen[down[-1]]] + down[::-1]

    def _around(self, path: list[_Node], quantity: int) -> None:
        """Send the new way's packages along the path instead, as many as its ways can spare."""
        edges = [_edge(one, other) for one, other in pairwise(path)]
        spared = edges[1::2]
        least = min(spared, key=lambda edge: self.amount[edge])
        moved = min(quantity, self.amount[least])
        for edge in edges[::2]:
            self.amount[edge] += moved
        for edge in spared:
            self.amount[edge] -= moved
        if not self.amount[least]:
            self._cut(least)
        if moved < quantity:
            self.add(path[0], path[-1], quantity - moved)

    def _cut(self, edge: _Edge) -> None:
        del self.amount[edge]
        one, other = edge
        self.parent.pop(one if self.parent.get(one) == other else other)

    def _root(self, node: _Node) -> None:
        """Turn the pointers of the node's tree so that it becomes the root."""
        before: _Node | None = None
        here: _Node | None = node
        while here is not None:
            above = self.parent.pop(here, None)
            if before is not None:
                self.parent[here] = before
            before, here = here, above


def _edge(one: _Node, other: _Node) -> _Edge:
    # Offers are numbered before cells.
    return (one, other) if one < other else (other, one)
