from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.queries import Request, find_replay
from ksbb.collaborators.enums import Verification
from ksbb.commitments.actions.post import Posting, post
from ksbb.commitments.actions.step import step
from ksbb.commitments.actions.tell import tell_giver
from ksbb.commitments.enums import Reason
from ksbb.commitments.locking import lines_of, lock_commitment
from ksbb.notices.enums import Kind
from ksbb.programmes.enums import Stage
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.models import Commitment


class DecisionRefusedError(DomainError):
    """The working group cannot decide so."""


@transaction.atomic
def accept(
    *, commitment_id: int, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Commitment:
    """Accept a submitted commitment and start the donor's time to call the contact."""
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="accept", commitment=commitment_id)
    )
    replay = find_replay(request)
    commitment = lock_commitment(commitment_id)
    if replay:
        return commitment
    if commitment.collaborator.verification != Verification.VERIFIED:
        raise DecisionRefusedError(
            _("Verify “%(name)s” first; then accept the commitment.")
            % {"name": commitment.collaborator.name}
        )
    commitment.accepted_at = now
    due_at = now + timedelta(hours=commitment.programme.follow_up_hours)
    step(commitment, "accept", actor=actor, now=now, request=request, due_at=due_at)
    tell_giver(Kind.ACCEPTED, commitment, now=now)
    return commitment


@transaction.atomic
def reject(
    *, commitment_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Commitment:
    """Refuse a submitted commitment with a reason and free all of its quantity."""
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="reject", commitment=commitment_id, reason=reason),
    )
    replay = find_replay(request)
    commitment = lock_commitment(commitment_id)
    if replay:
        return commitment
    if not reason.strip():
        raise DecisionRefusedError(
            _("Say why the commitment is rejected; the reason is kept on record.")
        )
    entry = step(commitment, "reject", actor=actor, now=now, request=request, reason=reason)
    postings = [Posting(line, Stage.COMMITTED, -line.committed) for line in lines_of(commitment)]
    post(entry=entry, reason=Reason.REJECT, postings=postings)
    tell_giver(Kind.REJECTED, commitment, now=now)
    return commitment
