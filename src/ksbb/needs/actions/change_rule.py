"""A rule that reckons otherwise from now on: its needs follow, never under a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.needs.reckoning import Change, Slot, follow, hold, preview_change
from ksbb.programmes.actions.rule import Formula, check_formula
from ksbb.programmes.actions.write import SetupRefusedError
from ksbb.programmes.locking import GoneError, lock_programme
from ksbb.programmes.models import NeedRule
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor


class PreviewMovedError(SetupRefusedError):
    """The needs are not as the preview said."""


@transaction.atomic
def change_rule(
    *,
    rule_id: int,
    formula: Formula,
    reason: str,
    promised: Change | None = None,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> NeedRule:
    """Make a new version of a rule, and let its needs follow in phases that are not over.

    A need is left as it stands where more is committed than the rule would give, where somebody
    set it by hand, and where it cannot be reckoned. With `promised` nothing is written unless the
    change does exactly that. Raises SetupRefusedError, PreviewMovedError and, after the audit
    entry `seen`, ChangedMeanwhileError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="change_rule", rule=rule_id, formula=formula, reason=reason),
    )
    replay = find_replay(request)
    rule = find_rule(rule_id)
    if replay:
        return rule
    hold(slots_of(rule, formula, now.date()))
    lock_programme(rule.programme_id)
    rule = find_rule(rule_id)
    check_unchanged(rule, seen=seen)
    check_formula(formula)
    if not reason.strip():
        raise SetupRefusedError(_("Say why the rule changes."))
    before = Formula.of(rule)
    if formula == before:
        raise SetupRefusedError(_("This is how the rule reckons already."))
    slots = slots_of(rule, formula, now.date())
    change = preview_change(slots)
    if promised is not None and change != promised:
        raise PreviewMovedError(
            _("The needs have changed since the preview, so nothing was written. Look again.")
        )
    for name, value in vars(formula).items():
        setattr(rule, name, value)
    rule.version += 1
    rule.save(update_fields=[*vars(formula), "version"])
    entry = record(
        action="programmes.change_rule",
        obj=rule,
        actor=actor,
        now=now,
        reason=reason,
        changes={
            "version": [rule.version - 1, rule.version],
            **{
                name: [getattr(before, name), value]
                for name, value in vars(formula).items()
                if getattr(before, name) != value
            },
            "needs": change.changed,
            "needed": [change.before, change.after],
            "left": change.left,
        },
        request=request,
    )
    follow(slots, entry)
    return rule


def slots_of(rule: NeedRule, formula: Formula, today: date) -> list[Slot]:
    """Return where a rule holds, in phases that are not over, with the other way to reckon."""
    phases = rule.programme.phases.filter(ends_on__gte=today).order_by("number")
    if rule.phase_id:
        phases = phases.filter(pk=rule.phase_id)
    else:
        special = NeedRule.objects.filter(
            programme=rule.programme_id,
            target_kind=rule.target_kind_id,
            aid_type=rule.aid_type_id,
            phase__isnull=False,
        )
        phases = phases.exclude(pk__in=special.values("phase"))
    return [
        Slot(
            kind_id=rule.target_kind_id,
            phase=phase,
            aid_type=rule.aid_type,
            before=Formula.of(rule),
            after=formula,
            days_before=phase.days,
            days_after=phase.days,
        )
        for phase in phases
    ]


def find_rule(rule_id: int) -> NeedRule:
    """Return a fresh rule with all that names it. Raises GoneError."""
    found = (
        NeedRule.objects.filter(pk=rule_id)
        .select_related("programme", "target_kind", "aid_type", "phase")
        .first()
    )
    if found is None:
        raise GoneError
    return found
