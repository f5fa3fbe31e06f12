from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.batches import inbox
from ksbb.batches.enums import BEFORE_WRITING, State
from ksbb.batches.locking import lock_batch
from ksbb.batches.models import BatchRow
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.batches.models import Batch


class DiscardRefusedError(DomainError):
    """The file stands in the book or is on its way there."""


@transaction.atomic
def discard(*, batch_id: int, actor: Actor, now: datetime, idempotency_key: str = "") -> Batch:
    """Throw away a file of which nothing was written. Raises DiscardRefusedError."""
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="discard", batch=batch_id)
    )
    replay = find_replay(request)
    batch = lock_batch(batch_id)
    if replay:
        return batch
    if batch.state not in BEFORE_WRITING:
        raise DiscardRefusedError(
            _("This file was written into the book. Take it back instead of discarding it.")
        )
    if batch.is_proposed:
        raise DiscardRefusedError(
            _("An officer has handed in this list. Send it back with the reason instead.")
        )
    BatchRow.objects.filter(batch=batch).delete()
    kept, batch.kept, batch.worker = batch.kept, "", ""
    batch.state, batch.questions = State.DISCARDED, []
    batch.save(update_fields=["kept", "worker", "state", "questions"])
    record(action="batches.discard", obj=batch, actor=actor, now=now, request=request)
    transaction.on_commit(lambda: inbox.throw_away(kept))
    return batch
