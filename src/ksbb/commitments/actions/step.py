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
    due_at: datetime | None = None,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> Entry:
    """Move a commitment along the state table, save it, and return the audit row.

    Every move stops the clock that ran and starts the one of `due_at`, if any. A corrected
    commitment which was closed is open again. Raises MoveRefusedError where the table has no
    such move.
    """
    before = commitment.state
    commitment.state = next_state(commitment, verb)
    commitment.due_at = due_at
    commitment.closed_at = now if commitment.state in CLOSED else None
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
