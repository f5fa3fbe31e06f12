"""What tables are added up from: packages and RW per area, kind of place, phase and aid type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.reports.reading import area_sums
from ksbb.shared import codes
from ksbb.shared.errors import DomainError, quoted


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


class Cell(NamedTuple):
    """One row of the query; kind, phase and aid type are keys, None where it counts across them."""

    area: str
    kind: int | None
    phase: int | None
    aid_type: int | None
    need: int = 0
    committed: int = 0
    delivered: int = 0
    received: int = 0
    aided: int = 0
    fulfilled: int = 0
    rw: int = 0


def cells_of(
    programme: Programme,
    as_of: datetime,
    area: str,
    level: Level,
    *,
    phase: Phase | None = None,
    aid_type: AidType | None = None,
    kind: TargetKind | None = None,
) -> list[Cell]:
    """Return the cells of the areas of a level at or below `area`; RW whatever the aid type."""
    rows = area_sums(
        programme,
        as_of,
        area=area,
        level=level.value,
        length=codes.LENGTHS[level.value],
        kind=kind.pk if kind else 0,
        phase=phase.pk if phase else 0,
        aid_type=aid_type.pk if aid_type else 0,
    )
    return [Cell(*row[:4], *map(int, row[4:])) for row in rows]


def concerning(cells: Iterable[Cell], *, phase: Phase | None, aid_type: AidType) -> list[Cell]:
    """Keep the cells of what is asked; RW count whatever the aid type."""
    return [
        cell
        for cell in cells
        if cell.aid_type in {None, aid_type.pk} and (phase is None or cell.phase == phase.pk)
    ]


def added(cells: Iterable[Cell], phase: Phase | None) -> Sums:
    """Add cells up; packages must be those of one aid type."""
    listed = list(cells)
    return Sums(
        quantity=sum(cell.need for cell in listed),
        committed=sum(cell.committed for cell in listed),
        delivered=sum(cell.delivered for cell in listed),
        received=sum(cell.received for cell in listed),
        rw_aided=sum(cell.aided if phase else cell.rw for cell in listed),
        rw_fulfilled=sum(cell.fulfilled for cell in listed) if phase else None,
    )


def region_of(programme: Programme, area: str) -> Region:
    """Return the region of a code, the programme's own for "". Raises UnknownAreaError."""
    code = area or programme.root_region_id
    region = Region.objects.filter(code=code).exclude(level=Level.RW).first()
    if region is None or not codes.within(code, programme.root_region_id):
        raise UnknownAreaError(_("“{area}” is not an area of this programme."), area=quoted(code))
    return region
