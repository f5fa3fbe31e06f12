from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.batches.enums import Decision, Effect, State
from ksbb.batches.models import Batch, BatchRow
from ksbb.rights.queries import in_watched_areas

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ksbb.accounts.models import User


def all_batches() -> QuerySet[Batch]:
    """Return the files that were sent in, newest first."""
    return Batch.objects.select_related("programme", "created_by", "area").order_by("-pk")


def find_batch(batch_id: int) -> Batch | None:
    """Return one file, or None."""
    return all_batches().filter(pk=batch_id).first()


def batches_for(user: User) -> QuerySet[Batch]:
    """Return the files a reader may see: all, or those about an officer's areas; newest first."""
    return all_batches().filter(in_watched_areas("area", user))


def earlier_of_same_content(batch: Batch, user: User) -> Batch | None:
    """Return the newest earlier file with the very same content that the reader may see.

    One that was discarded counts for nothing.
    """
    return (
        batches_for(user)
        .filter(digest=batch.digest, programme=batch.programme_id, pk__lt=batch.pk)
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
    return all_batches().filter(state=State.READY, handed_in_at__isnull=False)


def with_area_officer() -> QuerySet[Batch]:
    """Return the files that officers of an area have still to hand in, or got back."""
    return all_batches().filter(state=State.READY, handed_in_at=None)
