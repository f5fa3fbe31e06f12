"""What the public pages narrow places to: the one filter state that stands in `web`."""

from __future__ import annotations

from ksbb.web.target_filter import (
    COVERAGE,
    MISSING,
    NAME,
    NEAREST,
    UNKNOWN,
    TargetFilter,
    area_choices,
)

__all__ = [
    "COVERAGE",
    "MISSING",
    "NAME",
    "NEAREST",
    "UNKNOWN",
    "TargetFilter",
    "area_choices",
]
