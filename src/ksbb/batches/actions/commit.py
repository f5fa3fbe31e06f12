"""Writing a file into the book: all of it, or nothing."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.batches import inbox
from ksbb.batches.actions.look_again import chunks
from ksbb.batches.actions.write_rows import Writer
from ksbb.batches.book import Terms
from ksbb.batches.compare import compare, needs_after, outcome
from ksbb.batches.enums import Effect, State
from ksbb.batches.locking import lock_batch, take_turn
from ksbb.batches.models import BatchRow
from ksbb.needs.locking import lock_needs
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.batches.locking import LockedBatch
    from ksbb.batches.models import Batch

TAKEN: Final = Q(effect__in=(Effect.NEW, Effect.CHANGED)) | Q(~Q(decision=""), effect=Effect.HELD)
"""Rows that go into the book; a row that waits for a decision only with one."""

LOCKED_AT_ONCE: Final = 2_000


class CommitRefusedError(DomainError):
    """The file cannot be written now."""


class StalePreviewError(DomainError):
    """The book has moved since the preview was made, so nothing was written."""


@transaction.atomic
def commit(
    *,
    batch_id: int,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Batch:
    """Write every row that is to be taken, with the needs that follow, in one transaction.

    Raises CommitRefusedError, StalePreviewError where any place reads otherwise than in the
    preview, and ChangedMeanwhileError after somebody else's decision about this file.
    """
    request = Request(key=idempotency_key, fingerprint=fingerprint(action="commit", batch=batch_id))
    replay = find_replay(request)
    take_turn()
    batch = lock_batch(batch_id)
    if replay:
        return batch
    check_unchanged(batch, seen=seen)
    check_ready(batch)
    _lock_all_needs(batch)
    written = _write(batch, actor, now)
    kept, batch.kept, batch.state, batch.trouble = batch.kept, "", State.COMMITTED, ""
    batch.save(update_fields=["kept", "state", "trouble"])
    record(
        action="batches.commit",
        obj=batch,
        actor=actor,
        now=now,
        changes={"file": batch.file_name, **written},
        request=request,
    )
    transaction.on_commit(lambda: inbox.throw_away(kept))
    return batch


def check_ready(batch: LockedBatch) -> None:
    """Raise CommitRefusedError unless there is something to write and nobody has done so."""
    if batch.handed_in_at is None:
        raise CommitRefusedError(_("The officer of the area has not handed in this list."))
    if batch.state in {State.COMMITTED, State.UNDONE}:
        raise CommitRefusedError(_("This file was written into the book already."))
    if batch.state not in {State.READY, State.QUEUED}:
        raise CommitRefusedError(_("This file is not ready to be written."))
    if not BatchRow.objects.filter(TAKEN, batch=batch).exists():
        raise CommitRefusedError(
            _("Nothing in this file would change the book, so there is nothing to write.")
        )


def _lock_all_needs(batch: LockedBatch) -> None:
    """Lock every need before any is judged, in the order of their keys as everybody does."""
    keys = array("q")
    for rows in chunks(batch, effect__in=(Effect.CHANGED, Effect.HELD)):
        keys.extend(key for row in rows for key, *_ in needs_after(row))
    in_order = sorted(set(keys))
    for first in range(0, len(in_order), LOCKED_AT_ONCE):
        lock_needs(in_order[first : first + LOCKED_AT_ONCE])


def _write(batch: LockedBatch, actor: Actor, now: datetime) -> dict[str, int]:
    terms = Terms(batch, now.date())
    writer = Writer(terms, reason=str(batch), actor=actor, now=now)
    moved = 0
    for rows in chunks(batch):
        taken = [row for row in rows if _is_taken(row)]
        moved += _count_moved(taken, terms)
        if not moved:
            _write_rows(writer, taken)
    if moved:
        raise StalePreviewError(
            _(
                "%(count)s rows read otherwise than when this page was made, because the book has "
                "moved. Nothing was written. Look at the new preview, then write again."
            )
            % {"count": number(moved)}
        )
    return writer.tally


def _write_rows(writer: Writer, taken: list[BatchRow]) -> None:
    try:
        writer.write(taken)
    except IntegrityError as error:
        raise StalePreviewError(
            _("Somebody entered one of the new places just now. Nothing was written; try again.")
        ) from error


def _is_taken(row: BatchRow) -> bool:
    return row.effect in {Effect.NEW, Effect.CHANGED} or (
        row.effect == Effect.HELD and bool(row.decision)
    )


def _count_moved(taken: Iterable[BatchRow], terms: Terms) -> int:
    """Compare rows with the locked book once more; return how many are not what was shown."""
    rows = list(taken)
    shown = [outcome(row) for row in rows]
    compare(rows, terms, lock=True)
    return sum(outcome(row) != before for row, before in zip(rows, shown, strict=True))
