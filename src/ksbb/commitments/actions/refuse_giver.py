from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.collaborators.actions.verify import refuse
from ksbb.commitments.actions.decide import reject
from ksbb.commitments.enums import State
from ksbb.commitments.locking import lock_commitment
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.needs.locking import lock_needs

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.collaborators.models import Collaborator
    from ksbb.commitments.locking import LockedCommitment


@transaction.atomic
def refuse_giver(
    *, collaborator_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Collaborator:
    """Refuse a collaborator and reject what they submitted, with one reason, or neither.

    Raises ReasonMissingError and AlreadyDecidedError.
    """
    commitments = _lock_all_submitted(collaborator_id)
    collaborator = refuse(
        collaborator_id=collaborator_id,
        reason=reason,
        actor=actor,
        now=now,
        idempotency_key=idempotency_key,
    )
    for commitment in commitments:
        reject(commitment_id=commitment.pk, reason=reason, actor=actor, now=now)
    return collaborator


def _lock_all_submitted(collaborator_id: int) -> list[LockedCommitment]:
    """Lock commitments, then all their needs at once, then (in `refuse`) the collaborator.

    A new promise locks its needs before it points at the collaborator, so the other way round
    two transactions could wait for each other.
    """
    submitted = Commitment.objects.filter(collaborator=collaborator_id, state=State.SUBMITTED)
    keys = list(submitted.order_by("pk").values_list("pk", flat=True))
    locked = [lock_commitment(key) for key in keys]
    still = [commitment for commitment in locked if commitment.state == State.SUBMITTED]
    lines = CommitmentLine.objects.filter(commitment__in=still)
    lock_needs(list(lines.values_list("need_id", flat=True)))
    return still
