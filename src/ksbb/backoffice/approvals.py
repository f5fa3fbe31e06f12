"""What happens when a second officer says yes: one line for each step that takes two."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from ksbb.collaborators.actions.permit import suspend_permit
from ksbb.collaborators.models import Permit
from ksbb.commitments.actions.refuse_giver import refuse_giver
from ksbb.needs.actions.adjust import adjust
from ksbb.needs.actions.open_programme import open_now
from ksbb.plans.actions.publish import asked_plan, make_draft, publish
from ksbb.plans.prose import paragraphs
from ksbb.plans.refusals import NoPlanError
from ksbb.priority.actions.freeze import freeze
from ksbb.priority.actions.publish import publish_rule
from ksbb.priority.formula import Terms
from ksbb.programmes.actions.programme import write_marks
from ksbb.programmes.locking import lock_programme
from ksbb.programmes.models import AidType, Phase
from ksbb.rights.enums import ApprovalState, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from ksbb.audit.actors import Actor
    from ksbb.rights.models import Approval


def carry_out(approval: Approval, looked_at: str, actor: Actor, now: datetime) -> None:
    """Do what was asked for, with the reason that was given for it.

    `looked_at` names what the second officer had before them, where that can have changed.
    """
    _STEPS[Step(approval.step)](approval, looked_at, actor, now)


def shown(approval: Approval, now: datetime) -> dict[str, Any]:
    """Return what the page shows beside a request: the plan of now that would be published."""
    if approval.step != Step.PUBLISH_PLAN or approval.state != ApprovalState.ASKED:
        return {}
    asked = asked_plan(approval)
    terms = asked.terms
    context = {
        "terms": terms,
        "query": f"?programme={asked.phase.programme.slug}&fase={asked.phase.number}"
        f"&bantuan={asked.aid_type.slug}"
        f"&porsi={terms.share}&minimal={terms.least}",
    }
    try:
        draft = make_draft(aid_type=asked.aid_type, phase=asked.phase, terms=terms, now=now)
    except NoPlanError as error:
        return context | {"why_not": str(error)}
    return context | {
        "draft": draft,
        "paragraphs": paragraphs(draft.document, draft.made.output),
        "is_as_asked": draft.state == asked.state,
    }


def _set_need(approval: Approval, _looked_at: str, actor: Actor, now: datetime) -> None:
    adjust(
        need_id=int(approval.object_id),
        quantity=approval.payload["quantity"],
        reason=approval.reason,
        by_two=approval,
        actor=actor,
        now=now,
    )


def _publish_rule(approval: Approval, _looked_at: str, actor: Actor, now: datetime) -> None:
    asked = approval.payload
    begins = asked["valid_from"]
    publish_rule(
        programme_id=int(approval.object_id),
        terms=Terms(**asked["rule"]),
        # What was to begin meanwhile begins with the second word.
        valid_from=max(datetime.fromisoformat(begins), now) if begins else None,
        reason=approval.reason,
        actor=actor,
        now=now,
    )


def _freeze_list(approval: Approval, _looked_at: str, actor: Actor, now: datetime) -> None:
    asked = approval.payload
    phase = Phase.objects.select_related("programme").get(pk=approval.object_id)
    freeze(
        phase=phase,
        aid_type=AidType.objects.get(programme=phase.programme_id, slug=asked["aid_type"]),
        packages=asked["packages"],
        seed=int(asked["seed"]),
        reason=approval.reason,
        actor=actor,
        now=now,
    )


def _refuse_giver(approval: Approval, _looked_at: str, actor: Actor, now: datetime) -> None:
    if approval.object_type == Permit._meta.label_lower:
        # Asked for while refusing and suspending had one mark.
        _suspend(approval, _looked_at, actor, now)
        return
    refuse_giver(
        collaborator_id=int(approval.object_id), reason=approval.reason, actor=actor, now=now
    )


def _suspend(approval: Approval, _looked_at: str, actor: Actor, now: datetime) -> None:
    suspend_permit(permit_id=int(approval.object_id), reason=approval.reason, actor=actor, now=now)


def _publish_plan(approval: Approval, looked_at: str, actor: Actor, now: datetime) -> None:
    asked = asked_plan(approval)
    publish(
        aid_type=asked.aid_type,
        phase=asked.phase,
        terms=asked.terms,
        state=looked_at,
        actor=actor,
        now=now,
    )


def _publish(approval: Approval, _looked_at: str, actor: Actor, now: datetime) -> None:
    open_now(programme_id=int(approval.object_id), reason=approval.reason, actor=actor, now=now)


def _unmark(approval: Approval, _looked_at: str, actor: Actor, now: datetime) -> None:
    steps = frozenset(Step(one) for one in approval.payload["steps"])
    write_marks(lock_programme(int(approval.object_id)), steps, actor=actor, now=now)


_STEPS: Final[dict[Step, Callable[[Approval, str, Actor, datetime], None]]] = {
    Step.SET_NEED: _set_need,
    Step.REFUSE_GIVER: _refuse_giver,
    Step.SUSPEND: _suspend,
    Step.PUBLISH_PLAN: _publish_plan,
    Step.PUBLISH: _publish,
    Step.UNMARK: _unmark,
    Step.PUBLISH_RULE: _publish_rule,
    Step.FREEZE_LIST: _freeze_list,
}
