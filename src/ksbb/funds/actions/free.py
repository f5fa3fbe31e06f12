"""A commitment wants less than before: what was set aside for it is back in stock in that step.

Commitments know nothing of any stock, so doors call these in their place. Refusing a giver has no
part in it: only one who was never verified is refused, and such a one holds no stock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.commitments.actions import cancel as cancelling
from ksbb.commitments.actions import decide as deciding
from ksbb.commitments.actions import decide_many as deciding_many
from ksbb.commitments.actions import expire as expiring
from ksbb.commitments.models import Commitment
from ksbb.funds.actions.follow import bring_back_from, hold_loose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.actions.decide_many import Decided


@transaction.atomic
def cancel(
    *,
    commitment_id: int,
    quantities: Mapping[int, int] | None = None,
    reason: str,
    actor: Actor,
    now: datetime,
    for_others: bool = False,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Commitment:
    """Cancel all or part of a commitment; see `commitments.actions.cancel`."""
    commitment = cancelling.cancel(
        commitment_id=commitment_id,
        quantities=quantities,
        reason=reason,
        actor=actor,
        now=now,
        for_others=for_others,
        seen=seen,
        idempotency_key=idempotency_key,
    )
    bring_back_from(commitment, actor=actor, now=now)
    return commitment


@transaction.atomic
def reject(
    *, commitment_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Commitment:
    """Reject a submitted commitment; see `commitments.actions.decide`."""
    commitment = deciding.reject(
        commitment_id=commitment_id,
        reason=reason,
        actor=actor,
        now=now,
        idempotency_key=idempotency_key,
    )
    bring_back_from(commitment, actor=actor, now=now)
    return commitment


@transaction.atomic
def reject_many(
    *, seen: Mapping[int, int], reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Decided:
    """Reject several submitted commitments; see `commitments.actions.decide_many`."""
    decided = deciding_many.reject_many(
        seen=seen, reason=reason, actor=actor, now=now, idempotency_key=idempotency_key
    )
    freed = Commitment.objects.filter(pk__in=decided.done).order_by("pk")
    hold_loose(freed)
    for commitment in freed:
        bring_back_from(commitment, actor=actor, now=now)
    return decided


@transaction.atomic
def expire(*, commitment_id: int, actor: Actor, now: datetime) -> Commitment | None:
    """Expire one overdue commitment; see `commitments.actions.expire`."""
    commitment = expiring.expire(commitment_id=commitment_id, actor=actor, now=now)
    if commitment:
        bring_back_from(commitment, actor=actor, now=now)
    return commitment


def expire_due(*, actor: Actor, now: datetime) -> list[Commitment]:
    """Expire every commitment whose clock has run out, one transaction each; return them."""
    return expiring.expire_due(actor=actor, now=now, one=expire)
