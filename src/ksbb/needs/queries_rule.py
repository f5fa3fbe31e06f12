"""What the rules of the programmes make of a count."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, Q

from ksbb.programmes.enums import Basis, ProgrammeState
from ksbb.programmes.models import NeedRule, Phase
from ksbb.programmes.queries import takes_two
from ksbb.rights.enums import Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ksbb.needs.models import Need, Target

Slot = tuple[int, int]
"""The keys of a phase and of an aid type."""


class Counts(NamedTuple):
    """How many vulnerable families and residents a place has; None where nobody has said so."""

    families: int | None
    residents: int | None


class RuleBook:
    """The rules of all open programmes for phases that are not over, read once.

    What was needed in a phase that is over stays as it was; so does a closed programme.
    """

    def __init__(self, today: date) -> None:
        """Read rules and phases; a rule for one phase takes the place of that for all phases."""
        self._phases = defaultdict[int, list[Phase]](list)
        for phase in Phase.objects.filter(
            programme__state=ProgrammeState.OPEN, ends_on__gte=today
        ).order_by("pk"):
            self._phases[phase.programme_id].append(phase)
        self._rules = defaultdict[int, dict[Slot, tuple[NeedRule, Phase]]](dict)
        for rule in NeedRule.objects.filter(programme__state=ProgrammeState.OPEN).order_by(
            F("phase").asc(nulls_first=True), "pk"
        ):
            for phase in self._phases[rule.programme_id]:
                if rule.phase_id in {None, phase.pk}:
                    slot = (phase.pk, rule.aid_type_id)
                    self._rules[rule.target_kind_id][slot] = (rule, phase)

    def wanted(self, kind_id: int, counts: Counts) -> Mapping[Slot, int]:
        """Return the quantity by phase and aid type for a place of this kind, 0 without a count."""
        return {
            slot: rule.quantity_for(_basis(rule, counts) or 0, phase)
            for slot, (rule, phase) in self._rules[kind_id].items()
        }


def counts_of(target: Target) -> Counts:
    """Return the counts which stand in the book."""
    return Counts(target.families, target.residents)


def by_rule(need: Need) -> int:
    """Return what the rule of today gives a need from the count of today, 0 without either."""
    rules = NeedRule.objects.filter(
        Q(phase=need.phase_id) | Q(phase__isnull=True),
        programme=need.phase.programme_id,
        target_kind=need.target.kind_id,
        aid_type=need.aid_type_id,
    )
    rule = rules.order_by(F("phase").desc(nulls_last=True)).first()
    if rule is None:
        return 0
    return rule.quantity_for(_basis(rule, counts_of(need.target)) or 0, need.phase)


def takes_a_second(need: Need, quantity: int) -> bool:
    """Whether the programme wants two officers for this quantity: more than its rule gives."""
    return takes_two(Step.SET_NEED, need.phase.programme) and quantity > by_rule(need)


def _basis(rule: NeedRule, counts: Counts) -> int | None:
    return counts.families if rule.basis == Basis.FAMILIES else counts.residents
