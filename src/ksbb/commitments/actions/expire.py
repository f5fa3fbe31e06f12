from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.db import transaction

from ksbb.audit.queries import NO_REQUEST
from ksbb.commitments.actions.post import Posting, post
from ksbb.commitments.actions.step import step
from ksbb.commitments.actions.tell import tell_giver
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.locking import lines_of, lock_commitment
from ksbb.commitments.models import Commitment
from ksbb.notices.enums import Kind
from ksbb.programmes.enums import Stage

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


class Expire(Protocol):
    """Expires one commitment, or returns None where somebody acted in time."""

    def __call__(self, *, commitment_id: int, actor: Actor, now: datetime) -> Commitment | None:
        """Do so in a transaction of its own."""


@transaction.atomic
def expire(*, commitment_id: int, actor: Actor, now: datetime) -> Commitment | None:
    """Free the quantity of one overdue commitment, or return None if somebody acted in time."""
    commitment = lock_commitment(commitment_id)
    if commitment.due_at is None or commitment.due_at > now:
        return None
    is_draft = commitment.state == State.DRAFT
    entry = step(commitment, "expire", actor=actor, now=now, request=NO_REQUEST)
    postings = [Posting(line, Stage.COMMITTED, -line.committed) for line in lines_of(commitment)]
    post(entry=entry, reason=Reason.EXPIRE, postings=postings)
    if not is_draft:
        tell_giver(Kind.EXPIRED, commitment, now=now)
    return commitment


def expire_due(*, actor: Actor, now: datetime, one: Expire = expire) -> list[Commitment]:
    """Expire every commitment whose clock has run out, one transaction each; return them.

    `one` expires one of them: packages above this one have more to do in its transaction.
    """
    due = Commitment.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    expired = (
        one(commitment_id=pk, actor=actor, now=now) for pk in list(due.values_list("pk", flat=True))
    )
    return [commitment for commitment in expired if commitment]
