"""What a map shows: sums of needs by area, and single places within a box of degrees."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from ksbb.needs.models import Need
from ksbb.needs.queries_totals import AreaSum


class Box(NamedTuple):
    """A part of the earth in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies in it."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


class PlaceRow(NamedTuple):
    """One place with its need."""

    code: str
    name: str
    lat: float | None
    lon: float | None
    quantity: int
    committed: int
    kind: str


def by_area(needs: QuerySet[Need], length: int) -> list[AreaSum]:
    """Add needs up by the first `length` characters of the region's code."""
    rows = (
        _bare(needs)
        .annotate(area=Substr("target__region_id", 1, length))
        .values("area")
        .annotate(
            needed=Sum("quantity"),
            promised=Sum("committed"),
            places=Count("pk"),
            missing=Count("pk", filter=Q(open__gt=0)),
        )
    )
    return [
        AreaSum(*row) for row in rows.values_list("area", "needed", "promised", "places", "missing")
    ]


def points_of(
    needs: QuerySet[Need], length: int, areas: list[str]
) -> dict[str, tuple[float, float]]:
    """Return the middle of the known points of the places in each of the areas."""
    rows = (
        _bare(needs)
        .annotate(area=Substr("target__region_id", 1, length))
        .filter(area__in=areas, target__lat__isnull=False)
        .values("area")
        .annotate(lat=Avg("target__lat"), lon=Avg("target__lon"))
    )
    return {area: (lat, lon) for area, lat, lon in rows.values_list("area", "lat", "lon")}


def places_in(needs: QuerySet[Need], box: Box | None, *, most: int) -> list[PlaceRow]:
    """Return the places that miss most, at most so many; without a box also those without point."""
    if box:
        needs = needs.filter(
            target__lat__range=(box.south, box.north), target__lon__range=(box.west, box.east)
        )
    rows = _bare(needs).order_by("-open", "pk").values_list(*_PLACE)
    return [PlaceRow(*row) for row in rows[:most]]


_PLACE: Final = (
    "target__code",
    "target__name",
    "target__lat",
    "target__lon",
    "quantity",
    "committed",
    "target__kind__slug",
)


def _bare(needs: QuerySet[Need]) -> QuerySet[Need, Any]:
    return needs.order_by().select_related(None)
