"""Bring the regions of a file into the database, all of them or none."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ksbb.audit.actions.record import record
from ksbb.regions.csv_file import Problem, refuse
from ksbb.regions.models import Region, RegionAlias
from ksbb.regions.search import forget_places
from ksbb.shared.codes import is_provisional, parent_of
from ksbb.shared.errors import DomainError
from ksbb.shared.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.regions.region_file import AliasFile, RegionFile, RegionRow

_DATA: Final = Path(__file__).parents[1] / "data"
DKI_REGIONS: Final = _DATA / "dki_regions.csv"
DKI_ALIASES: Final = _DATA / "dki_aliases.csv"

BATCH: Final = 2000

# Which columns of the model a column of the file fills; the rest is always there. An invented
# region that a file names is invented no more.
_ALWAYS: Final = ("name", "level", "is_official", "is_example")
_FILLED_BY: Final = {
    "lat": "lat",
    "lon": "lon",
    "postal": "postal_code",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many regions were new, differed and were known already; how many spellings were new."""

    created: int
    updated: int
    unchanged: int
    aliases: int = 0


@transaction.atomic
def load(
    *, regions: RegionFile, aliases: AliasFile | None = None, actor: Actor, now: datetime
) -> Loaded:
    """Create and update the regions of a file and add other spellings; loading twice is harmless.

    A column which the file does not have leaves what is known. A region which the file does not
    name stays. Raises `BadFileError`: a parent, predecessor or region of a spelling is unknown.
    """
    _refuse_unknown(regions, aliases)
    loaded = _load_regions(regions)
    _load_predecessors(regions.rows)
    if aliases is not None:
        loaded = replace(loaded, aliases=_load_aliases(aliases))
    _write_down(regions, loaded, actor=actor, now=now)
    transaction.on_commit(forget_places)
    return loaded


def _refuse_unknown(regions: RegionFile, aliases: AliasFile | None) -> None:
    known = set(Region.objects.values_list("code", flat=True))
    known.update(row.code for row in regions.rows)
    refuse(
        regions.path,
        [
            _unknown(row.line, code)
            for row in regions.rows
            for code in (parent_of(row.code), *row.predecessors)
            if code is not None and code not in known
        ],
    )
    if aliases is not None:
        lacking = [row for row in aliases.rows if row.code not in known]
        refuse(aliases.path, [_unknown(row.line, row.code) for row in lacking])


def _unknown(line: int, code: str) -> Problem:
    sentence = _("region {code} is neither in the file nor known already.")
    return Problem(line=line, error=DomainError(sentence, code=code))


def _load_regions(file: RegionFile) -> Loaded:
    fields = [*_ALWAYS, *(name for column, name in _FILLED_BY.items() if column in file.columns)]
    known = {code: values for code, *values in Region.objects.values_list("code", *fields)}
    regions = [_region(row) for row in file.rows]
    new = [region for region in regions if region.code not in known]
    changed = [
        region
        for region in regions
        if region.code in known and known[region.code] != [getattr(region, f) for f in fields]
    ]
    # In the order of the codes a parent comes before its children.
    Region.objects.bulk_create(
        sorted([*new, *changed], key=lambda region: region.code),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=fields,
    )
    return Loaded(
        created=len(new),
        updated=len(changed),
        unchanged=len(regions) - len(new) - len(changed),
    )


def _region(row: RegionRow) -> Region:
    return Region(
        code=row.code,
        name=row.name,
        level=row.level,
        parent_id=parent_of(row.code),
        lat=row.lat,
        lon=row.lon,
        postal_code=row.postal_code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_official=not is_provisional(row.code),
    )


def _load_predecessors(rows: Iterable[RegionRow]) -> None:
    for row in rows:
        if row.predecessors:
            predecessors = Region.objects.filter(code__in=row.predecessors)
            Region.objects.get(code=row.code).predecessors.set(predecessors)


def _load_aliases(file: AliasFile) -> int:
    before = RegionAlias.objects.count()
    RegionAlias.objects.bulk_create(
        [
            RegionAlias(region_id=row.code, name=row.variant, normalised=normalise(row.variant))
            for row in file.rows
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    return RegionAlias.objects.count() - before


def _write_down(file: RegionFile, loaded: Loaded, *, actor: Actor, now: datetime) -> None:
    first = min((row.code for row in file.rows), default=None)
    if first is not None:
        record(
            action="regions.load",
            obj=Region(code=first),
            actor=actor,
            now=now,
            changes={"file": file.path.name, **asdict(loaded)},
        )
