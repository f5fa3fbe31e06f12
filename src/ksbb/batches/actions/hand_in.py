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
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.batches.models import Batch

ANYTHING = (Effect.NEW, Effect.CHANGED, Effect.HELD)


class HandInRefusedError(DomainError):
    """There is nothing to hand in, or it is with the working group already."""


@transaction.atomic
def hand_in(
    *,
    batch_id: int,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Batch:
    """Hand an officer's file to the working group, which writes it whole or sends it back.

    Nothing is written by it. Raises HandInRefusedError, and ChangedMeanwhileError.
    """
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="hand-in", batch=batch_id)
    )
    replay = find_replay(request)
    batch = lock_batch(batch_id)
    if replay:
        return batch
    check_unchanged(batch, seen=seen)
    if batch.handed_in_at or batch.state != State.READY:
        raise HandInRefusedError(_("This list cannot be handed in now."))
    if not BatchRow.objects.filter(batch=batch, effect__in=ANYTHING).exists():
        raise HandInRefusedError(
            _("Nothing in this list would change the book, so there is nothing to hand in.")
        )
    batch.handed_in_at, batch.reply = now, ""
    batch.save(update_fields=["handed_in_at", "reply"])
    record(
        action="batches.hand_in",
        obj=batch,
        actor=actor,
        now=now,
        changes={"file": batch.file_name, "area": batch.area_id},
        request=request,
    )
    return batch
