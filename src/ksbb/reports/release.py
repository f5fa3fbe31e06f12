"""The achievement as a press release, in the form of the province's release of 3 May 2020."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ksbb.programmes.models import AidType, Programme
from ksbb.programmes.queries import aid_types_of, current_phase, phases_of
from ksbb.programmes.words import counted
from ksbb.reports.figures import Donation, Figures, Giver, PhaseFigures
from ksbb.shared.clock import in_wib
from ksbb.shared.formats import day, listing, moment, number, rupiah_in_words, span

LANGUAGES: Final = ("id", "en")

EVENING: Final = time(18)
"""What is counted from then on comes out on the next day: 2 May, 23.59 was published on 3 May."""


NAMED: Final = 5
"""So many donors of money are named for each aggregator and phase."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What an office adds to the figures; left out, the number is blank and the date reckoned."""

    number: str = ""
    dated: date | None = None


def release_text(
    figures: Figures,
    *,
    programme: Programme,
    givers: Iterable[Giver],
    language: str,
    heading: Heading | None = None,
) -> str:
    """Return the release as plain text in "id" or "en", ending in a newline.

    `figures` and `givers` are of the same programme and moment. The date of issue is that of the
    moment, in the evening the next one, unless `heading` says otherwise.
    """
    with override(language):
        words = _words(figures, programme, list(givers), heading or Heading())
        text = render_to_string(f"reports/release_{language}.txt", words)
    return "\n\n".join(_paragraphs(text)) + "\n"


def _paragraphs(text: str) -> list[str]:
    """Return the blocks between empty lines, each without the breaks the template leaves."""
    blocks = (block.strip("\n") for block in text.split("\n\n"))
    return [block for block in blocks if block.strip()]


def _words(
    figures: Figures, programme: Programme, givers: list[Giver], heading: Heading
) -> dict[str, Any]:
    as_of = in_wib(figures.as_of)
    aid_types = aid_types_of(programme)
    return {
        "programme": programme,
        "number": heading.number,
        "dated": day(heading.dated or _issued_on(as_of)),
        "as_of": moment(as_of),
        "since": day(programme.starts_on),
        "committed": _counted(aid_types, figures.committed),
        "delivered": _counted(aid_types, figures.delivered),
        "received": _counted(aid_types, figures.received),
        "counting": listing(kind.counted for kind in aid_types if kind.counts_toward_fulfilment),
        "stage": programme.get_fulfilment_stage_display(),
        "kinds": listing(kind.name for kind in programme.target_kinds.all()),
        "is_example": any(giver.collaborator.is_example for giver in givers),
        **_reach(figures),
        **_collaborators(figures, givers),
        **_phase(figures, programme),
        "donations": _donations(figures),
    }


def _issued_on(as_of: datetime) -> date:
    return as_of.date() + timedelta(days=as_of.time() >= EVENING)


def _counted(aid_types: list[AidType], quantities: dict[str, int]) -> str:
    """Return “40.913 paket sembako dan 9.015 paket Lebaran”; nothing where all are zero."""
    return listing(
        counted(quantities[kind.slug], kind) for kind in aid_types if quantities[kind.slug]
    )


def _reach(figures: Figures) -> dict[str, str]:
    reach = figures.reach
    return {
        "kota": _or_nothing(reach.kota),
        "kelurahan": _or_nothing(reach.kelurahan),
        "rw": _or_nothing(reach.rw),
        "institutions": _or_nothing(reach.institutions),
    }


def _collaborators(figures: Figures, givers: list[Giver]) -> dict[str, str]:
    counts = figures.collaborators
    named = sorted(
        giver.collaborator.public_name for giver in givers if giver.collaborator.is_aggregator
    )
    return {
        "collaborators": _or_nothing(counts.total),
        "organisations": _or_nothing(counts.organisations),
        "individuals": _or_nothing(counts.individuals),
        "aggregators": _or_nothing(counts.aggregators),
        "aggregator_names": listing(named),
    }


def _donations(figures: Figures) -> str:
    """Return who gave money to which aggregator, phase by phase, the largest by name."""
    groups: dict[tuple[int, str], list[Donation]] = {}
    for one in figures.donations:
        groups.setdefault((one.phase, one.aggregator), []).append(one)
    return listing(
        _("%(donors)s to %(aggregator)s in phase %(phase)s")
        % {"donors": listing(_named(gifts)), "aggregator": aggregator, "phase": number(phase)}
        for (phase, aggregator), gifts in groups.items()
    )


def _named(gifts: Sequence[Donation]) -> Iterator[str]:
    """Yield the donors with their amounts; those after the largest few only as a sum."""
    for one in gifts[:NAMED]:
        yield f"{one.donor} ({rupiah_in_words(one.rupiah)})"
    if rest := gifts[NAMED:]:
        others = ngettext("%(count)s other (%(sum)s)", "%(count)s others (%(sum)s)", len(rest))
        sum_ = rupiah_in_words(sum(one.rupiah for one in rest))
        yield others % {"count": number(len(rest)), "sum": sum_}


def _phase(figures: Figures, programme: Programme) -> dict[str, Any]:
    """Return the figures of the phase the moment lies in; nothing before anybody was aided."""
    phase = current_phase(phases_of(programme), in_wib(figures.as_of).date())
    of_phase: dict[int, PhaseFigures] = {one.number: one for one in figures.phases}
    if phase is None or not of_phase[phase.number].rw_aided:
        return {"phase": None}
    return {
        "phase": phase.number,
        "days": span(phase.starts_on, phase.ends_on),
        "aided": number(of_phase[phase.number].rw_aided),
        "fulfilled": number(of_phase[phase.number].rw_fulfilled),
    }


def _or_nothing(count: int) -> str:
    return number(count) if count else ""
