from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.audit.queries import Request, find_replay
from ksbb.commitments.actions.schedule import schedule
from ksbb.commitments.models import CommitmentLine
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.models import Commitment


@transaction.atomic
def plan(
    *,
    commitment_id: int,
    planned_for: date,
    delivery_window: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> list[Delivery]:
    """Schedule a commitment and plan one delivery for each place it still has to reach.

    A second call moves the day. Raises what `commitments.schedule` raises.
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
    if not find_replay(request):
        commitment = schedule(
            commitment_id=commitment_id,
            planned_for=planned_for,
            delivery_window=delivery_window,
            actor=actor,
            now=now,
            seen=seen,
            idempotency_key=idempotency_key,
        )
        plan_open_places(
            commitment, planned_for=planned_for, delivery_window=delivery_window, move=True
        )
    return list(
        Delivery.objects.filter(
            commitment_id=commitment_id, state=DeliveryState.PLANNED
        ).prefetch_related("lines")
    )


def plan_open_places(
    commitment: Commitment, *, planned_for: date, delivery_window: str, move: bool = False
) -> None:
    """Give every place with something still to bring one planned delivery on that day.

    A place that has a plan already keeps its own day, unless all are to `move`.
    """
    lines = (
        CommitmentLine.objects.filter(commitment=commitment)
        .select_related("need__target")
        .order_by("need__target_id", "id")
    )
    open_lines = [line for line in lines if line.undelivered]
    for target_id, group in groupby(open_lines, key=lambda line: line.need.target_id):
        day = {"planned_for": planned_for, "delivery_window": delivery_window}
        delivery, _created = Delivery.objects.update_or_create(
            commitment=commitment,
            target_id=target_id,
            state=DeliveryState.PLANNED,
            defaults=day if move else {},
            create_defaults=day | {"is_example": commitment.is_example},
        )
        _plan_lines(delivery, group)


def _plan_lines(delivery: Delivery, lines: Iterable[CommitmentLine]) -> None:
    for line in lines:
        DeliveryLine.objects.update_or_create(
            delivery=delivery, line=line, defaults={"planned": line.undelivered}
        )
