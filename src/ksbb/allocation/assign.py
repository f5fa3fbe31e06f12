"""Who serves whom: a plan's packages dealt out to single places, in few and short ways."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import Floats, Ints, points
from ksbb.allocation.forest import as_forest
from ksbb.allocation.plan import Plan
from ksbb.allocation.shipments import dealt

_FINE = 16


class Pairs(NamedTuple):
    """``quantity`` packages of ``offer`` for ``row``; at most served rows + offers − 1 entries."""

    offer: Ints
    row: Ints
    quantity: Ints


def assign(plan: Plan, xy: ArrayLike) -> Pairs:
    """Deal each cell's packages out along a curve through its places, offer after offer.

    ``xy`` float[N, 2] kilometres. Cycles among offers and cells are cancelled first, so that few
    places are served by two; along a Hilbert curve each offer's places lie side by side.
    O(N log N + cycles × their length). Raises CannotAllocate where ``xy`` does not fit.
    """
    where = points("xy", xy, len(plan.x))
    sent = as_forest(plan.flow)
    served = np.flatnonzero(plan.x > 0)
    order = served[np.lexsort((along(where[served]), plan.cells.cell[served]))]
    by_cell = np.lexsort((sent.offer, sent.cell))
    one, other, quantity = dealt(sent.quantity[by_cell], plan.x[order])
    return Pairs(sent.offer[by_cell][one], order[other], quantity)


def along(xy: Floats) -> Ints:
    """Return each point's position on a Hilbert curve of 2^16 × 2^16 steps over all of them."""
    if not len(xy):
        return np.zeros(0, np.int64)
    low = xy.min(axis=0)
    reach = max(float((xy.max(axis=0) - low).max()), 1e-9)
    at = ((xy - low) / reach * (2**_FINE - 1)).astype(np.int64)
    x, y = at[:, 0], at[:, 1]
    position = np.zeros(len(xy), np.int64)
    for step in (1 << bit for bit in reversed(range(_FINE))):
        right, up = (x & step) > 0, (y & step) > 0
        position += step * step * ((3 * right) ^ up)
        turned = ~up & right
        x, y = (
            np.where(turned, step - 1 - (x & (step - 1)), x),
            np.where(turned, step - 1 - (y & (step - 1)), y),
        )
        x, y = np.where(up, x, y), np.where(up, y, x)
    return position
