from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.commitments.actions.step import step
from ksbb.commitments.actions.submit import check_when
from ksbb.commitments.locking import lock_commitment
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.models import Commitment


@transaction.atomic
def schedule(
    *,
    commitment_id: int,
    planned_for: date,
    delivery_window: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Commitment:
    """Fix the day agreed with the place, or move it; the clock to call the contact stops.

    Raises PlanRefusedError for a day outside the programme, MoveRefusedError for the state, and
    ChangedMeanwhileError where something was done after the audit entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="schedule",
            commitment=commitment_id,
            planned_for=planned_for,
            delivery_window=delivery_window,
        ),
    )
    replay = find_replay(request)
    commitment = lock_commitment(commitment_id)
    if replay:
        return commitment
    check_unchanged(commitment, seen=seen)
    check_when(commitment.programme, planned_for, delivery_window, now)
    before = commitment.planned_for
    commitment.planned_for = planned_for
    commitment.delivery_window = delivery_window
    step(
        commitment,
        "schedule",
        actor=actor,
        now=now,
        request=request,
        changes={"planned_for": [before and before.isoformat(), planned_for.isoformat()]},
    )
    return commitment
