"""One collaborator's public record: what it gave, where, and what is still unsettled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from ksbb.commitments.queries import made_by
from ksbb.needs.models import Target
from ksbb.portal.places import where_of
from ksbb.portal.scope import Scope
from ksbb.programmes.models import AidType, Phase
from ksbb.reports.records import Given, given_by, given_to


class OfPhase(NamedTuple):
    """What was given of one aid type in one phase."""

    phase: Phase
    given: Given


class OfAidType(NamedTuple):
    """What was given of one aid type, in all and phase by phase."""

    aid_type: AidType
    given: Given
    phases: list[OfPhase]


class OfNeed(NamedTuple):
    """What was given to one place of one aid type in one phase, which is told by its number."""

    phase: int
    aid_type: AidType
    given: Given


class Place(NamedTuple):
    """A place that was helped, where it lies, and what it was given."""

    target: Target
    where: str
    given: list[OfNeed]


class Step(NamedTuple):
    """One commitment in the timeline: packages by aid type, and to how many places."""

    commitment: Commitment
    packages: list[tuple[AidType, Given]]
    places: int


def given_in_words(collaborator: Collaborator, scope: Scope) -> list[OfAidType]:
    """Return what a collaborator has given of each aid type."""
    sums = given_by(scope.programme, scope.now, collaborator)
    found = []
    for kind in scope.aid_types:
        phases = [
            OfPhase(phase, sums[phase.pk, kind.pk])
            for phase in scope.phases
            if any(sums.get((phase.pk, kind.pk), ()))
        ]
        if phases:
            found.append(OfAidType(kind, _together(one.given for one in phases), phases))
    return found


def places_in_words(
    collaborator: Collaborator, scope: Scope, targets: Iterable[Target]
) -> list[Place]:
    """Return some helped places with what they were given, in the given order."""
    listed = list(targets)
    where = where_of(listed)
    kinds = {kind.pk: kind for kind in scope.aid_types}
    given: dict[int, list[OfNeed]] = defaultdict(list)
    for one in given_to(scope.programme, collaborator, listed):
        given[one.place].append(OfNeed(one.phase, kinds[one.aid_type], one.given))
    return [Place(target, where[target.pk], given[target.pk]) for target in listed]


def timeline(collaborator: Collaborator, scope: Scope, *, limit: int) -> list[Step]:
    """Return the newest commitments; what is still being typed is none."""
    made = made_by(collaborator).filter(programme=scope.programme).exclude(state=State.DRAFT)
    return [_step(commitment) for commitment in made[:limit]]


def _step(commitment: Commitment) -> Step:
    packages: dict[AidType, Given] = {}
    lines = list(commitment.lines.all())
    for line in lines:
        own = Given(line.committed, line.delivered, line.received)
        packages[line.need.aid_type] = own.plus(packages.get(line.need.aid_type, Given()))
    return Step(commitment, list(packages.items()), len({line.need.target_id for line in lines}))


def _together(given: Iterable[Given]) -> Given:
    total = Given()
    for one in given:
        total = total.plus(one)
    return total
