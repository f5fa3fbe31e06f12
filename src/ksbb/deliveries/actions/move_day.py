from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.commitments.actions.submit import check_when
from ksbb.commitments.locking import lock_commitment
from ksbb.commitments.rules import next_state
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor


class DayRefusedError(DomainError):
    """The delivery was recorded already, so its day is what it was."""


@transaction.atomic
def move_day(
    *,
    delivery_id: int,
    planned_for: date,
    delivery_window: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Delivery:
    """Plan one delivery for another day; those to other places keep theirs.

    Raises DayRefusedError, PlanRefusedError for a day outside the programme, MoveRefusedError,
    and ChangedMeanwhileError where something was done to the commitment after the entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="move_day",
            delivery=delivery_id,
            planned_for=planned_for,
            delivery_window=delivery_window,
        ),
    )
    replay = find_replay(request)
    delivery = Delivery.objects.select_related("target").get(pk=delivery_id)
    if replay:
        return delivery
    commitment = lock_commitment(delivery.commitment_id)
    delivery.refresh_from_db()
    check_unchanged(commitment, seen=seen)
    # A day is moved while a hand-over can still be recorded, and no longer.
    next_state(commitment, "deliver")
    if delivery.state != DeliveryState.PLANNED:
        raise DayRefusedError(
            _("This delivery was already recorded as %(number)s.")
            % {"number": delivery.handover_number}
        )
    check_when(commitment.programme, planned_for, delivery_window, now)
    record(
        action="deliveries.move_day",
        obj=commitment,
        actor=actor,
        now=now,
        changes={
            "place": delivery.target.code,
            "planned_for": [delivery.planned_for.isoformat(), planned_for.isoformat()],
        },
        request=request,
    )
    delivery.planned_for, delivery.delivery_window = planned_for, delivery_window
    delivery.save(update_fields=["planned_for", "delivery_window"])
    return delivery
