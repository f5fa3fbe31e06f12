from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.batches.enums import Decision, Effect, State
from ksbb.batches.locking import lock_batch
from ksbb.batches.models import BatchRow
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.batches.models import Batch


class DecisionRefusedError(DomainError):
    """There is nothing to decide there."""


@transaction.atomic
def decide(
    *,
    batch_id: int,
    decisions: Mapping[int, Decision] | Decision,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Batch:
    """Say what becomes of rows that wait for a decision: by their keys, or one for all of them.

    Raises DecisionRefusedError, and ChangedMeanwhileError.
    """
    said = decisions if isinstance(decisions, Decision) else _sorted(decisions)
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="decide", batch=batch_id, decisions=said),
    )
    replay = find_replay(request)
    batch = lock_batch(batch_id)
    if replay:
        return batch
    check_unchanged(batch, seen=seen)
    held = BatchRow.objects.filter(batch=batch, effect=Effect.HELD)
    if batch.state != State.READY or not batch.handed_in_at or not held.exists():
        raise DecisionRefusedError(_("Nothing waits for a decision there any more."))
    for decision in Decision:
        chosen = [key for key, one in _pairs(decisions) if one == decision]
        if decisions == decision:
            held.update(decision=decision)
        elif chosen:
            held.filter(pk__in=chosen).update(decision=decision)
    decided = held.exclude(decision=Decision.NONE).count()
    record(
        action="batches.decide",
        obj=batch,
        actor=actor,
        now=now,
        changes={"rows": decided},
        request=request,
    )
    return batch


def _pairs(decisions: Mapping[int, Decision] | Decision) -> list[tuple[int, Decision]]:
    return [] if isinstance(decisions, Decision) else list(decisions.items())


def _sorted(decisions: Mapping[int, Decision]) -> list[list[object]]:
    return [[key, decision] for key, decision in sorted(decisions.items())]
