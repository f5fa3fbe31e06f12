"""GeoJSON (RFC 7946): a point for each need, longitude first; none where no point is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from ksbb.portal.exports.columns import COLUMNS, CONSTANT
from ksbb.portal.exports.rows import CHUNK, Row, Sheet

_NAMES: Final = tuple(column.name for column in COLUMNS)
_LAT, _LON, _EXAMPLE = (_NAMES.index(name) for name in ("lat", "lon", "is_example"))
_PROPERTIES: Final = tuple(
    (at, name) for at, name in enumerate(_NAMES) if name not in {"id", "lat", "lon"}
)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def geojson_pieces(sheet: Sheet) -> Iterator[str]:
    """Yield the file piece by piece; what is the same for all needs stands at its top."""
    about = dict(zip((column.name for column in CONSTANT), sheet.constant, strict=True))
    head = _ENCODER.encode({"type": "FeatureCollection", **about})
    yield f'{head[:-1]},"features":['
    rows, between = sheet.rows(), ""
    while part := list(islice(rows, CHUNK)):
        yield between + ",\n".join(_ENCODER.encode(_feature(row)) for row in part)
        between = ",\n"
    yield "]}\n"


def _feature(row: Row) -> dict[str, Any]:
    lat, lon = row[_LAT], row[_LON]
    properties = {name: row[at] for at, name in _PROPERTIES}
    properties["is_example"] = row[_EXAMPLE] == "true"
    return {
        "type": "Feature",
        "id": row[0],
        "geometry": None if lat is None else {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }
