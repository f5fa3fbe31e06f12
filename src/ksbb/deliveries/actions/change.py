from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.commitments.actions import change as promises
from ksbb.commitments.enums import State
from ksbb.deliveries.actions.plan import plan_open_places
from ksbb.funds.actions.allot import hold_stock, set_aside_what_there_is
from ksbb.funds.actions.follow import bring_back_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.models import Commitment


@transaction.atomic
def change(
    *,
    commitment_id: int,
    less: Mapping[int, int],
    more: Mapping[int, int],
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Commitment:
    """Change what a commitment brings where, and plan a delivery for each place that is new.

    What was set aside from stock for a place that gets less is in stock again, and stock is set
    aside for one that gets more, as far as there is any.

    Raises what `commitments.actions.change` raises.
    """
    commitment = promises.change(
        commitment_id=commitment_id,
        less=less,
        more=more,
        reason=reason,
        actor=actor,
        now=now,
        seen=seen,
        idempotency_key=idempotency_key,
    )
    hold_stock(commitment)
    bring_back_from(commitment, actor=actor, now=now)
    set_aside_what_there_is(commitment, actor=actor, now=now)
    if commitment.planned_for and commitment.state in {State.SCHEDULED, State.DELIVERING}:
        plan_open_places(
            commitment,
            planned_for=commitment.planned_for,
            delivery_window=commitment.delivery_window,
        )
    return commitment
