"""What a hand-over, a receipt and a correction do to a promise; `deliveries` calls these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from ksbb.commitments.actions.complete import complete_if_done
from ksbb.commitments.actions.post import Posting, post
from ksbb.commitments.actions.step import step
from ksbb.commitments.enums import Reason
from ksbb.commitments.rules import next_state
from ksbb.programmes.enums import Stage
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.audit.queries import Request
    from ksbb.commitments.locking import LockedCommitment
    from ksbb.commitments.models import CommitmentLine


class TooMuchError(DomainError):
    """A quantity would pass what the stage before it holds."""


class Part(NamedTuple):
    """A quantity of one line that moves into a stage (or, corrected, out of it)."""

    line: CommitmentLine
    quantity: int


def deliver(
    commitment: LockedCommitment,
    parts: Sequence[Part],
    *,
    actor: Actor,
    now: datetime,
    request: Request,
    changes: dict[str, Any] | None = None,
) -> Entry:
    """Record a hand-over of parts of the promise. Raises MoveRefusedError, TooMuchError."""
    next_state(commitment, "deliver")
    for part in parts:
        if part.quantity > part.line.undelivered:
            raise TooMuchError(
                _("Only %(most)s are promised and not yet handed over, not %(wanted)s.")
                % {"most": number(part.line.undelivered), "wanted": number(part.quantity)}
            )
    entry = step(commitment, "deliver", actor=actor, now=now, request=request, changes=changes)
    post(
        entry=entry,
        reason=Reason.DELIVER,
        postings=[Posting(part.line, Stage.DELIVERED, part.quantity) for part in parts],
    )
    return entry


def receive(
    commitment: LockedCommitment,
    parts: Sequence[Part],
    *,
    actor: Actor,
    now: datetime,
    request: Request,
) -> Entry:
    """Record what the place says it received, and complete the commitment if that is all."""
    entry = step(commitment, "receive", actor=actor, now=now, request=request)
    post(
        entry=entry,
        reason=Reason.RECEIVE,
        postings=[Posting(part.line, Stage.RECEIVED, part.quantity) for part in parts],
    )
    complete_if_done(commitment, actor=actor, now=now)
    return entry


def correct(
    commitment: LockedCommitment,
    *,
    delivered: Part,
    received: Part,
    reason: str,
    actor: Actor,
    now: datetime,
    request: Request,
) -> Entry:
    """Mend a hand-over or a receipt by differences; the old movements stay as they are."""
    entry = step(commitment, "correct", actor=actor, now=now, request=request, reason=reason)
    postings = [
        Posting(delivered.line, Stage.DELIVERED, delivered.quantity),
        Posting(received.line, Stage.RECEIVED, received.quantity),
    ]
    # Each row must leave the stages in order, so what shrinks does so from the far end.
    post(
        entry=entry,
        reason=Reason.CORRECT,
        postings=postings if delivered.quantity >= 0 else postings[::-1],
    )
    complete_if_done(commitment, actor=actor, now=now)
    return entry
