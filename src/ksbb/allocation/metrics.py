"""How fair and how full: the figures to publish beside a plan or beside what happened."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Floats, Ints, whole
from ksbb.allocation.errors import CannotAllocate


class Metrics(NamedTuple):
    """Coverage is packages per family, counted once per family; places and packages are numbers.

    `gini` is 0 where all families are covered alike, towards 1 the more few of them get all.
    `stacking` is the share of packages which a fair plan would have brought elsewhere; None without
    a plan.
    """

    least: float
    p10: float
    gini: float
    never_served: int
    fully_met: int
    oversupply: int
    unmet: int
    stacking: float | None


def metrics(need: ArrayLike, served: ArrayLike, plan: ArrayLike | None = None) -> Metrics:
    """Return the figures for ``served`` packages (committed and new ones) at places of ``need``.

    ``need`` ≥ 1, ``served`` ≥ 0 and ``plan`` ≥ 0 (what a fair plan serves in all) are whole
    numbers, 1-D. Gini is taken from the Lorenz curve of coverage over families (Alem, Caunhye,
    Moreno 2022). O(N log N). Raises CannotAllocate for other columns.
    """
    families = whole("need", need, least=1)
    if not len(families):
        raise CannotAllocate("empty", field="need")
    brought = whole("served", served, length=len(families))
    order = np.lexsort((families, brought / families))
    coverage = (brought / families)[order]
    return Metrics(
        least=float(coverage[0]),
        p10=_percentile(families[order], coverage, 10),
        gini=_gini(families[order], brought[order]),
        never_served=int((brought == 0).sum()),
        fully_met=int((brought >= families).sum()),
        oversupply=int(np.maximum(brought - families, 0).sum()),
        unmet=int(np.maximum(families - brought, 0).sum()),
        stacking=None if plan is None else _stacking(brought, plan),
    )


def _percentile(families: Ints, coverage: Floats, percent: int) -> float:
    """Return the coverage below or at which so many percent of the families stand."""
    reached = np.cumsum(families)
    return float(coverage[np.searchsorted(reached * 100, percent * reached[-1])])


def _gini(families: Ints, brought: Ints) -> float:
    total = int(brought.sum())
    if not total:
        return 0.0
    share = np.concatenate([[0.0], np.cumsum(brought) / total])
    width = families / families.sum()
    return max(0.0, float(1.0 - ((share[1:] + share[:-1]) * width).sum()))


def _stacking(brought: Ints, plan: ArrayLike) -> float:
    fair = whole("plan", plan, length=len(brought))
    total = int(brought.sum())
    return float(np.maximum(brought - fair, 0).sum() / total) if total else 0.0
