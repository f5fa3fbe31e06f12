"""The map's answers as compact JSON: marks as rows, outlines as they are stored."""

from __future__ import annotations

import json
from typing import Final

from ksbb.portal.mapping import AREAS, MOST, Picture
from ksbb.portal.scope import Scope
from ksbb.regions.enums import Level
from ksbb.regions.queries_boundaries import outlines
from ksbb.web.listing import Listing

COLUMNS: Final = (
    "code",
    "name",
    "lat",
    "lon",
    "need",
    "committed",
    "open",
    "coverage",
    "grade",
    "places",
    "missing",
    "kind",
    "others",
)
DECIMALS: Final = 5
OUTLINES: Final = dict(zip((*AREAS, "tempat"), list(Level)[1:], strict=True))


def marks_json(shown: Picture, listing: Listing, scope: Scope) -> str:
    """Return marks with a point as rows in the order of COLUMNS."""
    rows = [
        (
            one.code,
            one.name,
            round(one.lat, DECIMALS),
            round(one.lon, DECIMALS),
            one.quantity,
            one.committed,
            one.open,
            round(one.coverage, 3) if one.coverage < 1 else 1,
            one.grade,
            one.places,
            one.missing,
            one.kind,
            one.others,
        )
        for one in shown.marks
        if one.lat is not None and one.lon is not None
    ]
    return _written(
        {
            "level": shown.level,
            "aid_type": listing.aid_type.slug,
            "unit": listing.aid_type.unit,
            "phase": listing.phase.number,
            "as_of": scope.now.isoformat(timespec="seconds"),
            "without_point": len(shown.marks) - len(rows),
            "columns": COLUMNS,
            "rows": rows,
        }
    )


def outlines_json(area: str, level: str, box: tuple[float, float, float, float] | None) -> str:
    """Return the outlines of a level as GeoJSON, at most MOST; the code is their id."""
    rows = outlines(area, OUTLINES[level], box=box).values_list("region_id", "geometry")[:MOST]
    # The text of each geometry was checked when it was loaded, and is not read again here.
    features = ",".join(
        f'{{"type":"Feature","id":"{code}","properties":{{}},"geometry":{geometry}}}'
        for code, geometry in rows
    )
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _written(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
