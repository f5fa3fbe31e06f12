"""Institutions that may be one and the same: in one kelurahan, under names that resemble."""

from __future__ import annotations

from typing import Final

from ksbb.needs.models import Target
from ksbb.shared.text import rank

CLOSE: Final = 80.0
"""From this score on (0 to 100) somebody is asked whether two names mean one place."""


def places_like(name: str, village: str) -> list[Target]:
    """Return the institutions of a kelurahan whose names resemble this one, best first."""
    found = Target.objects.filter(region=village, kind__is_area=False).select_related("kind")
    there = list(found.order_by("pk"))
    ranked = rank(name, [one.name for one in there])
    return [there[one.index] for one in ranked if one.score >= CLOSE]
