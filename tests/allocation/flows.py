"""HiGHS, and a largest flow by its simplex method, which knows nothing of augmenting ways."""

from __future__ import annotations

from typing import Any, NamedTuple

import highspy
import numpy as np
from scipy.sparse import csr_array


def solver() -> highspy.Highs:
    """Return a solver that says nothing and stops at the optimum only."""
    quiet = highspy.Highs()  # type: ignore[no-untyped-call]
    quiet.setOptionValue("output_flag", False)  # noqa: FBT003 - the name of the option says it
    quiet.setOptionValue("mip_rel_gap", 1e-9)
    return quiet


class Found(NamedTuple):
    """What `scipy.sparse.csgraph.maximum_flow` returns, as far as we ask."""

    flow: csr_array


def flow_by_highs(graph: csr_array, source: int, sink: int, **_options: Any) -> Found:
    """Return a largest flow; a basis of a network with whole capacities is whole."""
    highs = solver()
    arcs = graph.tocoo()
    ways = [
        (int(tail), int(head), highs.addVariable(0, int(most)))
        for tail, head, most in zip(arcs.row, arcs.col, arcs.data, strict=True)
    ]
    for node in range(graph.shape[0]):
        coming = [way for _, head, way in ways if head == node]
        going = [way for tail, _, way in ways if tail == node]
        if node not in {source, sink} and coming + going:
            highs.addConstr(highs.qsum(coming) - highs.qsum(going) == 0)
    leaving = [way for tail, _, way in ways if tail == source]
    if leaving:
        highs.maximize(highs.qsum(leaving))
    runs = np.array([round(highs.val(way)) if leaving else 0 for *_, way in ways], np.int32)
    forth = csr_array((runs, (arcs.row, arcs.col)), shape=graph.shape)
    return Found(csr_array(forth - forth.T))
