from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


class ReasonMissingError(DomainError):
    """Nobody is refused without being told why."""


class AlreadyDecidedError(DomainError):
    """Somebody else decided on this collaborator in the meantime."""


def verify(
    *, collaborator_id: int, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Collaborator:
    """Confirm that the working group knows who this is; the name becomes public."""
    return _decide(collaborator_id, Verification.VERIFIED, "", actor, now, idempotency_key)


def refuse(
    *, collaborator_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Collaborator:
    """Refuse a collaborator, with the reason; open commitments are rejected by the caller."""
    if not reason.strip():
        raise ReasonMissingError(_("Say why the collaborator is refused."))
    return _decide(collaborator_id, Verification.REFUSED, reason, actor, now, idempotency_key)


@transaction.atomic
def _decide(
    collaborator_id: int,
    decision: Verification,
    reason: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str,
) -> Collaborator:
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action=decision, collaborator=collaborator_id, reason=reason),
    )
    if find_replay(request):
        return Collaborator.objects.get(pk=collaborator_id)
    collaborator = Collaborator.objects.select_for_update(no_key=True).get(pk=collaborator_id)
    if collaborator.verification != Verification.PENDING:
        raise AlreadyDecidedError(
            _("“%(name)s” was already decided on: %(state)s.")
            % {"name": collaborator.name, "state": collaborator.get_verification_display()}
        )
    collaborator.verification = decision
    collaborator.save(update_fields=["verification"])
    record(
        action=f"collaborators.{decision.lower()}",
        obj=collaborator,
        actor=actor,
        now=now,
        reason=reason,
        changes={"verification": [Verification.PENDING, decision]},
        request=request,
    )
    return collaborator
