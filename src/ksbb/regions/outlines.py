"""The shape of an area: checked, mended, simplified and written down again; no database.

Neighbours are simplified together, so that no gap opens between them. The tolerance is that of
GEOS' coverage simplification: corners that span a smaller triangle than its square are left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely
from django.utils.translation import gettext_lazy as _
from shapely.geometry import mapping, shape

from ksbb.shared.codes import level_of
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable

TOLERANCES: Final = {
    "PROVINCE": 0.002,
    "REGENCY": 0.001,
    "DISTRICT": 0.0005,
    "VILLAGE": 0.0004,
    "RW": 0.00005,
}
"""In degrees by level; 0.001 is about 110 metres."""

DECIMALS: Final = {"PROVINCE": 4, "REGENCY": 4, "DISTRICT": 4, "VILLAGE": 4, "RW": 5}
"""Of a degree by level: eleven metres, and one metre for an RW."""

_FINEST: Final = 7

_UNREADABLE: Final = (ValueError, TypeError, LookupError, AttributeError, OverflowError)

# As wide as `region_file` allows points, and narrow enough to notice metres or swapped columns.
_FIRST_CORNER: Final = (94.0, -12.0)
_LAST_CORNER: Final = (142.0, 7.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An area as it is stored: GeoJSON text and the box around it (west, south, east, north)."""

    code: str
    name: str
    geometry: str
    box: tuple[float, float, float, float]


def read_shape(geometry: dict[str, Any] | None) -> Any:
    """Return a GeoJSON polygon or multipolygon as a valid shape. Raises `DomainError`."""
    kind = (geometry or {}).get("type")
    if geometry is None or kind not in {"Polygon", "MultiPolygon"}:
        raise DomainError(_("it is not an area but {kind}"), kind=kind or "–")
    try:
        drawn = shape(geometry)
    except (*_UNREADABLE, shapely.GEOSException):
        raise DomainError(_("its coordinates cannot be read")) from None
    corners = shapely.get_coordinates(drawn)
    if not _in_indonesia(corners):
        raise DomainError(
            _("it does not lie in Indonesia; coordinates are longitude, latitude in degrees")
        )
    mended = _areas_of(shapely.make_valid(drawn))
    if mended.is_empty:
        raise DomainError(_("it has no area"))
    return mended


def _in_indonesia(corners: Any) -> bool:
    # What is no number is never between two, so it is refused too.
    return bool(((corners >= _FIRST_CORNER) & (corners <= _LAST_CORNER)).all())


def simplified(drawn: dict[str, list[Any]], names: dict[str, str]) -> list[Outline]:
    """Return the outlines for shapes by code, each level simplified by its own tolerance."""
    levels: dict[str, list[str]] = defaultdict(list)
    for code in sorted(drawn):
        levels[level_of(code)].append(code)
    found = []
    for level, codes in levels.items():
        whole = [_areas_of(shapely.union_all(drawn[code])) for code in codes]
        simple = shapely.coverage_simplify(whole, TOLERANCES[level])
        found += [
            _outline(code, names[code], thin, thick)
            for code, thin, thick in zip(codes, simple, whole, strict=True)
        ]
    return found


def _outline(code: str, name: str, simple: Any, whole: Any) -> Outline:
    decimals = DECIMALS[level_of(code)]
    rounded = _areas_of(shapely.set_precision(shapely.make_valid(simple), 10**-decimals))
    # What is smaller than the tolerance stays as it was.
    drawn, decimals = (whole, _FINEST) if rounded.is_empty else (rounded, decimals)
    west, south, east, north = (round(side, decimals) for side in drawn.bounds)
    written = _text(drawn, decimals)
    return Outline(code=code, name=name, geometry=written, box=(west, south, east, north))


def _areas_of(drawn: Any) -> Any:
    """Return the polygons alone: mending leaves lines and points behind."""
    areas = [part for part in _parts(drawn) if part.geom_type == "Polygon" and not part.is_empty]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


def _parts(drawn: Any) -> Iterable[Any]:
    for part in shapely.get_parts(drawn):
        yield from _parts(part) if hasattr(part, "geoms") else [part]


def _text(drawn: Any, decimals: int) -> str:
    written = mapping(drawn)
    rounded = _rounded(written["coordinates"], decimals)
    return json.dumps({"type": written["type"], "coordinates": rounded}, separators=(",", ":"))


def _rounded(value: Any, decimals: int) -> Any:
    if isinstance(value, float):
        return round(value, decimals)
    return [_rounded(one, decimals) for one in value]
