"""What every verb is told about the places, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import MOST, Floats, Ints, Lots, whole
from ksbb.allocation.errors import CannotAllocate

NEUTRAL: Final = 1000
"""Thousandths: the weight of a place that is neither more nor less vulnerable than others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Rows in the caller's order, all arrays as long as there are places (or place × week).

    `need` families, `committed` packages promised and live, `gap` packages it may still get,
    `weighted` is weight in thousandths × need, `lot` the public draw.
    """

    need: Ints
    committed: Ints
    gap: Ints
    weighted: Ints
    lot: Lots

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.need)

    def numerator(self, delta2: int = 0) -> Ints | Floats:
        """Return what stands above the line of a place's first key: committed + delta."""
        return self.committed + np.float64(delta2 / 2) if delta2 else self.committed


def places(
    need: ArrayLike,
    committed: ArrayLike,
    *,
    lot: ArrayLike,
    weight_milli: ArrayLike | None = None,
    cap: ArrayLike | None = None,
    scale: int = 1,
) -> Places:
    """Check the columns and return them. Raises CannotAllocate.

    ``need`` ≥ 1, ``committed`` ≥ 0, ``weight_milli`` ≥ 1 (None: all neutral), ``cap`` ≥ 0 the most
    a place may get now (None: all it misses). Keys are quotients of whole numbers rounded to
    float64; different ones stay different while ``max(need) × max(weight × need) × scale`` < 2^52,
    so beyond that the input is refused. ``scale`` is 4 where halves are added above the line.
    """
    families = whole("need", need, least=1)
    count = len(families)
    if not count:
        raise CannotAllocate("empty", field="need")
    promised = whole("committed", committed, length=count)
    gap = families - promised
    np.maximum(gap, 0, out=gap)
    if cap is not None:
        np.minimum(gap, whole("cap", cap, length=count), out=gap)
    weighted = families * _weight(weight_milli, count)
    _bounded(families, weighted, scale)
    return Places(
        need=families, committed=promised, gap=gap, weighted=weighted, lot=_lots(lot, count)
    )


def _weight(weight_milli: ArrayLike | None, count: int) -> Ints | int:
    if weight_milli is None:
        return NEUTRAL
    return whole("weight_milli", weight_milli, length=count, least=1, most=2**31)


def _lots(lot: ArrayLike, count: int) -> Lots:
    lots = np.asarray(lot)
    if lots.shape != (count,) or lots.dtype != np.uint64:
        raise CannotAllocate("shape", field="lot", expected=count)
    return lots


def _bounded(families: Ints, weighted: Ints, scale: int) -> None:
    # The product may wrap around in int64, so the factors are looked at first.
    largest, heaviest = int(families.max()), int(weighted.max())
    if largest >= 2**31 or heaviest <= 0 or largest * heaviest * scale >= MOST:
        raise CannotAllocate("overflow", field="need", row=int(families.argmax()), most=MOST)
