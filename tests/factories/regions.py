"""Regions for tests, with everything that lies above them."""

from __future__ import annotations

from ksbb.regions.models import Region
from ksbb.shared.codes import level_of, parent_of


def make_region(code: str, name: str = "") -> Region:
    """Return the region with this code; what lies above it and is not there yet is made too."""
    parent = parent_of(code)
    region, _ = Region.objects.get_or_create(
        code=code,
        defaults={
            "name": name or f"Wilayah {code}",
            "level": level_of(code),
            "parent": make_region(parent) if parent else None,
        },
    )
    return region
