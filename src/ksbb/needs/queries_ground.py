"""What is known about places, for the reader of spreadsheets."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ksbb.intake.ground import Count, Ground, Institution, Place
from ksbb.needs.models import Target
from ksbb.regions.enums import Level
from ksbb.regions.models import Region, RegionAlias
from ksbb.regions.queries import within
from ksbb.shared.codes import ancestors_of, parent_of, rw_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ksbb.programmes.models import Programme


def ground_of(programme: Programme) -> Ground:
    """Return the gazetteer of a programme's area, with what was last counted there.

    Example places are left out of the RW lists and counts: they are invented, and no file of the
    field can be measured by them.
    """
    area = programme.root_region_id
    return Ground(
        places=list(_places(area)),
        aliases=list(
            RegionAlias.objects.filter(within("region", area)).values_list("name", "region_id")
        ),
        rws=_rws(area),
        kinds={
            kind.slug: (kind.name_id, kind.name_en)
            for kind in programme.target_kinds.all()
            if not kind.is_area
        },
        institutions=[
            Institution(village, name)
            for village, name in Target.objects.filter(
                within("region", area), kind__is_area=False, is_example=False
            ).values_list("region_id", "name")
        ],
    )


def _places(area: str) -> Iterator[Place]:
    regions = Region.objects.exclude(level=Level.RW).filter(valid_to__isnull=True)
    around = Region.objects.filter(code__in=ancestors_of(area))
    for found in (around, regions.filter(within("", area)).order_by("code")):
        for values in found.values_list("code", "name", "is_official", "lat", "lon"):
            yield Place(*values)


def _rws(area: str) -> dict[str, dict[int, Count]]:
    """Return the known RW of each kelurahan that has a list, with their counts."""
    rws: defaultdict[str, dict[int, Count]] = defaultdict(dict)
    known = Region.objects.filter(within("", area), level=Level.RW, is_example=False)
    for code in known.order_by("code").values_list("code", flat=True):
        rws[parent_of(code) or ""][rw_number(code)] = Count()
    counted = Target.objects.filter(
        within("region", area), kind__is_area=True, is_example=False
    ).order_by("code")
    for code, families, residents in counted.values_list("region_id", "families", "residents"):
        village = parent_of(code) or ""
        if rw_number(code) in rws.get(village, {}):
            rws[village][rw_number(code)] = Count(kk_rentan=families, residents=residents)
    return dict(rws)
