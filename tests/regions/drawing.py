"""Tiny invented areas: squares in degrees, as GeoJSON and as TopoJSON with a shared side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WEST, EAST = "31.74.05.1002", "31.74.05.1003"


def square(west: float = 106.7, south: float = -6.3, *, side: float = 0.1) -> dict[str, Any]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: object, geometry: Any = None, **properties: object) -> dict[str, Any]:
    named = {"code": code, **properties}
    return {"type": "Feature", "properties": named, "geometry": geometry or square()}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def topology() -> dict[str, Any]:
    """Return two squares side by side; the middle line stands in the file once.

    Points are whole numbers, tenths of a degree from 106.7, -6.3, each counted from the one before.
    """
    areas = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"kode": WEST, "nama": "Barat"}},
        {"type": "MultiPolygon", "arcs": [[[2, ~0]]], "properties": {"KODE": EAST}},
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [106.7, -6.3]},
        "arcs": [
            [[1, 0], [0, 1]],
            [[1, 1], [-1, 0], [0, -1], [1, 0]],
            [[1, 0], [1, 0], [0, 1], [-1, 0]],
        ],
        "objects": {"kelurahan": {"type": "GeometryCollection", "geometries": areas}},
    }


def written(folder: Path, document: object, name: str = "batas.json") -> Path:
    file = folder / name
    file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return file
