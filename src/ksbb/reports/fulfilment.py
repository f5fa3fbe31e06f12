"""How far needs are met as of a moment, by area and by phase and aid type.

The rule is data of the programme and explained in docs/algorithms/fulfilment.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from ksbb.programmes.queries import aid_types_of, phases_of
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import subtree, valid_on
from ksbb.reports.cells import (
    Cell,
    Sums,
    UnknownAreaError,
    added,
    cells_of,
    region_of,
)
from ksbb.reports.reading import tally
from ksbb.reports.tally import Tally
from ksbb.shared.clock import in_wib

__all__ = [
    "LEVELS",
    "PhaseTable",
    "Row",
    "Sums",
    "Table",
    "UnknownAreaError",
    "by_phase",
    "fulfilment",
    "phase_tables",
]

LEVELS: Final = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
"""The levels sums are kept for, from the top down."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One area, place, kind or aid type: `code` is its region code, its code or its slug."""

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
    kind: TargetKind | None = None,
) -> Table:
    """Return a row for each area of a level inside `area`, by default of the level below it.

    Packages are those of one aid type, since each has a unit of its own. Without a phase they
    are added over all of them, without a kind over all kinds of places. Raises UnknownAreaError.
    """
    region = region_of(programme, area)
    level = level or _below(Level(region.level))
    if LEVELS.index(level) < LEVELS.index(Level(region.level)):
        raise UnknownAreaError(_("{area} is not divided that way."), area=region.name)
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells_of(
        programme, as_of, region.code, level, phase=phase, aid_type=aid_type, kind=kind
    ):
        cells[cell.area].append(cell)
    rows = tuple(
        Row(code=one.code, name=one.name, sums=added(cells[one.code], phase))
        for one in _areas(region, level, as_of, set(cells))
    )
    everything = [cell for row in rows for cell in cells[row.code]]
    return Table(rows=rows, total=added(everything, phase))


def by_phase(programme: Programme, as_of: datetime, *, area: str = "") -> tuple[PhaseTable, ...]:
    """Return each phase with a row per aid type it has needs of. Raises UnknownAreaError."""
    region = region_of(programme, area)
    if region.code == programme.root_region_id:
        cells = _cells_of_programme(tally(programme, as_of), region.code)
    else:
        cells = cells_of(programme, as_of, region.code, Level(region.level))
    return phase_tables(programme, cells)


def phase_tables(programme: Programme, cells: list[Cell]) -> tuple[PhaseTable, ...]:
    """Return each phase with a row per aid type it has needs of, from cells of one area."""
    aid_types = aid_types_of(programme)
    return tuple(_phase_table(phase, aid_types, cells) for phase in phases_of(programme))


def _cells_of_programme(sums: Tally, area: str) -> list[Cell]:
    """Return the cells of the whole programme, which are at hand in the sums of its figures."""
    cells = [
        Cell(area, None, int(phase), None, aided=aided, fulfilled=sums.fulfilled[phase])
        for phase, aided in sums.aided.items()
    ]
    for key, need in sums.need.items():
        phase, _, aid_type = key.partition("/")
        packages = sums.committed[key], sums.delivered[key], sums.received[key]
        cells.append(Cell(area, None, int(phase), int(aid_type), need, *packages))
    return cells


def _phase_table(phase: Phase, aid_types: list[AidType], cells: list[Cell]) -> PhaseTable:
    here = [cell for cell in cells if cell.phase == phase.pk]
    rows = (
        Row(
            code=kind.slug,
            name=kind.name,
            sums=added([cell for cell in here if cell.aid_type == kind.pk], phase),
        )
        for kind in aid_types
    )
    return PhaseTable(
        phase=phase,
        rows=tuple(row for row in rows if row.sums.quantity),
        rw_aided=sum(cell.aided for cell in here),
        rw_fulfilled=sum(cell.fulfilled for cell in here),
    )


def _below(level: Level) -> Level:
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]


def _areas(region: Region, level: Level, as_of: datetime, counted: Collection[str]) -> list[Region]:
    """Return the areas that exist on the day, and those that are gone but were counted."""
    inside = subtree(region.code, level=level)
    existing = valid_on(in_wib(as_of).date())
    return list((inside.filter(existing) | inside.filter(code__in=counted)).order_by("code"))
