"""Coordinates in all their forms: decimal point or comma, degrees and minutes, swapped, cut."""

from __future__ import annotations

import re
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from ksbb.intake.reasons import Code, because
from ksbb.intake.rows import Reason
from ksbb.intake.words import Cell, plain, shown

DECIMALS: Final = 5
"""About a metre."""

_LATS: Final = (-11.5, 6.5)
_LONS: Final = (94.5, 141.5)
"""Indonesia, in degrees."""

_EARTH_KM: Final = 6371.0
_MARKS: Final = str.maketrans(
    "\u00ba\u02da\u2032\u2019\u2018\u00b4`\u2033\u201d\u201c\u2212\u2013", "°°'''''\"\"\"--"
)
_SIDES: Final = {
    **dict.fromkeys(("S", "LS", "SELATAN"), ("lat", -1)),
    **dict.fromkeys(("N", "U", "LU", "UTARA"), ("lat", 1)),
    **dict.fromkeys(("E", "T", "BT", "TIMUR"), ("lon", 1)),
    **dict.fromkeys(("W", "B", "BB", "BARAT"), ("lon", -1)),
}
_SIDE: Final = r"(?<![A-Za-z])(SELATAN|UTARA|TIMUR|BARAT|LS|LU|BT|BB|[NSEWUTB])(?![A-Za-z])"
_DEGREES: Final = re.compile(
    rf"(?:{_SIDE}\s*)?(-?\d{{1,3}}(?:[.,]\d+)?)\s*°\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*'(?!')\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|'')\s*)?"
    rf"(?:{_SIDE})?",
    re.IGNORECASE,
)
_DECIMAL: Final = re.compile(
    rf"(?:{_SIDE}\s*)?(?<![\d.])(-?\d{{1,3}}(?:[.,]\d+)|-?\d{{1,12}})(?![\d])\s*(?:{_SIDE})?",
    re.IGNORECASE,
)
_NOTHING: Final = {"", "-", "--", "?", ".", "n/a", "x"}


class Pointed(NamedTuple):
    """A point as it was understood, and what is to be said about it."""

    lat: float | None = None
    lon: float | None = None
    reasons: tuple[Reason, ...] = ()


class _Angle(NamedTuple):
    value: float
    axis: str
    """lat, lon, or "" where no letter says it."""


NOWHERE: Final = Pointed()


def read_point(cell: Cell) -> Pointed:
    """Return the point in one cell that holds both latitude and longitude."""
    text = plain(cell)
    if text.casefold() in _NOTHING:
        return NOWHERE
    angles = _angles(text)
    if len(angles) != 2:  # noqa: PLR2004 - latitude and longitude
        return _unreadable(text)
    return _ordered(angles[0], angles[1], text)


def read_pair(lat: Cell, lon: Cell) -> Pointed:
    """Return the point in two cells."""
    texts = [plain(lat), plain(lon)]
    empty = [text.casefold() in _NOTHING for text in texts]
    if all(empty):
        return NOWHERE
    found = [_angles(text) for text in texts]
    if any(len(angles) != 1 for angles in found):
        return _unreadable(" ".join(texts))
    return _ordered(found[0][0], found[1][0], " ".join(texts))


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the way between two points as the crow flies."""
    here, there = radians(lat), radians(other_lat)
    across = sin((there - here) / 2) ** 2
    along = cos(here) * cos(there) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(across + along)))


def _angles(text: str) -> list[_Angle]:
    straight = text.translate(_MARKS)
    if "°" in straight:
        return [_degrees(*found.groups()) for found in _DEGREES.finditer(straight)]
    found = list(_DECIMAL.finditer(straight))
    broken = [one for one in found if not one[2].lstrip("-").isdecimal()]
    # In the address of a map the zoom and other whole numbers stand behind the point.
    taken = broken[:2] if len(found) > len(broken) >= 2 else found  # noqa: PLR2004
    return [_angle(_float(one[2]), one[1] or one[3]) for one in taken]


def _degrees(
    before: str | None, whole: str, minutes: str | None, seconds: str | None, behind: str | None
) -> _Angle:
    size = abs(_float(whole)) + _float(minutes or "0") / 60 + _float(seconds or "0") / 3600
    return _angle(-size if whole.startswith("-") else size, before or behind)


def _angle(value: float, side: str | None) -> _Angle:
    if not side:
        return _Angle(value, "")
    axis, sign = _SIDES[side.upper()]
    return _Angle(sign * abs(value), axis)


def _float(digits: str) -> float:
    return float(digits.replace(",", "."))


def _ordered(first: _Angle, second: _Angle, text: str) -> Pointed:
    """Say which of two angles is the latitude, and mend what can be mended."""
    if first.value == second.value == 0:
        return Pointed(0.0, 0.0, (because(Code.POINT_ZERO),))
    named = first.axis == "lon" or second.axis == "lat"
    lat, lon = (second.value, first.value) if named else (first.value, second.value)
    if _inside(lat, _LATS) and _inside(lon, _LONS):
        return _point(lat, lon)
    if _inside(lon, _LATS) and _inside(lat, _LONS):
        return _point(lon, lat, because(Code.POINT_SWAPPED))
    mended = _scaled(lat, _LATS), _scaled(lon, _LONS)
    if mended[0] is None or mended[1] is None:
        return _unreadable(text)
    point = _point(mended[0], mended[1])
    return point._replace(
        reasons=(because(Code.POINT_MENDED, lat=point.lat or 0, lon=point.lon or 0),)
    )


def _scaled(value: float, limits: tuple[float, float]) -> float | None:
    """Put back a decimal point that was lost: -62176 is -6.2176."""
    if _inside(value, limits):
        return value
    if not value.is_integer():
        return None
    for _ in range(12):
        value /= 10
        if _inside(value, limits):
            return value
    return None


def _inside(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _point(lat: float, lon: float, *reasons: Reason) -> Pointed:
    return Pointed(round(lat, DECIMALS), round(lon, DECIMALS), reasons)


def _unreadable(text: str) -> Pointed:
    return Pointed(reasons=(because(Code.POINT_UNREADABLE, typed=shown(text)),))
