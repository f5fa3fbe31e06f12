"""New rules, and rules that are taken away. A change of one is decided where its needs are held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.programmes.actions.write import SetupRefusedError
from ksbb.programmes.enums import Basis
from ksbb.programmes.locking import GoneError, lock_programme
from ksbb.programmes.models import MOST_TIMES, MOST_TIMES_PER_DAY, NeedRule
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Formula:
    """How a need is reckoned: count × multiplier ÷ divisor, by the day or once a phase."""

    basis: Basis
    multiplier: int
    divisor: int
    per_day: bool

    @classmethod
    def of(cls, rule: NeedRule) -> Formula:
        """Return the formula of a rule as it stands."""
        return cls(
            basis=Basis(rule.basis),
            multiplier=rule.multiplier,
            divisor=rule.divisor,
            per_day=rule.per_day,
        )


@transaction.atomic
def add_rule(
    *,
    programme_id: int,
    kind_id: int,
    aid_type_id: int,
    phase_id: int | None,
    formula: Formula,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> NeedRule:
    """Add a rule, for one phase or (None) for all that have none of their own.

    Raises SetupRefusedError where there is one already. No need is made by it: that is a step of
    its own.
    """
    slot: dict[str, Any] = {
        "target_kind_id": kind_id,
        "aid_type_id": aid_type_id,
        "phase_id": phase_id,
    }
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="rule", programme=programme_id, formula=formula, **slot),
    )
    if replay := find_replay(request):
        return NeedRule.objects.get(pk=replay.object_id)
    programme = lock_programme(programme_id)
    check_formula(formula)
    if not (
        programme.target_kinds.filter(pk=kind_id).exists()
        and programme.aid_types.filter(pk=aid_type_id).exists()
        and (phase_id is None or programme.phases.filter(pk=phase_id).exists())
    ):
        raise GoneError
    if programme.need_rules.filter(**slot).exists():
        raise SetupRefusedError(
            _("There is a rule for this kind of place, kind of aid and phase already. Change it.")
        )
    made = NeedRule.objects.create(programme=programme, **slot, **vars(formula))
    record(
        action="programmes.add_rule",
        obj=made,
        actor=actor,
        now=now,
        changes={
            "kind": made.target_kind.slug,
            "aid_type": made.aid_type.slug,
            "phase": made.phase and made.phase.number,
            **vars(formula),
        },
        request=request,
    )
    return made


@transaction.atomic
def remove_rule(
    *, rule_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> None:
    """Take a rule away. Needs that came from it stay as they are; no new ones follow.

    Raises SetupRefusedError without a reason.
    """
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="remove_rule", rule=rule_id)
    )
    if find_replay(request):
        return
    if not reason.strip():
        raise SetupRefusedError(_("Say why the rule is removed."))
    found = NeedRule.objects.filter(pk=rule_id).first()
    if found is None:
        raise GoneError
    lock_programme(found.programme_id)
    rule = NeedRule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise GoneError
    record(
        action="programmes.remove_rule",
        obj=rule,
        actor=actor,
        now=now,
        reason=reason,
        changes={
            "kind": rule.target_kind.slug,
            "aid_type": rule.aid_type.slug,
            "version": rule.version,
            **vars(Formula.of(rule)),
        },
        request=request,
    )
    rule.delete()


def check_formula(formula: Formula) -> None:
    """Raise SetupRefusedError for factors of nothing, or beyond what can be reckoned with."""
    most = MOST_TIMES_PER_DAY if formula.per_day else MOST_TIMES
    if formula.multiplier < 1 or formula.divisor < 1:
        raise SetupRefusedError(_("Both factors of a rule must be at least 1."))
    if max(formula.multiplier, formula.divisor) > most:
        raise SetupRefusedError(
            _("A factor of a rule can be at most %(most)s.") % {"most": number(most)}
        )
