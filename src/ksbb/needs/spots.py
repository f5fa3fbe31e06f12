"""The point a list is ordered around: coordinates, the code of a place, or the name of an area."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.regions.models import Region
from ksbb.regions.queries import path
from ksbb.regions.search import search_places
from ksbb.regions.words import in_words
from ksbb.shared import codes

DECIMALS: Final = 2
"""To about a kilometre: nobody's own position can be read from an address or a log."""

_POINT: Final = re.compile(
    r"\s*(-?\d{1,2}(?:\.\d{1,20})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,20})?)\s*", re.ASCII
)
_EAST: Final = 180


class Spot(NamedTuple):
    """A point with its name, and what stands in an address for it."""

    lat: float
    lon: float
    words: str
    text: str
    is_point: bool = False
    """Whether it is somebody's point, and no place of the list."""

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.lat, self.lon


def find_spot(text: str, root: str) -> Spot | None:
    """Return where a text is: “-6.24,106.78”, a code, or the name of an area below a region code.

    Coordinates are rounded. None for what is unknown, and for a place without a point.
    """
    if coordinates := _POINT.fullmatch(text):
        return _rounded(float(coordinates[1]), float(coordinates[2]))
    return _of_target(text.strip(), root) or _of_region(text.strip(), root)


def _rounded(lat: float, lon: float) -> Spot | None:
    # A degree of latitude beyond 85 has no width left to speak of.
    if not (abs(lat) <= 85 and abs(lon) <= _EAST):  # noqa: PLR2004
        return None
    lat, lon = round(lat, DECIMALS), round(lon, DECIMALS)
    return Spot(lat, lon, f"{lat:g}, {lon:g}", f"{lat:g},{lon:g}", is_point=True)


def _of_target(code: str, root: str) -> Spot | None:
    if not codes.within(code.partition("-")[0], root):
        return None
    place = Target.objects.filter(code=code.upper(), verification=Verification.VERIFIED).first()
    if place is None or place.lat is None or place.lon is None:
        return None
    return Spot(place.lat, place.lon, place.name, place.code)


def _of_region(text: str, root: str) -> Spot | None:
    hits = [hit for hit in search_places(text, limit=10) if codes.within(hit.code, root)]
    if not hits:
        return None
    found = Region.objects.filter(code=hits[0].code, lat__isnull=False).first()
    if found is None or found.lat is None or found.lon is None:
        return None
    words = in_words(path(found.code)) or found.short_name
    return Spot(found.lat, found.lon, words, found.code)
