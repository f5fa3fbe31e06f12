"""Counts of people so small that they would speak of persons (docs/decisions/0022)."""

from __future__ import annotations

from typing import Final

LEAST_SHOWN: Final = 5
"""A smaller count of families or residents is published as BELOW only; none at all may be said."""

BELOW: Final = f"<{LEAST_SHOWN}"


def published_count(count: int | None) -> int | str | None:
    """Return a count of people as the public may read it: itself, BELOW, or None where unknown."""
    return BELOW if count is not None and 0 < count < LEAST_SHOWN else count
