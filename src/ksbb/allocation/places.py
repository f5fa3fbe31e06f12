"""What every verb is told about the places, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ksbb.allocation.arrays import MOST, Floats, Ints, Lots, measured, whole
from ksbb.allocation.errors import CannotAllocate

NEUTRAL: Final = 1000
"""Thousandths: the weight of a place that is neither more nor less vulnerable than others."""


class Block(NamedTuple):
    """Of some rows: what stands below the line of keys, where a row stands and could stand."""

    divisor: Ints
    stands: Ints
    top: Ints


@dataclass(frozen=True, kw_only=True)
class Places:
    """Rows in the caller's order, all arrays as long as there are places (or place × week).

    `need` families, `committed` packages promised and live, `weight` in thousandths (None: all
    neutral), `cap` the most each may get now (None: all it misses), `lot` the public draw.
    No ``weight × need`` is more than `heaviest`.
    """

    need: Ints
    committed: Ints
    weight: Ints | None
    cap: Ints | None
    lot: Lots
    heaviest: int

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.need)

    @cached_property
    def gap(self) -> Ints:
        """Return the packages each may still get."""
        gap = np.maximum(self.need, self.committed)
        gap -= self.committed
        return gap if self.cap is None else np.minimum(gap, self.cap, out=gap)

    @cached_property
    def weighted(self) -> Ints:
        """Return weight in thousandths × need."""
        return self.divisor(slice(None))

    def divisor(self, some: slice | Ints) -> Ints:
        """Return weight in thousandths × need of some rows, what stands below the line of keys."""
        weight = NEUTRAL if self.weight is None else self.weight[some]
        divisor: Ints = self.need[some] * weight
        return divisor

    def top(self, some: slice | Ints) -> Ints:
        """Return where some rows stand when they have all they may get, or as low as below it."""
        most: Ints = self.need[some]
        if self.cap is not None:
            most = np.minimum(most, self.committed[some] + self.cap[some])
        return most

    def block(self, some: slice | Ints) -> Block:
        """Return what the keys of some rows need."""
        return Block(self.divisor(some), self.committed[some], self.top(some))

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
    families, largest = measured("need", need, least=1)
    count = len(families)
    if not count:
        raise CannotAllocate("empty", field="need")
    promised = whole("committed", committed, length=count)
    weight, top = None, NEUTRAL
    if weight_milli is not None:
        weight, top = measured("weight_milli", weight_milli, length=count, least=1, most=2**31)
    return Places(
        need=families,
        committed=promised,
        weight=weight,
        cap=None if cap is None else whole("cap", cap, length=count),
        lot=_lots(lot, count),
        heaviest=_heaviest(families, largest, weight, top, scale),
    )


def _lots(lot: ArrayLike, count: int) -> Lots:
    lots = np.asarray(lot)
    if lots.shape != (count,) or lots.dtype != np.uint64:
        raise CannotAllocate("shape", field="lot", expected=count)
    return lots


def _heaviest(families: Ints, largest: int, weight: Ints | None, top: int, scale: int) -> int:
    """Return a bound of weight × need, refusing numbers whose keys could look alike."""
    bound = largest * top
    if largest < 2**31 and largest * bound * scale >= MOST and weight is not None:
        # The heaviest weight may stand beside a small need. The product fits int64.
        bound = int((families * weight).max())
    if largest >= 2**31 or largest * bound * scale >= MOST:
        raise CannotAllocate("overflow", field="need", row=int(families.argmax()), most=MOST)
    return bound
