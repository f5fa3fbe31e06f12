"""An independent certificate that a result is the fair one and wastes nothing.

What is checked is the outcome, by another way than it was found: no level is sought here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Ints, number, whole
from ksbb.allocation.keys import first_missing, last_given, ranks
from ksbb.allocation.places import Places, places


class Audit(NamedTuple):
    """Three promises, each checked by itself.

    ``feasible``: within what places lack and givers have and wish. ``wasteless``: no package could
    be placed in addition. ``fair``: no package could be moved to where it is due before; otherwise
    ``worst`` names the row that has one too many and the row that is missing it.
    """

    feasible: bool
    wasteless: bool
    fair: bool
    worst: tuple[int, int] | None

    @property
    def passed(self) -> bool:
        """Tell whether all three hold."""
        return self.feasible and self.wasteless and self.fair


def audit_fill(
    need: ArrayLike,
    committed: ArrayLike,
    supply: int,
    x: ArrayLike,
    *,
    lot: ArrayLike,
    weight_milli: ArrayLike | None = None,
    cap: ArrayLike | None = None,
) -> Audit:
    """Check one pool in O(N): the last package given anywhere came before the first one not given.

    Columns as in `fill`; ``x`` are whole numbers. Raises CannotAllocate for columns it refuses.
    """
    rows = places(need, committed, lot=lot, weight_milli=weight_milli, cap=cap)
    given = whole("x", x, length=len(rows), least=-(2**52))
    stock = number("supply", supply)
    feasible = bool((given >= 0).all() and (given <= rows.gap).all() and given.sum() <= stock)
    return Audit(
        feasible=feasible,
        wasteless=int(given.sum()) == min(stock, int(rows.gap.sum())),
        fair=(worst := _worst(rows, given)) is None,
        worst=worst,
    )


def _worst(rows: Places, given: Ints) -> tuple[int, int] | None:
    one = np.zeros(len(rows), np.int64)
    last, first = last_given(rows, given, one, 1), first_missing(rows, given, one, 1)
    pair = np.concatenate([last.row, first.row])
    if pair.min() < 0:
        return None
    rank = ranks(rows, pair, np.concatenate([last.key, first.key]))
    return (int(pair[0]), int(pair[1])) if rank[0] > rank[1] else None
