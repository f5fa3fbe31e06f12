from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.batches import inbox
from ksbb.batches.enums import State
from ksbb.batches.locking import lock_batch
from ksbb.batches.models import Batch, Memory
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor


class AnswerRefusedError(DomainError):
    """The answers do not fit what was asked, or nothing is asked any more."""


@transaction.atomic
def answer(
    *,
    batch_id: int,
    answers: Mapping[str, str],
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Batch:
    """Keep what was answered, for this file and for the next of its sender, and have it read anew.

    Questions left out stay open. Raises AnswerRefusedError, FileGoneError, ChangedMeanwhileError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="answer", batch=batch_id, answers=dict(answers)),
    )
    replay = find_replay(request)
    batch = lock_batch(batch_id)
    if replay:
        return batch
    check_unchanged(batch, seen=seen)
    _check(batch, answers)
    inbox.path_of(batch.kept)
    batch.answers |= answers
    batch.state = State.WAITING
    batch.progress, batch.rows_done = 0.0, 0
    batch.save(update_fields=["answers", "state", "progress", "rows_done"])
    _remember(batch, answers)
    record(
        action="batches.answer",
        obj=batch,
        actor=actor,
        now=now,
        changes={"answers": len(answers)},
        request=request,
    )
    return batch


def _check(batch: Batch, answers: Mapping[str, str]) -> None:
    if batch.state != State.READY:
        raise AnswerRefusedError(_("Nothing is asked about this file now."))
    if not answers:
        raise AnswerRefusedError(_("Answer at least one question."))
    open_now = {one["key"]: {value for value, _label in one["choices"]} for one in batch.questions}
    if any(value not in open_now.get(key, ()) for key, value in answers.items()):
        raise AnswerRefusedError(_("One of the answers is none of the choices. Choose again."))


def _remember(batch: Batch, answers: Mapping[str, str]) -> None:
    memory, _created = Memory.objects.select_for_update(no_key=True).get_or_create(
        programme=batch.programme, sender_key=batch.sender_key
    )
    memory.answers |= answers
    memory.save(update_fields=["answers"])
