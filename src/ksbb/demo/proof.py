"""Asks the reports for the published figures after loading, as a reader would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ksbb.demo.gifts import PUBLISHED
from ksbb.demo.marks import (
    FIRST_RELEASE,
    FIRST_RELEASE_CITIES,
    FIRST_RELEASE_RW,
    FIRST_RELEASE_VILLAGES,
    MARKS,
    Mark,
)
from ksbb.demo.setting import AID
from ksbb.reports.figures import Figures, figures
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.programmes.models import Programme


class FiguresMissedError(DomainError):
    """The loaded rows do not say what was published."""


def prove(programme: Programme, scale: int) -> list[datetime]:
    """Return the moments whose published figures the reports give.

    Every copy adds its packages and places; the collaborators are the same in all of them.
    Raises FiguresMissedError.
    """
    marks = [mark for mark in MARKS if mark.published or mark.published_phase]
    for mark in marks:
        wanted = _wanted(mark, scale)
        found = _found(figures(programme, mark.at))
        missed = {name: found[name] for name, value in wanted.items() if found[name] != value}
        if missed:
            raise FiguresMissedError(
                _("As of {at} the example data give {missed}; published was {wanted}."),
                at=mark.at.isoformat(),
                missed=missed,
                wanted=wanted,
            )
    return [mark.at for mark in marks]


def _wanted(mark: Mark, scale: int) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if mark.published:
        wanted |= {"packages": [number * scale for number in mark.packages]}
        wanted |= {"givers": list(mark.givers)}
    if mark.published_phase:
        reach = mark.phases[mark.published_phase]
        wanted[f"phase {mark.published_phase}"] = [number * scale for number in reach]
    if mark.at == FIRST_RELEASE:
        rw = FIRST_RELEASE_RW * scale
        wanted["reach"] = [FIRST_RELEASE_CITIES, FIRST_RELEASE_VILLAGES, rw, 0]
        wanted["money"] = [(one.donor, one.aggregator, one.rupiah, one.phase) for one in PUBLISHED]
    return wanted


def _found(figures: Figures) -> dict[str, Any]:
    reach, givers = figures.reach, figures.collaborators
    return {
        "packages": [figures.committed[aid] for aid in AID],
        "givers": [givers.organisations, givers.individuals, givers.aggregators],
        "reach": [reach.kota, reach.kelurahan, reach.rw, reach.institutions],
        "money": [(one.donor, one.aggregator, one.rupiah, one.phase) for one in figures.donations],
    } | {f"phase {phase.number}": [phase.rw_aided, phase.rw_fulfilled] for phase in figures.phases}
