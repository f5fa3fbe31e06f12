"""Bring the outlines of a file into the database, all of them or none."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ksbb.audit.actions.record import record
from ksbb.regions.enums import Level
from ksbb.regions.models import Boundary, BoundarySource, Region
from ksbb.regions.outline_file import refuse
from ksbb.shared.codes import level_of
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.regions.outline_file import OutlineFile
    from ksbb.regions.outlines import Outline

BATCH: Final = 500
FAR: Final = 0.02
"""Degrees, two kilometres: further from its outline the point of a region belongs to another."""

LONGEST: Final = 200

UNKNOWN: Final = _("{count} areas are no regions we know: {areas}")
ELSEWHERE: Final = _(
    "{count} outlines lie elsewhere than their regions, as with codes of BPS: {areas}"
)
_FIELDS: Final = ("source_id", "geometry", "west", "south", "east", "north")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Under which licence the outlines may be shown, whose they are, and as of which day."""

    licence: str
    as_of: date
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedBoundaries:
    """How many outlines were new, differed, were known already; how many had no region."""

    created: int
    updated: int
    unchanged: int
    left_out: int = 0


@transaction.atomic
def load_boundaries(
    *, file: OutlineFile, origin: Origin, known_only: bool = False, actor: Actor, now: datetime
) -> LoadedBoundaries:
    """Create and update the outlines of a file; loading twice is harmless, others stay.

    Raises `DomainError` naming the codes that are no known regions (with `known_only` they are
    left out), or whose outline lies elsewhere than the region.
    """
    _refuse_long(origin)
    regions = Region.objects.only("code", "lat", "lon").in_bulk(
        [outline.code for outline in file.outlines]
    )
    unknown = [one for one in file.outlines if one.code not in regions]
    if not known_only or len(unknown) == len(file.outlines):
        refuse(file.path, UNKNOWN, [_label(one) for one in unknown])
    outlines = [one for one in file.outlines if one.code in regions]
    elsewhere = [one for one in outlines if _is_elsewhere(one, regions[one.code])]
    refuse(file.path, ELSEWHERE, [_label(one) for one in elsewhere])
    loaded = _write(outlines, origin, left_out=len(unknown))
    changes = {"file": file.path.name, "licence": origin.licence, **asdict(loaded)}
    first = Region(code=outlines[0].code)
    record(action="regions.load_boundaries", obj=first, actor=actor, now=now, changes=changes)
    return loaded


def _refuse_long(origin: Origin) -> None:
    if not origin.licence.strip():
        raise DomainError(_("Say under which licence the boundaries may be shown."))
    if max(len(origin.licence), len(origin.source)) > LONGEST:
        raise DomainError(
            _("Licence and source can have at most {limit} characters each."), limit=LONGEST
        )


def _label(outline: Outline) -> str:
    return f"{outline.code} {outline.name}".strip()


def _is_elsewhere(outline: Outline, region: Region) -> bool:
    # The number of an RW is no code of BPS, and its point is often guessed.
    if region.lat is None or region.lon is None or level_of(outline.code) == Level.RW:
        return False
    west, south, east, north = outline.box
    across = west - FAR <= region.lon <= east + FAR
    return not (across and south - FAR <= region.lat <= north + FAR)


def _write(outlines: list[Outline], origin: Origin, *, left_out: int) -> LoadedBoundaries:
    source, _made = BoundarySource.objects.get_or_create(
        source=origin.source.strip(), licence=origin.licence.strip(), as_of=origin.as_of
    )
    known = {key: tuple(values) for key, *values in Boundary.objects.values_list("pk", *_FIELDS)}
    rows = {one.code: (source.pk, one.geometry, *one.box) for one in outlines}
    changed = {code: row for code, row in rows.items() if known.get(code) != row}
    Boundary.objects.bulk_create(
        [
            Boundary(region_id=code, **dict(zip(_FIELDS, row, strict=True)))
            for code, row in changed.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["source", *_FIELDS[1:]],
    )
    # A source nothing comes from any more is not shown any more.
    BoundarySource.objects.filter(boundaries=None).delete()
    created = len(changed.keys() - known.keys())
    return LoadedBoundaries(
        created=created,
        updated=len(changed) - created,
        unchanged=len(rows) - len(changed),
        left_out=left_out,
    )
