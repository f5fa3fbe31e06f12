"""A programme's published figures as of a moment, in the words of the outside contract."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator
from ksbb.funds.queries import money_given
from ksbb.programmes.models import Programme
from ksbb.reports.reading import tally
from ksbb.reports.statements import fetch, statement
from ksbb.reports.tally import Tally, by_aid_type
from ksbb.shared.clock import in_wib


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Distinct places with anything committed in any phase; kota and kelurahan are those of RW."""

    kota: int
    kelurahan: int
    rw: int
    institutions: int


@dataclass(frozen=True, kw_only=True)
class Collaborators:
    """Collaborators with anything committed; aggregators are counted apart."""

    total: int
    organisations: int
    individuals: int
    aggregators: int


@dataclass(frozen=True, kw_only=True)
class PhaseFigures:
    """RW with anything committed in a phase, and those of them whose need is met."""

    number: int
    rw_aided: int
    rw_fulfilled: int


@dataclass(frozen=True, kw_only=True)
class Donation:
    """Money an aggregator confirmed to have from a donor in a phase; unnamed donors as one."""

    donor: str
    aggregator: str
    rupiah: int
    phase: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Packages by aid type slug and stage, net and cumulative, with reach and collaborators."""

    programme: str
    as_of: datetime
    edition: int | None
    committed: dict[str, int]
    delivered: dict[str, int]
    received: dict[str, int]
    reach: Reach
    collaborators: Collaborators
    phases: tuple[PhaseFigures, ...]
    donations: tuple[Donation, ...]


@dataclass(frozen=True, kw_only=True)
class Giver:
    """A collaborator and what it has committed in all, in packages of whatever type."""

    collaborator: Collaborator
    committed: int


def figures(programme: Programme, as_of: datetime) -> Figures:
    """Return the figures as of a moment, which is included."""
    sums = tally(programme, as_of)
    names = fetch(statement("names"), programme=programme.pk)
    aid_types = {key: slug for what, key, _, slug, _ in names if what == "aid type"}
    phases = {key: number for what, key, *_, number in names if what == "phase"}
    return Figures(
        programme=programme.slug,
        as_of=in_wib(as_of),
        edition=None,
        committed=_by_slug(aid_types, sums.committed),
        delivered=_by_slug(aid_types, sums.delivered),
        received=_by_slug(aid_types, sums.received),
        reach=Reach(
            kota=sum(reached > 0 for reached in sums.kelurahan.values()),
            kelurahan=sums.kelurahan.total(),
            rw=sums.reached["rw"],
            institutions=sums.reached["institutions"],
        ),
        collaborators=_collaborators(sums),
        phases=tuple(_phase(key, number, sums) for key, number in phases.items()),
        donations=_donations(programme, as_of),
    )


def givers(programme: Programme, as_of: datetime) -> list[Giver]:
    """Return the collaborators with anything committed as of a moment, the largest first."""
    sums = tally(programme, as_of)
    giving = Collaborator.objects.filter(pk__in=_giving(sums))
    found = (Giver(collaborator=one, committed=sums.given[str(one.pk)]) for one in giving)
    return sorted(found, key=lambda giver: (-giver.committed, giver.collaborator.name))


def as_json(figures: Figures) -> dict[str, Any]:
    """Return the figures with the keys and types of the contract, ready for `json.dumps`."""
    return asdict(figures) | {
        "as_of": figures.as_of.isoformat(),
        "phases": [asdict(phase) for phase in figures.phases],
        "donations": [
            {
                "from": donation.donor,
                "to": donation.aggregator,
                "rupiah": donation.rupiah,
                "phase": donation.phase,
            }
            for donation in figures.donations
        ],
    }


def _by_slug(aid_types: dict[int, str], cells: Counter[str]) -> dict[str, int]:
    packages = by_aid_type(cells)
    return {slug: packages[key] for key, slug in aid_types.items()}


def _phase(key: int, number: int, sums: Tally) -> PhaseFigures:
    return PhaseFigures(
        number=number, rw_aided=sums.aided[str(key)], rw_fulfilled=sums.fulfilled[str(key)]
    )


def _donations(programme: Programme, as_of: datetime) -> tuple[Donation, ...]:
    """Return the confirmed money by phase, the largest first."""
    sums: Counter[tuple[int, str, str]] = Counter()
    for gift, amount in money_given(programme, as_of):
        sums[gift.phase.number, gift.public_donor, gift.aggregator.name] += amount
    ordered = sorted(sums.items(), key=lambda one: (one[0][0], -one[1], one[0]))
    return tuple(
        Donation(donor=donor, aggregator=aggregator, rupiah=amount, phase=phase)
        for (phase, donor, aggregator), amount in ordered
    )


def _giving(sums: Tally) -> list[int]:
    return [int(key) for key, committed in sums.given.items() if committed > 0]


def _collaborators(sums: Tally) -> Collaborators:
    kinds: Counter[str] = Counter()
    # Hundreds of whole numbers, which as values cost more than the answer.
    keys = ",".join(map(str, _giving(sums))) or "0"
    for is_aggregator, kind, count in fetch(statement("kinds_of_givers").format(keys=keys)):
        kinds["aggregator" if is_aggregator else kind] += count
    return Collaborators(
        total=kinds.total(),
        organisations=kinds.total() - kinds["aggregator"] - kinds[Kind.INDIVIDUAL],
        individuals=kinds[Kind.INDIVIDUAL],
        aggregators=kinds["aggregator"],
    )
