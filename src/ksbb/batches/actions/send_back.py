from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.batches.enums import State
from ksbb.batches.locking import lock_batch
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.batches.models import Batch


class SendBackRefusedError(DomainError):
    """The file is none that an officer has handed in, or no reason is given."""


@transaction.atomic
def send_back(
    *,
    batch_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Batch:
    """Give an officer's file back with the reason, which they read; nothing of it is written.

    Raises SendBackRefusedError, and ChangedMeanwhileError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="send-back", batch=batch_id, reason=reason),
    )
    replay = find_replay(request)
    batch = lock_batch(batch_id)
    if replay:
        return batch
    check_unchanged(batch, seen=seen)
    if not batch.is_proposed or batch.state != State.READY:
        raise SendBackRefusedError(_("This list cannot be sent back now."))
    if not reason.strip():
        raise SendBackRefusedError(_("Say why; whoever sent it reads this."))
    batch.handed_in_at, batch.reply = None, reason
    batch.save(update_fields=["handed_in_at", "reply"])
    record(
        action="batches.send_back", obj=batch, actor=actor, now=now, reason=reason, request=request
    )
    return batch
