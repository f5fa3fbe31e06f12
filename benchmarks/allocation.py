"""The allocation engine beside a sort of as many numbers, and beside solvers.

A min-cost flow (OR-tools, requirements/bench.txt) is a reference for B2 and B6 where that library
is installed. Elsewhere the exact heap and HiGHS stand in, and each title says which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import (
    allocation_city,
    allocation_fairness,
    allocation_flow,
    allocation_one,
    allocation_pool,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.results import Case
    from benchmarks.sizes import Size


def measure(size: Size) -> Iterator[Case]:
    """Yield B1–B3 and B8, B4 and B11, B5–B7, B9 and B10."""
    yield from allocation_pool.measure(size)
    yield from allocation_one.measure(size)
    yield from allocation_city.measure(size)
    yield from allocation_fairness.measure(size)
    yield from allocation_flow.measure(size)
