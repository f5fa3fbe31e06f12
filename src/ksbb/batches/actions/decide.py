from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.batches.enums import Effect, State
from ksbb.batches.locking import lock_batch
from ksbb.batches.models import BatchRow
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.batches.enums import Decision
    from ksbb.batches.models import Batch


class DecisionRefusedError(DomainError):
    """There is nothing to decide there."""


@transaction.atomic
def decide(
    *,
    batch_id: int,
    decision: Decision,
    rows: Collection[int] | None = None,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Batch:
    """Say what becomes of rows that wait for a decision: some by their keys, or all of them.

    Raises DecisionRefusedError, and ChangedMeanwhileError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="decide", batch=batch_id, decision=decision, rows=sorted(rows or ())
        ),
    )
    replay = find_replay(request)
    batch = lock_batch(batch_id)
    if replay:
        return batch
    check_unchanged(batch, seen=seen)
    held = BatchRow.objects.filter(batch=batch, effect=Effect.HELD)
    if rows is not None:
        held = held.filter(pk__in=rows)
    if batch.state != State.READY or not held.exists():
        raise DecisionRefusedError(_("Nothing waits for a decision there any more."))
    decided = held.update(decision=decision)
    record(
        action="batches.decide",
        obj=batch,
        actor=actor,
        now=now,
        changes={"rows": decided, "decision": decision},
        request=request,
    )
    return batch
