from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.batches.enums import Decision, Effect, State
from ksbb.batches.models import Batch, BatchRow

if TYPE_CHECKING:
    from django.db.models import QuerySet


def all_batches() -> QuerySet[Batch]:
    """Return the files that were sent in, newest first."""
    return Batch.objects.select_related("programme", "created_by").order_by("-pk")


def find_batch(batch_id: int) -> Batch | None:
    """Return one file, or None."""
    return all_batches().filter(pk=batch_id).first()


def earlier_of_same_content(batch: Batch) -> Batch | None:
    """Return the newest earlier file with the very same content, unless it was discarded."""
    return (
        Batch.objects.filter(digest=batch.digest, programme=batch.programme_id, pk__lt=batch.pk)
        .exclude(state=State.DISCARDED)
        .order_by("-pk")
        .first()
    )


def rows_of(batch: Batch, *, status: str = "", effect: str = "") -> QuerySet[BatchRow]:
    """Return the rows of a file in their order, all or those of a status or an effect."""
    rows = BatchRow.objects.filter(batch=batch).order_by("position")
    if status:
        rows = rows.filter(status=status)
    return rows.filter(effect=effect) if effect else rows


def undecided(batch: Batch) -> int:
    """Return how many rows wait for a decision and have none."""
    return rows_of(batch, effect=Effect.HELD).filter(decision=Decision.NONE).count()


def to_be_written(batch: Batch) -> int:
    """Return how many rows would go into the book."""
    counts = dict(batch.tally.get("effect", {}))
    held = rows_of(batch, effect=Effect.HELD).exclude(decision=Decision.NONE).count()
    return int(counts.get(Effect.NEW, 0)) + int(counts.get(Effect.CHANGED, 0)) + held


def awaiting_officer() -> QuerySet[Batch]:
    """Return the files that were read and wait for answers, decisions or the word to write."""
    return all_batches().filter(state=State.READY)
