from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.regions.models import Boundary, BoundarySource
from ksbb.regions.queries import within

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ksbb.regions.enums import Level

Sides = tuple[float, float, float, float]


def boundary_sources() -> list[BoundarySource]:
    """Return where the outlines come from; nothing where none are loaded."""
    return list(BoundarySource.objects.all())


def outlines(area: str, level: Level, *, box: Sides | None = None) -> QuerySet[Boundary]:
    """Return the outlines of a level within a region, those that touch the box of degrees."""
    found = Boundary.objects.filter(within("region", area), region__level=level)
    if box:
        west, south, east, north = box
        found = found.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    return found.order_by("region_id")
