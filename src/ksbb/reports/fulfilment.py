"""How far needs are met as of a moment, by area and by phase and aid type.

The rule is data of the programme and explained in docs/algorithms/fulfilment.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from ksbb.programmes.models import AidType, Phase, Programme
from ksbb.programmes.queries import aid_types_of, phases_of
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import subtree, valid_on
from ksbb.reports.reading import area_sums, tally
from ksbb.reports.tally import Tally
from ksbb.shared import codes
from ksbb.shared.clock import in_wib
from ksbb.shared.errors import DomainError, quoted

LEVELS: Final = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
"""The levels sums are kept for, from the top down."""


class UnknownAreaError(DomainError):
    """The area lies outside the programme, or has no areas of that level."""


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Units of the aid type that was asked for, and the RW behind them.

    With a phase, RW aided and fulfilled in it. Without one, RW reached in any phase, and None.
    """

    quantity: int
    committed: int
    delivered: int
    received: int
    rw_aided: int
    rw_fulfilled: int | None

    @property
    def open(self) -> int:
        """What is needed and not committed."""
        return self.quantity - self.committed

    @property
    def coverage(self) -> float | None:
        """Committed by needed (1.0 is all of it); None where nothing is needed."""
        return self.committed / self.quantity if self.quantity else None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One area, place or aid type: `code` is its region code, its code or its slug."""

    code: str
    name: str
    sums: Sums


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows in the order they are shown, and what they add up to."""

    rows: tuple[Row, ...]
    total: Sums


@dataclass(frozen=True, kw_only=True)
class PhaseTable:
    """One phase by aid type. Types have units of their own: packages are not added across them."""

    phase: Phase
    rows: tuple[Row, ...]
    rw_aided: int
    rw_fulfilled: int


def fulfilment(
    programme: Programme,
    as_of: datetime,
    *,
    area: str = "",
    level: Level | None = None,
    phase: Phase | None = None,
    aid_type: AidType,
) -> Table:
    """Return a row for each area of a level inside `area`, by default of the level below it.

    Packages are those of one aid type, since each has a unit of its own. Without a phase they
    are added over all of them. Raises UnknownAreaError.
    """
    region = _region(programme, area)
    level = level or _below(Level(region.level))
    if LEVELS.index(level) < LEVELS.index(Level(region.level)):
        raise UnknownAreaError(_("{area} is not divided that way."), area=region.name)
    cells: dict[str, list[_Cell]] = defaultdict(list)
    for cell in _cells(programme, as_of, region.code, level):
        if _concerns(cell, phase, aid_type):
            cells[cell.area].append(cell)
    rows = tuple(
        Row(code=one.code, name=one.name, sums=_added(cells[one.code], phase))
        for one in _areas(region, level, as_of, set(cells))
    )
    everything = [cell for row in rows for cell in cells[row.code]]
    return Table(rows=rows, total=_added(everything, phase))


def by_phase(programme: Programme, as_of: datetime, *, area: str = "") -> tuple[PhaseTable, ...]:
    """Return each phase with a row per aid type it has needs of. Raises UnknownAreaError."""
    region = _region(programme, area)
    if region.code == programme.root_region_id:
        cells = _cells_of_programme(tally(programme, as_of), region.code)
    else:
        cells = _cells(programme, as_of, region.code, Level(region.level))
    aid_types = aid_types_of(programme)
    return tuple(_phase_table(phase, aid_types, cells) for phase in phases_of(programme))


class _Cell(NamedTuple):
    """One row of the query; phase and aid type are keys, None where it counts across them."""

    area: str
    phase: int | None
    aid_type: int | None
    need: int = 0
    committed: int = 0
    delivered: int = 0
    received: int = 0
    aided: int = 0
    fulfilled: int = 0
    rw: int = 0


def _cells(programme: Programme, as_of: datetime, area: str, level: Level) -> list[_Cell]:
    length = codes.LENGTHS[level.value]
    rows = area_sums(programme, as_of, area=area, level=level.value, length=length)
    return [_Cell(*row[:3], *map(int, row[3:])) for row in rows]


def _cells_of_programme(sums: Tally, area: str) -> list[_Cell]:
    """Return the cells of the whole programme, which are at hand in the sums of its figures."""
    cells = [
        _Cell(area, int(phase), None, aided=aided, fulfilled=sums.fulfilled[phase])
        for phase, aided in sums.aided.items()
    ]
    for key, need in sums.need.items():
        phase, _, aid_type = key.partition("/")
        packages = sums.committed[key], sums.delivered[key], sums.received[key]
        cells.append(_Cell(area, int(phase), int(aid_type), need, *packages))
    return cells


def _concerns(cell: _Cell, phase: Phase | None, aid_type: AidType) -> bool:
    """Tell whether a cell belongs to what is asked; RW count whatever the aid type."""
    return cell.aid_type in {None, aid_type.pk} and (phase is None or cell.phase == phase.pk)


def _added(cells: list[_Cell], phase: Phase | None) -> Sums:
    return Sums(
        quantity=sum(cell.need for cell in cells),
        committed=sum(cell.committed for cell in cells),
        delivered=sum(cell.delivered for cell in cells),
        received=sum(cell.received for cell in cells),
        rw_aided=sum(cell.aided if phase else cell.rw for cell in cells),
        rw_fulfilled=sum(cell.fulfilled for cell in cells) if phase else None,
    )


def _phase_table(phase: Phase, aid_types: list[AidType], cells: list[_Cell]) -> PhaseTable:
    here = [cell for cell in cells if cell.phase == phase.pk]
    rows = (
        Row(
            code=kind.slug,
            name=kind.name,
            sums=_added([cell for cell in here if cell.aid_type == kind.pk], phase),
        )
        for kind in aid_types
    )
    return PhaseTable(
        phase=phase,
        rows=tuple(row for row in rows if row.sums.quantity),
        rw_aided=sum(cell.aided for cell in here),
        rw_fulfilled=sum(cell.fulfilled for cell in here),
    )


def _region(programme: Programme, area: str) -> Region:
    code = area or programme.root_region_id
    region = Region.objects.filter(code=code).exclude(level=Level.RW).first()
    if region is None or not codes.within(code, programme.root_region_id):
        raise UnknownAreaError(_("“{area}” is not an area of this programme."), area=quoted(code))
    return region


def _below(level: Level) -> Level:
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]


def _areas(region: Region, level: Level, as_of: datetime, counted: Collection[str]) -> list[Region]:
    """Return the areas that exist on the day, and those that are gone but were counted."""
    inside = subtree(region.code, level=level)
    existing = valid_on(in_wib(as_of).date())
    return list((inside.filter(existing) | inside.filter(code__in=counted)).order_by("code"))
