"""What every page speaks of: the programme that is shown, its phases and aid types, the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.translation import gettext as _

from ksbb.programmes.models import AidType, Phase, Programme
from ksbb.programmes.queries import aid_types_of, current_phase, current_programme, phases_of
from ksbb.shared import clock


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One reading of programme and clock, kept for the length of a request."""

    programme: Programme
    phases: list[Phase]
    aid_types: list[AidType]
    now: datetime

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
    def main_aid_type(self) -> AidType | None:
        """The type shown when none is asked for: the first that counts toward fulfilment."""
        counting = [kind for kind in self.aid_types if kind.counts_toward_fulfilment]
        return next(iter(counting or self.aid_types), None)


def read_scope() -> Scope:
    """Return the scope of now; without a published programme there is nothing to show (404)."""
    programme = current_programme()
    if programme is None:
        raise Http404(_("No programme has been published yet. Please come back later."))
    return Scope(
        programme=programme,
        phases=phases_of(programme),
        aid_types=aid_types_of(programme),
        now=clock.now(),
    )
