from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import AidType, FourEyes, Phase, Programme
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from ksbb.rights.enums import Step


class UnknownProgrammeError(DomainError):
    """No programme has the slug that was asked for."""


def get_programme(slug: str) -> Programme:
    """Return the programme of a slug; raises UnknownProgrammeError naming the known ones."""
    found = Programme.objects.select_related("root_region").filter(slug=slug).first()
    if found is None:
        known = ", ".join(Programme.objects.values_list("slug", flat=True)) or "–"
        raise UnknownProgrammeError(
            _("There is no programme “%(slug)s”. Known: %(known)s.")
            % {"slug": slug[:60], "known": known}
        )
    return found


def published_programmes() -> QuerySet[Programme]:
    """Return the programmes which the public may know of."""
    return Programme.objects.exclude(state=ProgrammeState.DRAFT)


def find_published(slug: str) -> Programme | None:
    """Return a programme of which the public may know, or None."""
    return published_programmes().select_related("root_region").filter(slug=slug).first()


def published(slug: str) -> Programme:
    """Return a programme of which the public may know; raises UnknownProgrammeError."""
    found = find_published(slug)
    if found is None:
        known = ", ".join(published_programmes().values_list("slug", flat=True)) or "–"
        raise UnknownProgrammeError(
            _("There is no programme “%(slug)s”. Known: %(known)s.")
            % {"slug": slug[:60], "known": known}
        )
    return found


def current_programme() -> Programme | None:
    """Return the programme the public pages show: the newest open one, else the newest closed."""
    shown = published_programmes().select_related("root_region")
    return shown.filter(state=ProgrammeState.OPEN).first() or shown.first()


def phases_of(programme: Programme) -> list[Phase]:
    """Return the phases in order."""
    return list(programme.phases.order_by("number"))


def current_phase(phases: list[Phase], today: date) -> Phase | None:
    """Return the phase of a day: before the first the first, after the last the last."""
    begun = [phase for phase in phases if phase.starts_on <= today]
    return begun[-1] if begun else next(iter(phases), None)


def aid_types_of(programme: Programme) -> list[AidType]:
    """Return the aid types in the order they are shown."""
    return list(programme.aid_types.order_by("position", "slug"))


def takes_two(step: Step, programme: Programme | None = None) -> bool:
    """Whether a step takes a second officer in a programme; without one, in any that is open."""
    marks = FourEyes.objects.filter(step=step)
    if programme is None:
        return marks.filter(programme__state=ProgrammeState.OPEN).exists()
    return marks.filter(programme=programme).exists()
