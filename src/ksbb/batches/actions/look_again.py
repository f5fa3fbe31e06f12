from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from ksbb.batches.actions.read import count_up
from ksbb.batches.book import Terms
from ksbb.batches.compare import compare, outcome
from ksbb.batches.enums import Effect, State
from ksbb.batches.locking import lock_batch
from ksbb.batches.models import BatchRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ksbb.batches.models import Batch

OUTCOME: Final = ("effect", "target_code", "before", "after", "needs", "held", "decision")
CHUNK: Final = 1_000


@transaction.atomic
def look_again(*, batch_id: int, today: date) -> int:
    """Compare a file that is ready with the book of now; return how many rows read otherwise.

    A decision about a row that has become another one is forgotten. Writes no audit row: it only
    refreshes what a page shows.
    """
    batch = lock_batch(batch_id)
    if batch.state != State.READY:
        return 0
    terms = Terms(batch, today)
    different = sum(_refresh(rows, terms) for rows in chunks(batch))
    if different:
        batch.tally = count_up(batch)
        batch.save(update_fields=["tally"])
    return different


def chunks(batch: Batch, **condition: Any) -> Iterator[list[BatchRow]]:
    """Yield the rows of a batch in their order, a few at a time, so that any number fits."""
    rows = BatchRow.objects.filter(batch=batch, **condition).order_by("position")
    last = 0
    while chunk := list(islice(rows.filter(position__gt=last)[:CHUNK], CHUNK)):
        yield chunk
        last = chunk[-1].position


def _refresh(rows: list[BatchRow], terms: Terms) -> int:
    candidates = [row for row in rows if row.place and not _is_twin(row)]
    stood = {row.pk: outcome(row) for row in candidates}
    compare(candidates, terms)
    different = [row for row in candidates if outcome(row) != stood[row.pk]]
    for row in different:
        row.decision = ""
    BatchRow.objects.bulk_update(different, OUTCOME)
    return len(different)


def _is_twin(row: BatchRow) -> bool:
    return row.effect == Effect.REFUSED and row.status not in {"accept", "warn"}
