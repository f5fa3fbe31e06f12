"""Stocks of nested areas: each may be shared only inside its own area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Ints, runs, whole
from ksbb.allocation.digest import digest
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.level import Keys, pools_of
from ksbb.allocation.places import Places, places
from ksbb.allocation.pour import groups, pour


@dataclass(frozen=True, kw_only=True)
class TreeFill:
    """``x`` packages per place, and ``left`` per node what nobody inside it could take."""

    x: Ints
    left: Ints
    seed: int | None
    places: Places
    nodes: tuple[Ints, Ints, Ints]

    @cached_property
    def digest(self) -> str:
        """Return the name of the input, as `Fill.digest`."""
        rows = self.places
        low, high, supply = self.nodes
        return digest(
            "tree_fill",
            need=rows.need,
            committed=rows.committed,
            gap=rows.gap,
            weighted=rows.weighted,
            lot=rows.lot,
            seed=self.seed,
            node_lo=low,
            node_hi=high,
            node_supply=supply,
        )


def tree_fill(
    need: ArrayLike,
    committed: ArrayLike,
    node_lo: ArrayLike,
    node_hi: ArrayLike,
    node_depth: ArrayLike,
    node_supply: ArrayLike,
    *,
    lot: ArrayLike,
    weight_milli: ArrayLike | None = None,
    cap: ArrayLike | None = None,
    seed: int | None = None,
) -> TreeFill:
    """Share what each area has inside it, deepest areas first; exact, and no flow is needed.

    Places stand in the order of a walk through the tree, so that node v holds the rows
    ``node_lo[v] … node_hi[v] − 1``; ``node_depth`` grows downwards, nodes of one depth do not
    overlap, and a node lies wholly inside or outside any node above it. The other columns are those
    of `fill`.

    Adding one package at node v serves the smallest free key below v, and what lies deeper is
    already a greedy basis; so pouring bottom-up gives the leximin plan. O(Σ |rows below v|) = O(N ×
    depth). Raises CannotAllocate as `fill` does, and ``not_nested`` naming the node.
    """
    rows = places(need, committed, lot=lot, weight_milli=weight_milli, cap=cap)
    low = whole("node_lo", node_lo, most=len(rows) - 1)
    high = whole("node_hi", node_hi, length=len(low), least=1, most=len(rows))
    depth = whole("node_depth", node_depth, length=len(low))
    supply = whole("node_supply", node_supply, length=len(low))
    _nested(low, high, depth)
    stands = rows.committed.copy()
    keys = Keys(rows.weighted, stands, rows.gap.copy())
    left = np.zeros(len(low), np.int64)
    for level in np.unique(depth)[::-1]:
        nodes = np.flatnonzero(depth == level)
        nodes = nodes[np.argsort(low[nodes], kind="stable")]
        left[nodes] = _pour_level(rows, keys, low[nodes], high[nodes] - low[nodes], supply[nodes])
    x = stands - rows.committed
    return TreeFill(x=x, left=left, seed=seed, places=rows, nodes=(low, high, supply))


def _pour_level(rows: Places, keys: Keys, low: Ints, size: Ints, supply: Ints) -> Ints:
    """Give what disjoint nodes of one depth have: ``keys`` go on; return what is left of each."""
    left = np.zeros(len(low), np.int64)
    for first, end in groups(size):
        some = slice(first, end)
        left[some] = _pour_nodes(rows, keys, low[some], size[some], supply[some])
    return left


def _pour_nodes(rows: Places, keys: Keys, low: Ints, size: Ints, supply: Ints) -> Ints:
    room = np.add.reduceat(keys.gap[runs(low, size)], np.cumsum(size) - size)
    full, some = supply >= room, supply > 0
    if (full & some).any():
        done = runs(low[full], size[full])
        keys.dividend[done] += keys.gap[done]
        keys.gap[done] = 0
    partly = some & ~full
    if partly.any():
        at = runs(low[partly], size[partly])
        x = pour(rows, None, keys, pools_of(size[partly], supply[partly]), at).x
        keys.dividend[at] += x
        keys.gap[at] -= x
    return np.where(full, supply - room, 0)


def _nested(low: Ints, high: Ints, depth: Ints) -> None:
    """Refuse empty nodes and nodes that overlap without lying inside each other."""
    if (high <= low).any():
        raise CannotAllocate("not_nested", field="node_hi", row=int((high <= low).argmax()))
    levels = [np.flatnonzero(depth == level) for level in np.unique(depth)]
    levels = [nodes[np.argsort(low[nodes], kind="stable")] for nodes in levels]
    for at, outer in enumerate(levels):
        _apart(low, high, outer)
        for inner in levels[at + 1 :]:
            _inside(low, high, outer, inner)


def _apart(low: Ints, high: Ints, nodes: Ints) -> None:
    wrong = low[nodes[1:]] < high[nodes[:-1]]
    if wrong.any():
        raise CannotAllocate("not_nested", field="node_lo", row=int(nodes[1:][wrong.argmax()]))


def _inside(low: Ints, high: Ints, outer: Ints, inner: Ints) -> None:
    """Refuse an inner node that crosses an end of an outer one; outer nodes stand in order."""
    begun = np.searchsorted(low[outer], low[inner], side="right")
    ended = np.searchsorted(low[outer], high[inner], side="left")
    around = outer[np.maximum(begun - 1, 0)]
    within = (begun > 0) & (low[inner] < high[around])
    wrong = (ended > begun) | (within & (high[inner] > high[around]))
    if wrong.any():
        raise CannotAllocate("not_nested", field="node_lo", row=int(inner[wrong.argmax()]))
