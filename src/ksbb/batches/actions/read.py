"""Reading a received file into rows, a piece at a time; whoever stops half way is followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from ksbb.batches import inbox
from ksbb.batches.blot import blot, blot_all
from ksbb.batches.book import Terms, place_of
from ksbb.batches.compare import TWICE, compare
from ksbb.batches.enums import Effect, RowStatus, State
from ksbb.batches.models import Batch, BatchRow
from ksbb.batches.rules import SILENCE
from ksbb.intake.errors import UnreadableError
from ksbb.intake.reading import read_file
from ksbb.needs.queries_ground import ground_of
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from ksbb.intake.rows import Question, Row, Summary

CHUNK: Final = 1_000
MOST_QUESTIONS: Final = 200
"""So many questions are asked at a time; with their answers the rest comes up."""


class TakenOverError(DomainError):
    """Another worker reads this file now."""

    def __init__(self) -> None:
        """Say so to whoever looks into the log."""
        super().__init__(gettext_lazy("Somebody else reads this file now."))


def claim_reading(batch_id: int | None = None) -> Batch | None:
    """Take the oldest file that waits to be read, or one of them by its key; None where none is."""
    deserted = Q(state=State.READING, worked_at__lt=Now() - SILENCE)
    waiting = Batch.objects.filter(Q(state=State.WAITING) | deserted)
    if batch_id is not None:
        waiting = waiting.filter(pk=batch_id)
    token = uuid4().hex
    for key in waiting.order_by("pk").values_list("pk", flat=True)[:10]:
        mine = waiting.filter(pk=key).update(state=State.READING, worker=token, worked_at=Now())
        if mine:
            return Batch.objects.select_related("programme", "area").get(pk=key)
    return None


def read(batch: Batch, *, today: date) -> None:
    """Read a claimed file to its end; what cannot be read is said on the batch.

    Raises TakenOverError where this worker was too slow and another one goes on.
    """
    BatchRow.objects.filter(batch=batch).delete()
    try:
        summary, questions = _read_rows(batch, Terms(batch, today))
    except UnreadableError as error:
        _give_up(batch, {"code": error.code, "values": blot_all(dict(error.values))})
        return
    except inbox.FileGoneError:
        _give_up(batch, {"code": "file_gone", "values": {}})
        return
    with transaction.atomic():
        _refuse_twins(batch)
        _finish(batch, summary, questions)
    if not questions:
        inbox.throw_away(batch.kept)


def _read_rows(batch: Batch, terms: Terms) -> tuple[Summary, list[dict[str, Any]]]:
    reading = read_file(
        inbox.path_of(batch.kept),
        ground=ground_of(batch.programme),
        answers=batch.answers,
        name=batch.file_name,
    )
    questions: dict[str, dict[str, Any]] = {}
    done = 0
    for chunk in _chunks(reading):
        rows = [_row(batch, done + at, row, terms) for at, row in enumerate(chunk, start=1)]
        compare(rows, terms)
        asked = (
            row.question
            for row in chunk
            if row.question and not terms.leaves_out(row.kelurahan_code)
        )
        _collect(questions, asked, batch)
        done += len(rows)
        _write(batch, rows, done, reading.summary.progress)
    _collect(questions, reading.summary.questions, batch)
    return reading.summary, list(questions.values())


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _row(batch: Batch, position: int, row: Row, terms: Terms) -> BatchRow:
    if terms.leaves_out(row.kelurahan_code):
        # Whose it is not is told where it lies, and nothing of what was written there.
        return BatchRow(
            batch=batch,
            position=position,
            sheet=blot(row.sheet)[:120],
            source_row=row.source_row,
            status=RowStatus.REJECT,
            kind=row.kind,
            village=row.kelurahan_code,
            rw=row.rw,
        )
    kept = BatchRow(
        batch=batch,
        position=position,
        sheet=blot(row.sheet)[:120],
        source_row=row.source_row,
        status=row.status.value,
        reasons=blot_all([[reason.code, dict(reason.values)] for reason in row.reasons]),
        question=blot(row.question.key)[:200] if row.question else "",
        kind=row.kind,
        village=row.kelurahan_code,
        rw=row.rw,
        households=row.kk,
        families=row.kk_rentan,
        residents=row.residents,
        name=blot(row.name)[:160],
        address=blot(row.address)[:240],
        lat=row.lat,
        lon=row.lon,
        counted_on=row.as_of,
    )
    kept.place = place_of(kept)
    return kept


def _collect(questions: dict[str, dict[str, Any]], asked: Iterable[Question], batch: Batch) -> None:
    for question in asked:
        known = questions.get(question.key)
        if known:
            known["rows"] += 1
        elif question.key not in batch.answers and len(questions) < MOST_QUESTIONS:
            asked_once = {
                "key": question.key,
                "kind": question.kind.value,
                "subject": question.subject,
                "choices": [[choice.value, choice.label] for choice in question.choices],
                "rows": 1,
            }
            questions[question.key] = blot_all(asked_once)


@transaction.atomic
def _write(batch: Batch, rows: list[BatchRow], done: int, progress: float) -> None:
    _sign_of_life(batch, rows_done=done, progress=progress)
    BatchRow.objects.bulk_create(rows)


def _refuse_twins(batch: Batch) -> None:
    """Take only the first of several rows about one place: the reader may not see them all."""
    taken = BatchRow.objects.filter(batch=batch).exclude(effect=Effect.REFUSED)
    twins = taken.values("place").annotate(rows=Count("pk"), first=Min("position"))
    for place, first in twins.filter(rows__gt=1).order_by("place").values_list("place", "first"):
        taken.filter(place=place, position__gt=first).update(
            status=RowStatus.CONFLICT,
            effect=Effect.REFUSED,
            before=None,
            after=None,
            needs=[],
            held=[{"code": TWICE}],
        )


def _finish(batch: Batch, summary: Summary, questions: list[dict[str, Any]]) -> None:
    _sign_of_life(
        batch,
        state=State.READY,
        progress=1.0,
        trouble="",
        questions=questions,
        dropped=blot_all([[*one] for one in summary.dropped]),
        sheets=blot_all(
            {
                "read": summary.sheets,
                "empty": summary.empty_sheets,
                "hidden": summary.hidden_sheets,
            }
        ),
        tally=count_up(batch),
    )


def count_up(batch: Batch) -> dict[str, dict[str, int]]:
    """Return how many rows have each status and each effect."""
    rows = BatchRow.objects.filter(batch=batch).order_by()
    return {
        field: dict(rows.values_list(field).annotate(Count("pk"))) for field in ("status", "effect")
    }


def _give_up(batch: Batch, why: dict[str, Any]) -> None:
    with transaction.atomic():
        BatchRow.objects.filter(batch=batch).delete()
        _sign_of_life(
            batch, state=State.FAILED, trouble=why["code"], tally={"values": why["values"]}
        )
    inbox.throw_away(batch.kept)


def _sign_of_life(batch: Batch, **fields: Any) -> None:
    """Write how far this worker is, unless another one has taken its place."""
    mine = Batch.objects.filter(pk=batch.pk, worker=batch.worker, state=State.READING)
    if not mine.update(worked_at=Now(), **fields):
        raise TakenOverError
