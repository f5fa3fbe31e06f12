"""One file of targets: what it would change, what is asked, and the decisions about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.audit.queries import entries_about, newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms import batch as forms
from ksbb.backoffice.forms.decide import PlainForm
from ksbb.backoffice.paging import page_of
from ksbb.backoffice.views.batches import begin_reading
from ksbb.backoffice.wording import in_words
from ksbb.batches import words
from ksbb.batches.actions.answer import answer as answer_questions
from ksbb.batches.actions.commit import StalePreviewError
from ksbb.batches.actions.commit import commit as commit_batch
from ksbb.batches.actions.decide import decide as decide_rows
from ksbb.batches.actions.discard import discard as discard_batch
from ksbb.batches.actions.look_again import look_again
from ksbb.batches.actions.queue import queue
from ksbb.batches.actions.undo import undo as undo_batch
from ksbb.batches.enums import AT_WORK, BEFORE_WRITING, Decision, Effect, RowStatus, State
from ksbb.batches.models import Batch, BatchRow
from ksbb.batches.queries import (
    earlier_of_same_content,
    find_batch,
    rows_of,
    to_be_written,
    undecided,
)
from ksbb.batches.worker import see_to_it
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out, seen

HISTORY: Final = 20
LONGEST: Final = 19
"""Digits of a key, and one more."""
MOST: Final = 100
"""As many decisions are taken from one form."""


@requires("batches.import")
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a file is, or what it would change."""
    return _page(request, pk)


@requires("batches.import")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer questions; the file is read anew with the answers."""
    found = or_404(find_batch(pk))
    form = forms.QuestionForm(request.POST, found)

    def do(by: By) -> None:
        answer_questions(batch_id=pk, answers=form.answers, seen=seen(request), **by)
        begin_reading(or_404(find_batch(pk)))

    return _carry_out(request, found, form, do, said=_("The answers are kept."))


@requires("batches.import")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about the rows of a page that wait for a decision."""
    found = or_404(find_batch(pk))
    form = forms.DecisionForm(request.POST, _held_of(request, found))

    def do(by: By) -> None:
        decide_rows(batch_id=pk, decisions=form.decisions, seen=seen(request), **by)

    return _carry_out(request, found, form, do, said=_("The decisions are written down."))


@requires("batches.import")
def decide_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about all rows that wait for a decision at once."""
    found = or_404(find_batch(pk))
    form = forms.DecisionForAllForm(request.POST)

    def do(by: By) -> None:
        decision = Decision(form.cleaned_data["putusan"])
        decide_rows(batch_id=pk, decisions=decision, seen=seen(request), **by)

    return _carry_out(request, found, form, do, said=_("The decisions are written down."))


@requires("batches.import")
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a file into the book; a large one is handed to a worker."""
    found = or_404(find_batch(pk))
    is_large = to_be_written(found) > settings.BATCH_AT_ONCE_ROWS

    def do(by: By) -> None:
        if is_large:
            queue(batch_id=pk, seen=seen(request), **by)
            see_to_it(pk)
            return
        try:
            commit_batch(batch_id=pk, seen=seen(request), **by)
        except StalePreviewError:
            look_again(batch_id=pk, today=by["now"].date())
            raise

    return _carry_out(
        request,
        found,
        PlainForm(request.POST),
        do,
        said=_("The file is being written.") if is_large else _("The file is in the book."),
    )


@requires("batches.import")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file back out of the book."""
    found = or_404(find_batch(pk))
    form = forms.UndoForm(request.POST)

    def do(by: By) -> None:
        undo_batch(batch_id=pk, reason=form.cleaned_data["alasan"], seen=seen(request), **by)

    return _carry_out(
        request, found, form, do, said=_("The file is taken back; the book is as it was before.")
    )


@requires("batches.import")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a file of which nothing was written."""
    or_404(find_batch(pk))
    if request.method != "POST":
        return redirect("backoffice:batch", pk)

    def do(by: By) -> None:
        discard_batch(batch_id=pk, **by)

    return carry_out(
        request,
        PlainForm(request.POST),
        do,
        said=_("The file is discarded."),
        back=reverse("backoffice:batches"),
        show=partial(_show, request, pk),
    )


def _carry_out(
    request: HttpRequest, found: Batch, form: BaseForm, do: Callable[[By], None], *, said: str
) -> HttpResponse:
    return carry_out(
        request,
        form,
        do,
        said=said,
        back=reverse("backoffice:batch", args=[found.pk]),
        show=partial(_show, request, found.pk),
        about=found,
    )


def _show(
    request: HttpRequest, pk: int, form: BaseForm, status: HTTPStatus, refusals: Sequence[str]
) -> HttpResponse:
    return _page(request, pk, form, status, refusals)


def _page(
    request: HttpRequest,
    pk: int,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = or_404(find_batch(pk))
    if found.state in AT_WORK:
        see_to_it(pk)
    context = {
        "batch": found,
        "seen": newest_entry_id(found),
        "form": form,
        "refusals": refusals,
        "at_work": found.state in AT_WORK,
        "percent": round(found.progress * 100),
        "trouble": words.trouble_in_words(found),
        "may_discard": found.state in BEFORE_WRITING,
        "earlier": earlier_of_same_content(found),
        "history": in_words(
            entries_about(object_type="batches.batch", object_id=str(pk))[:HISTORY]
        ),
        "undo_form": form if isinstance(form, forms.UndoForm) else forms.UndoForm(),
        **(_preview(request, found, form) if _has_rows(found) else {}),
    }
    return render(request, "backoffice/batch.html", context, status=status)


def _has_rows(found: Batch) -> bool:
    return found.state in {State.READY, State.QUEUED, State.COMMITTED, State.UNDONE}


def _preview(request: HttpRequest, found: Batch, form: BaseForm | None) -> dict[str, Any]:
    chosen = forms.RowFilter(request.GET)
    page = page_of(rows_of(found, **chosen.chosen), request)
    rows = words.rows_in_words(list(page))
    is_ready = found.state == State.READY
    held = [one.row for one in rows if one.row.effect == Effect.HELD] if is_ready else []
    decisions = form if isinstance(form, forms.DecisionForm) else forms.DecisionForm(None, held)
    asks = is_ready and bool(found.questions)
    return {
        "filter": chosen,
        "page": page,
        "rows": [(one, _field(decisions, one.row)) for one in rows],
        "has_held_here": bool(held),
        "tally": _tally(found),
        "dropped": words.dropped_in_words(found),
        "sheets": words.sheets_in_words(found),
        "questions": _questions(found, form) if asks else None,
        "more_questions": max(len(found.questions) - forms.QUESTIONS_SHOWN, 0),
        "undecided": undecided(found) if is_ready else 0,
        "for_all": forms.DecisionForAllForm(),
        "to_write": to_be_written(found) if is_ready else 0,
        "is_ready": is_ready,
    }


def _questions(found: Batch, form: BaseForm | None) -> BaseForm:
    return form if isinstance(form, forms.QuestionForm) else forms.QuestionForm(None, found)


def _field(decisions: BaseForm, row: BatchRow) -> Any:
    name = f"putusan-{row.pk}"
    return decisions[name] if name in decisions.fields else None


def _held_of(request: HttpRequest, found: Batch) -> list[BatchRow]:
    """Return the rows whose decisions were sent, as far as they are rows of this file."""
    sent = [name.partition("-")[2] for name in request.POST if name.startswith("putusan-")]
    keys = [int(key) for key in sent if key.isascii() and key.isdecimal() and len(key) < LONGEST]
    return list(rows_of(found, effect=Effect.HELD).filter(pk__in=keys[:MOST]))


def _tally(found: Batch) -> list[tuple[str, str, str, int]]:
    """Return the numbers of the preview: parameter, value, words, count."""
    counts = found.tally
    effects = [
        ("akibat", value, str(label), counts.get("effect", {}).get(value, 0))
        for value, label in Effect.choices
    ]
    statuses = [
        ("status", value, str(label), counts.get("status", {}).get(value, 0))
        for value, label in RowStatus.choices
        if value != RowStatus.ACCEPT
    ]
    return [*effects, *(one for one in statuses if one[3])]
