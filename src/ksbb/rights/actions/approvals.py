"""The word of two: one officer asks for a step and says why, another one confirms or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.rights.enums import ApprovalState
from ksbb.rights.models import Approval
from ksbb.rights.queries import open_approval_about
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import Model

    from ksbb.audit.actors import Actor
    from ksbb.rights.enums import Step


class ApprovalRefusedError(DomainError):
    """A second word cannot be asked for, or not be given like this."""


@transaction.atomic
def ask(
    *,
    step: Step,
    obj: Model,
    payload: dict[str, Any],
    reason: str,
    name: Callable[[], str] | None = None,
    about: str = "",
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Approval:
    """Ask for a step on an object, to be confirmed by another officer.

    `name` says in the language of the moment what it is about, where the object's own name does
    not; of `about` one thing each may wait at a time. Raises ApprovalRefusedError without a reason
    or an account, and where one waits already.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="ask", step=step, object=str(obj.pk), payload=payload, reason=reason
        ),
    )
    replay = find_replay(request)
    if replay:
        return Approval.objects.get(pk=replay.changes["approval"])
    if actor.user is None or not reason.strip():
        raise ApprovalRefusedError(_("Say why, so that the second officer can judge it."))
    type(obj)._base_manager.select_for_update(no_key=True).get(pk=obj.pk)  # noqa: SLF001 - public
    if open_approval_about(step, obj, about):
        raise ApprovalRefusedError(_("A request like this one already waits for a second officer."))
    approval = Approval.objects.create(
        step=step,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        about=about,
        object_name=_named(name, obj, "id"),
        object_name_en=_named(name, obj, "en"),
        payload=payload,
        reason=reason,
        asked_by=actor.user,
        asked_at=now,
    )
    record(
        action="rights.ask_approval",
        obj=obj,
        actor=actor,
        now=now,
        reason=reason,
        changes={"approval": approval.pk, "step": str(step), **payload},
        request=request,
    )
    return approval


@transaction.atomic
def confirm(
    *,
    approval_id: int,
    carry_out: Callable[[Approval], object],
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Approval:
    """Give the second word, and do what was asked for; both or neither.

    `carry_out` does the step; what it refuses (the book has changed meanwhile) leaves the request
    open. Raises ApprovalRefusedError for the own request and for one that is decided.
    """
    return _decide(approval_id, ApprovalState.CONFIRMED, "", carry_out, actor, now, idempotency_key)


@transaction.atomic
def refuse(
    *, approval_id: int, answer: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Approval:
    """Refuse what was asked for, with a reason; nothing happens. Raises ApprovalRefusedError."""
    if not answer.strip():
        raise ApprovalRefusedError(_("Say why it is refused."))
    state = ApprovalState.REFUSED
    return _decide(approval_id, state, answer, lambda _one: None, actor, now, idempotency_key)


def _named(name: Callable[[], str] | None, obj: Model, language: str) -> str:
    with override(language):
        return (name() if name else str(obj))[:200]


def _decide(
    approval_id: int,
    state: ApprovalState,
    answer: str,
    carry_out: Callable[[Approval], object],
    actor: Actor,
    now: datetime,
    key: str,
) -> Approval:
    request = Request(
        key=key, fingerprint=fingerprint(action=state, approval=approval_id, answer=answer)
    )
    replay = find_replay(request)
    approval = Approval.objects.select_for_update(no_key=True).get(pk=approval_id)
    if replay:
        return approval
    if approval.state != ApprovalState.ASKED:
        raise ApprovalRefusedError(_("Somebody has decided on this request already."))
    if actor.user is None or actor.user.pk == approval.asked_by_id:
        raise ApprovalRefusedError(_("Another officer than the one who asked has to decide."))
    approval.state, approval.answer = state, answer
    approval.decided_by, approval.decided_at = actor.user, now
    approval.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    record(
        action=f"rights.approval_{state.lower()}",
        obj=approval,
        actor=actor,
        now=now,
        reason=answer,
        changes={"state": [ApprovalState.ASKED, state]},
        request=request,
    )
    carry_out(approval)
    return approval
