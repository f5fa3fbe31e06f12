"""Splitting a whole number exactly: the largest remainder. docs/algorithms/gift-trace.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """Return whole parts of `amount` in proportion to `weights`, which add up to it.

    Each part is its exact share rounded down; what is left goes one by one to the largest
    remainders, the earlier of two equal ones first. With amount ≤ sum of weights no part is larger
    than its weight. Raises ValueError where there is something to split and nothing to split over.
    """
    whole = sum(weights)
    if whole <= 0:
        if amount:
            message = f"{amount} cannot be split over nothing"
            raise ValueError(message)
        return [0 for _ in weights]
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(amount * weights[at] % whole), at))
    for at in by_remainder[: amount - sum(parts)]:
        parts[at] += 1
    return parts
