"""From TopoJSON to GeoJSON: shared lines ("arcs") become the rings of each area; no database.

Written after the TopoJSON format specification 1.0: points may be whole numbers which `transform`
brings back to degrees, each then counted from the one before it; a ring names its arcs, and ~n is
arc n backwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_Point = tuple[float, float]
_Arc = list[_Point]


def geojson_features(topology: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every area of every object as a GeoJSON feature.

    Raises the errors of Python (KeyError, IndexError, TypeError, ValueError) for a broken file.
    """
    arcs = _arcs(topology)
    for one in topology["objects"].values():
        yield from _features(one, arcs)


def _features(one: dict[str, Any], arcs: list[_Arc]) -> Iterator[dict[str, Any]]:
    if one["type"] == "GeometryCollection":
        for inner in one["geometries"]:
            yield from _features(inner, arcs)
        return
    yield {
        "type": "Feature",
        "properties": one.get("properties") or {},
        "geometry": _geometry(one, arcs),
    }


def _geometry(one: dict[str, Any], arcs: list[_Arc]) -> dict[str, Any] | None:
    kind = one["type"]
    if kind == "Polygon":
        return {"type": kind, "coordinates": _polygon(one["arcs"], arcs)}
    if kind == "MultiPolygon":
        return {"type": kind, "coordinates": [_polygon(rings, arcs) for rings in one["arcs"]]}
    # Points and lines are no areas; who reads the features says so.
    return {"type": kind, "coordinates": []} if kind else None


def _polygon(rings: list[list[int]], arcs: list[_Arc]) -> list[_Arc]:
    return [_ring(ring, arcs) for ring in rings]


def _ring(names: list[int], arcs: list[_Arc]) -> _Arc:
    points: _Arc = []
    for name in names:
        arc = arcs[name] if name >= 0 else arcs[~name][::-1]
        # An arc begins where the one before it has ended.
        points += arc[1:] if points else arc
    return points


def _arcs(topology: dict[str, Any]) -> list[_Arc]:
    transform = topology.get("transform")
    if transform is None:
        return [[(float(x), float(y)) for x, y, *_ in arc] for arc in topology["arcs"]]
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for across, up, *_ in deltas:
            x, y = x + across, y + up
            arc.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(arc)
    return arcs
