from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.audit.queries import NO_REQUEST
from ksbb.commitments.actions.step import step
from ksbb.commitments.enums import State
from ksbb.commitments.models import CommitmentLine

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.locking import LockedCommitment


def complete_if_done(commitment: LockedCommitment, *, actor: Actor, now: datetime) -> None:
    """Close a commitment once all that is still promised was handed over and confirmed.

    A difference between the two keeps it open until somebody settles it.
    """
    if commitment.state != State.DELIVERING:
        return
    lines = CommitmentLine.objects.filter(commitment=commitment)
    if all(line.committed == line.received for line in lines):
        step(commitment, "complete", actor=actor, now=now, request=NO_REQUEST)
