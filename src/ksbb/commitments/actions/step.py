from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ksbb.audit.actions.record import record
from ksbb.commitments.enums import CLOSED
from ksbb.commitments.rules import next_state

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.audit.queries import Request
    from ksbb.commitments.locking import LockedCommitment


def step(
    commitment: LockedCommitment,
    verb: str,
    *,
    actor: Actor,
    now: datetime,
    request: Request,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> Entry:
    """Move a commitment along the state table, save it, and return the audit row.

    Every move stops the clock; an action which starts one sets `due_at` before it calls this.
    Raises MoveRefusedError where the table has no such move.
    """
    before = commitment.state
    commitment.state = next_state(commitment, verb)
    if commitment.state in CLOSED:
        commitment.closed_at, commitment.due_at = now, None
    commitment.save()
    return record(
        action=f"commitments.{verb}",
        obj=commitment,
        actor=actor,
        now=now,
        reason=reason,
        changes={"state": [before, commitment.state]} | (changes or {}),
        request=request,
    )
