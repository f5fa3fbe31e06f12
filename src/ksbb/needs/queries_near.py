"""Where the same is missing close by: what to offer when a place is full."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from django.db.models import F, QuerySet

from ksbb.needs.models import Need, Target
from ksbb.needs.queries_list import MOST_MISSING, in_area, needs_of, still_open
from ksbb.shared.codes import LENGTHS

EARTH_KM: Final = 6371.0


class Nearby(NamedTuple):
    """A need at another place; kilometres in a straight line, None where no point is known."""

    need: Need
    kilometres: float | None


def nearest_open(need: Need, *, limit: int = 5) -> list[Nearby]:
    """Return other places that still miss the same aid in the same phase, nearest first.

    Where the place has no point, those missing most in the same kecamatan are returned.
    """
    target = need.target
    others = still_open(needs_of(need.aid_type, need.phase)).exclude(target=target)
    if target.lat is None or target.lon is None:
        district = target.region_id[: LENGTHS["DISTRICT"]]
        rows = in_area(others, district).order_by(*MOST_MISSING)[:limit]
    else:
        rows = _by_distance(others, target.lat, target.lon)[:limit]
    return [Nearby(row, kilometres(target, row.target)) for row in rows]


def kilometres(one: Target, other: Target) -> float | None:
    """Return the great-circle distance between two places, None where a point is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, south = radians(one.lat), radians(other.lat)
    width = radians(one.lon - other.lon)
    chord = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(width / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(chord))


def _by_distance(needs: QuerySet[Need], lat: float, lon: float) -> QuerySet[Need]:
    # On the scale of a city a flat map is exact enough to sort by, on both engines.
    height = F("target__lat") - lat
    width = (F("target__lon") - lon) * cos(radians(lat))
    located = needs.filter(target__lat__isnull=False)
    return located.order_by(height * height + width * width, "pk")
