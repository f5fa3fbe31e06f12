"""What lies close by: where the same is missing when a place is full, and the list by distance."""

from __future__ import annotations

from collections.abc import Collection
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple, Protocol

from django.db.models import F, QuerySet
from django.db.models.expressions import CombinedExpression

from ksbb.needs.models import Need, Target
from ksbb.needs.queries_list import MOST_MISSING, in_area, needs_of, still_open
from ksbb.shared.codes import LENGTHS

EARTH_KM: Final = 6371.0
REACHES: Final = (0.00125, 0.005, 0.02, 0.08)
"""Half the sides of the squares to look in first, in degrees: from 140 metres to 9 kilometres."""


_Point = tuple[float, float]


class Located(Protocol):
    """Whatever may have a point."""

    @property
    def lat(self) -> float | None:
        """Degrees north."""

    @property
    def lon(self) -> float | None:
        """Degrees east."""


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
        missing_most = in_area(others, district).order_by(*MOST_MISSING)[:limit]
        return [Nearby(row, None) for row in missing_most]
    return _nearest(others, target, (target.lat, target.lon), limit)


def places_with(need: Need, keys: Collection[int]) -> list[Nearby]:
    """Return those needs of these keys that are of the same aid and phase at another place."""
    alike = needs_of(need.aid_type, need.phase).filter(pk__in=keys).exclude(pk=need.pk)
    return [Nearby(row, kilometres(need.target, row.target)) for row in alike.order_by("pk")]


def kilometres(one: Located, other: Located) -> float | None:
    """Return the great-circle distance between two places, None where a point is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, south = radians(one.lat), radians(other.lat)
    width = radians(one.lon - other.lon)
    chord = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(width / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(chord))


def by_distance(needs: QuerySet[Need], point: _Point) -> QuerySet[Need]:
    """Return the needs nearest first; places without a point come last."""
    return needs.order_by(square_of_distance(point).asc(nulls_last=True), "pk")


def square_of_distance(point: _Point) -> CombinedExpression:
    """Return what to sort by, in square degrees of latitude.

    On the scale of a city a flat map is exact enough to sort by, on both engines.
    """
    height = F("target__lat") - point[0]
    width = (F("target__lon") - point[1]) * cos(radians(point[0]))
    return height * height + width * width


def nearest(needs: QuerySet[Need], point: _Point, first: int, last: int) -> list[Need]:
    """Return the needs from the `first` to before the `last` nearest, places without point last.

    An index finds what lies in a square; to sort a whole country by distance takes long. Only keys
    are sorted, because a place with its region and kind is a long row to carry along.
    """
    far = square_of_distance(point)
    part = bare = needs.select_related(None)
    for reach in REACHES:
        square = _in_square(bare, point, reach)
        inside = square.alias(far=far).filter(far__lte=reach * reach)
        # To count without an order is quick on PostgreSQL, where to sort as well is not.
        if inside.order_by()[:last].count() == last:
            part = square
            break
    in_order = part.order_by(far.asc(nulls_last=True), "pk")
    keys = list(in_order.values_list("pk", flat=True)[first:last])
    by_key = needs.in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]


def _nearest(needs: QuerySet[Need], here: Target, point: _Point, limit: int) -> list[Nearby]:
    for reach in REACHES:
        found = _by_distance(_in_square(needs, point, reach), here, point, limit)
        if len(found) == limit and (found[-1].kilometres or 0.0) <= radians(reach) * EARTH_KM:
            return found
    return _by_distance(needs.filter(target__lat__isnull=False), here, point, limit)


def _in_square(needs: QuerySet[Need], point: _Point, reach: float) -> QuerySet[Need]:
    lat, lon = point
    wide = reach / cos(radians(lat))
    return needs.filter(
        target__lat__range=(lat - reach, lat + reach), target__lon__range=(lon - wide, lon + wide)
    )


def _by_distance(needs: QuerySet[Need], here: Target, point: _Point, limit: int) -> list[Nearby]:
    rows = needs.order_by(square_of_distance(point), "pk")[:limit]
    return [Nearby(row, kilometres(here, row.target)) for row in rows]
