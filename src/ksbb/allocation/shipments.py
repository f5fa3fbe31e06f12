"""Who ships how much where, and how two columns of amounts are dealt against each other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ksbb.allocation.arrays import Ints


class Shipments(NamedTuple):
    """``quantity`` packages of ``offer`` for ``cell``."""

    offer: Ints
    cell: Ints
    quantity: Ints


def dealt(left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Deal two columns with equal sums against each other in order (north-west corner).

    Returns the entry on the left, the entry on the right and the amount, at most one less than both
    columns have entries. Groups whose sums agree on both sides are never mixed.
    """
    first, second = np.cumsum(left), np.cumsum(right)
    ends = np.unique(np.concatenate([first, second]))
    ends = ends[ends > 0]
    amount = np.diff(np.concatenate([[0], ends]))
    return np.searchsorted(first, ends), np.searchsorted(second, ends), amount
