"""Handing a large file to a worker, and taking it back from there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import OperationalError, transaction
from django.db.models import Q
from django.db.models.functions import Now

from ksbb.audit.actions.record import record
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.batches.actions.commit import check_ready, commit
from ksbb.batches.actions.look_again import look_again
from ksbb.batches.enums import AT_WORK, State
from ksbb.batches.locking import lock_batch
from ksbb.batches.models import Batch
from ksbb.batches.rules import SILENCE
from ksbb.shared.busy import is_busy
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

STALE = "stale"


@transaction.atomic
def queue(
    *,
    batch_id: int,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Batch:
    """Let a worker write a file in the name of whoever asks now. Raises what `commit` raises."""
    request = Request(key=idempotency_key, fingerprint=fingerprint(action="queue", batch=batch_id))
    replay = find_replay(request)
    batch = lock_batch(batch_id)
    if replay:
        return batch
    check_unchanged(batch, seen=seen)
    check_ready(batch)
    batch.state, batch.queued_by = State.QUEUED, actor.user
    batch.worker, batch.worked_at, batch.trouble = "", None, ""
    batch.save(update_fields=["state", "queued_by", "worker", "worked_at", "trouble"])
    record(action="batches.queue", obj=batch, actor=actor, now=now, request=request)
    return batch


def claim_writing() -> Batch | None:
    """Take the oldest file that waits to be written and that nobody writes; None where none is."""
    deserted = Q(worker="") | Q(worked_at__lt=Now() - SILENCE)
    waiting = Batch.objects.filter(deserted, state=State.QUEUED)
    for key in waiting.order_by("pk").values_list("pk", flat=True)[:10]:
        if waiting.filter(pk=key).update(worker=uuid4().hex, worked_at=Now()):
            return Batch.objects.select_related("queued_by").get(pk=key)
    return None


def write_queued(batch: Batch, *, now: datetime) -> None:
    """Write a claimed file; where it cannot be written the preview is made anew and says so.

    Where somebody else still writes it, or another file, it is left for later.
    """
    actor = Actor(user=batch.queued_by, channel=Channel.WEB)
    try:
        commit(batch_id=batch.pk, actor=actor, now=now)
    except OperationalError as error:
        if not is_busy(error):
            raise
    except DomainError:
        Batch.objects.filter(pk=batch.pk, state=State.QUEUED).update(
            state=State.READY, trouble=STALE
        )
        look_again(batch_id=batch.pk, today=now.date())


def wants_worker(batch_id: int) -> bool:
    """Tell, once in a while, that somebody should be at work on a file and is not."""
    lonely = Q(worked_at__isnull=True) | Q(worked_at__lt=Now() - SILENCE)
    at_work = Batch.objects.filter(lonely, pk=batch_id, state__in=AT_WORK)
    return bool(at_work.update(worked_at=Now()))
