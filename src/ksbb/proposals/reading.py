"""The needs of now as the arrays of the allocation engine."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import cos, radians
from operator import itemgetter
from typing import Any, Final, NamedTuple

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from ksbb.needs.models import Need
from ksbb.needs.queries_list import in_area, needs_of
from ksbb.programmes.models import AidType, Phase

EARTH_KM: Final = 6371.0
_DEGREE_KM: Final = EARTH_KM * np.pi / 180

_Point = tuple[float, float]


class Place(NamedTuple):
    """What a line of a proposal shows of a need's place.

    `id` is the need's public name (target/phase/aid type), the one of the draw and of the API.
    """

    id: str
    need: int
    code: str
    name: str
    region: str
    lat: float | None
    lon: float | None
    is_example: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """The needs in question, row by row: what is needed and committed (packages), and the way."""

    places: list[Place]
    need: NDArray[np.int64]
    committed: NDArray[np.int64]
    km: NDArray[np.float64]


def read_ground(
    aid_type: AidType,
    phase: Phase,
    *,
    area: str,
    near: _Point | None,
    reach: float,
    without: Collection[int] = (),
) -> Ground:
    """Return the needs of verified places at or below ``area``, full ones too.

    With ``near`` only places with a point within ``reach`` kilometres; else all, at no distance.
    They stand in the order of their codes, whatever the database's own order is.
    """
    needs = in_area(needs_of(aid_type, phase), area).filter(quantity__gt=0).order_by()
    if without:
        needs = needs.exclude(pk__in=without)
    if near is not None:
        needs = _in_square(needs, near, reach)
    columns: list[Any] = sorted(needs.values_list(*_COLUMNS), key=itemgetter(1))
    suffix = f"/{phase.number}/{aid_type.slug}"
    places = [Place(row[1] + suffix, *row[:7]) for row in columns]
    return Ground(
        places=places,
        need=np.array([row[7] for row in columns], np.int64),
        committed=np.array([row[8] for row in columns], np.int64),
        km=_kilometres([row[4:6] for row in columns], near),
    )


_COLUMNS: Final = (
    "pk",
    "target__code",
    "target__name",
    "target__region__name",
    "target__lat",
    "target__lon",
    "target__is_example",
    "quantity",
    "committed",
)


def _in_square(needs: QuerySet[Need], near: _Point, reach: float) -> QuerySet[Need]:
    """Keep what an index finds in a square a little larger than the circle."""
    lat, lon = near
    high = 1.01 * reach / _DEGREE_KM
    wide = high / max(cos(radians(lat)), 0.01)
    return needs.filter(
        target__lat__range=(lat - high, lat + high), target__lon__range=(lon - wide, lon + wide)
    )


def _kilometres(points: list[_Point], near: _Point | None) -> NDArray[np.float64]:
    """Return great-circle distances in whole metres; 0 where there is no point to start from.

    Processors differ in the last bits of a sine; two places equally far must be so on all of them.
    """
    if near is None or not points:
        return np.zeros(len(points))
    lat, lon = np.radians(np.array(points, np.float64)).T
    north, east = radians(near[0]), radians(near[1])
    chord = np.sin((lat - north) / 2) ** 2
    chord += np.cos(lat) * cos(north) * np.sin((lon - east) / 2) ** 2
    distance: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return np.round(distance, 3)
