"""A split added up by city, so that hundreds of lines can be looked over."""

from __future__ import annotations

from typing import NamedTuple

from ksbb.proposals.split import Split
from ksbb.regions.models import Region
from ksbb.shared.codes import LENGTHS


class AreaSum(NamedTuple):
    """What the places of one city get."""

    name: str
    places: int
    packages: int


def by_area(split: Split) -> list[AreaSum]:
    """Return the sums by city or regency, by name."""
    places: dict[str, int] = {}
    packages: dict[str, int] = {}
    for line in split.lines:
        code = line.place.region[: LENGTHS["REGENCY"]]
        places[code] = places.get(code, 0) + 1
        packages[code] = packages.get(code, 0) + line.quantity
    known = Region.objects.in_bulk(list(places))
    sums = [
        AreaSum(known[code].short_name if code in known else code, places[code], packages[code])
        for code in places
    ]
    return sorted(sums)
