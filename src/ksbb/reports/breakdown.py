"""One area taken apart in every way but by area: by kind of place, by aid type, by phase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from ksbb.programmes.queries import aid_types_of
from ksbb.regions.enums import Level
from ksbb.reports.cells import Cell, Sums, added, cells_of, concerning, region_of
from ksbb.reports.fulfilment import PhaseTable, Row, Table, phase_tables


@dataclass(frozen=True)
class Breakdown:
    """The cells of one area as of one moment, of one kind of place or of all."""

    programme: Programme
    cells: list[Cell]

    def by_phase(self) -> tuple[PhaseTable, ...]:
        """Return each phase with a row per aid type it has needs of."""
        return phase_tables(self.programme, self.cells)

    def by_kind(self, kinds: list[TargetKind], *, phase: Phase | None, aid_type: AidType) -> Table:
        """Return a row for each kind of place that needs the aid type."""
        chosen = concerning(self.cells, phase=phase, aid_type=aid_type)
        rows = (
            Row(
                code=kind.slug,
                name=kind.name,
                sums=added([cell for cell in chosen if cell.kind == kind.pk], phase),
            )
            for kind in kinds
        )
        return Table(
            rows=tuple(row for row in rows if row.sums.quantity), total=added(chosen, phase)
        )

    def by_aid_type(self, *, phase: Phase | None) -> tuple[Row, ...]:
        """Return a row for each aid type that is needed; their units differ, so no total."""
        rows = (
            Row(code=one.slug, name=one.name, sums=self.sums(phase=phase, aid_type=one))
            for one in aid_types_of(self.programme)
        )
        return tuple(row for row in rows if row.sums.quantity)

    def sums(self, *, phase: Phase | None, aid_type: AidType) -> Sums:
        """Return the sums of the area for one aid type."""
        return added(concerning(self.cells, phase=phase, aid_type=aid_type), phase)


def breakdown(
    programme: Programme, as_of: datetime, *, area: str = "", kind: TargetKind | None = None
) -> Breakdown:
    """Read the cells of an area as of a moment. Raises UnknownAreaError."""
    region = region_of(programme, area)
    return Breakdown(
        programme, cells_of(programme, as_of, region.code, Level(region.level), kind=kind)
    )
