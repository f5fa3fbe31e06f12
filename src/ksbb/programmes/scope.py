"""What a page or an answer speaks of: one programme, its phases and aid types, the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ksbb.programmes.models import AidType, Phase, Programme
from ksbb.programmes.queries import (
    aid_types_of,
    current_phase,
    phases_of,
    published_programmes,
)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One reading of programme and clock, kept for the length of a request."""

    programme: Programme
    phases: list[Phase]
    aid_types: list[AidType]
    now: datetime
    named: str = ""
    """The slug, where the programme is another one than the current: addresses have to say it."""

    @property
    def today(self) -> date:
        """The day in WIB."""
        return self.now.date()

    @property
    def phase(self) -> Phase | None:
        """The phase of today."""
        return current_phase(self.phases, self.today)

    @property
    def coming_phases(self) -> list[Phase]:
        """The phases which still take commitments."""
        return [phase for phase in self.phases if phase.ends_on >= self.today]

    @property
    def published(self) -> list[Programme]:
        """All programmes the public may know of, newest first; asked for where they are shown."""
        return list(published_programmes())

    @property
    def has_packages(self) -> bool:
        """Whether anything of the programme is given in packages, and not only stalls or money."""
        return any(kind.is_package for kind in self.aid_types)

    @property
    def main_aid_type(self) -> AidType | None:
        """The type shown when none is asked for: the first that counts toward fulfilment."""
        counting = [kind for kind in self.aid_types if kind.counts_toward_fulfilment]
        return next(iter(counting or self.aid_types), None)


def scope_of(programme: Programme, now: datetime, *, named: str = "") -> Scope:
    """Return the scope of a programme at a moment."""
    return Scope(
        programme=programme,
        phases=phases_of(programme),
        aid_types=aid_types_of(programme),
        now=now,
        named=named,
    )
