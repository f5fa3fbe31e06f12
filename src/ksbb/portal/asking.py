"""What `/capaian/` was asked: which aid, where, of which kind and phase, as of which moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ksbb.portal.forms.achievement import ALL_PHASES, AchievementFilter
from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import path
from ksbb.reports.breakdown import Breakdown, breakdown
from ksbb.reports.fulfilment import Table, fulfilment
from ksbb.reports.places import places
from ksbb.reports.series import Point, series


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, and the ways to read its answer."""

    programme: Programme
    area: Region
    aid_type: AidType
    phase: Phase | None
    kind: TargetKind | None
    as_of: datetime
    named: str = ""
    """The programme as the address called it, "" for the current one."""

    @property
    def by_place(self) -> bool:
        """Whether the area is so small that its places are told one by one."""
        return self.area.level == Level.VILLAGE

    @property
    def address(self) -> dict[str, str]:
        """The question as it stands in an address; the moment is said even if it is now."""
        is_all = self.area.code == self.programme.root_region_id
        return {
            "wilayah": "" if is_all else self.area.code,
            "bantuan": self.aid_type.slug,
            "fase": str(self.phase.number) if self.phase else ALL_PHASES,
            "jenis": self.kind.slug if self.kind else "",
            "per": self.as_of.isoformat(),
            "programme": self.named,
        }

    def at(self, as_of: datetime) -> Question:
        """Return the same question as of another moment."""
        return replace(self, as_of=as_of)

    def table(self) -> Table:
        """Return a row for each area right below, or for each place of a kelurahan."""
        read = places if self.by_place else fulfilment
        return read(
            self.programme,
            self.as_of,
            area=self.area.code,
            phase=self.phase,
            aid_type=self.aid_type,
            kind=self.kind,
        )

    def breakdown(self) -> Breakdown:
        """Return the whole area, ready to be taken apart."""
        return breakdown(self.programme, self.as_of, area=self.area.code, kind=self.kind)

    def series(self) -> tuple[Point, ...]:
        """Return the whole area day by day."""
        return series(
            self.programme,
            self.as_of,
            area=self.area.code,
            phase=self.phase,
            aid_type=self.aid_type,
            kind=self.kind,
        )


def asked(form: AchievementFilter) -> tuple[Question, list[Region]]:
    """Return the question of a valid form, and the way down to its area."""
    programme = form.scope.programme
    way = path(form.cleaned_data["wilayah"] or programme.root_region_id)
    question = Question(
        programme=programme,
        area=way[-1],
        aid_type=form.aid_type,
        phase=form.phase,
        kind=form.kind,
        as_of=form.cleaned_data["per"],
        named=form.scope.named,
    )
    return question, way
