"""One file of targets: what it would change, what is asked, and the decisions about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.audit.queries import entries_about, newest_entry_id, was_carried_out
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms import batch as forms
from ksbb.backoffice.forms.decide import PlainForm
from ksbb.backoffice.inbox.handling import carried, handled, lead_on, within_box
from ksbb.backoffice.inbox.sources import FILE, LIST
from ksbb.backoffice.paging import page_of
from ksbb.backoffice.views.batches import begin_reading
from ksbb.backoffice.wording import in_words
from ksbb.batches import words
from ksbb.batches.actions.answer import answer as answer_questions
from ksbb.batches.actions.commit import StalePreviewError
from ksbb.batches.actions.commit import commit as commit_batch
from ksbb.batches.actions.decide import decide as decide_rows
from ksbb.batches.actions.discard import discard as discard_batch
from ksbb.batches.actions.hand_in import hand_in as hand_in_batch
from ksbb.batches.actions.look_again import look_again
from ksbb.batches.actions.queue import queue
from ksbb.batches.actions.send_back import send_back as send_back_batch
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
from ksbb.web.access import check, reader, requires
from ksbb.web.acting import By, carry_out, key_of, seen

HISTORY: Final = 20
LONGEST: Final = 19
"""Digits of a key, and one more."""
MOST: Final = 100
"""As many decisions are taken from one form."""


@requires("batches.view")
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a file is, or what it would change."""
    return _page(request, pk)


@requires("batches.prepare")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer questions; the file is read anew with the answers."""
    found = _found(request, pk, "batches.prepare")
    form = forms.QuestionForm(request.POST, found)

    def do(by: By) -> None:
        answer_questions(batch_id=pk, answers=form.answers, seen=seen(request), **by)
        begin_reading(or_404(find_batch(pk)))

    return _carry_out(request, found, form, do, said=_("The answers are kept."))


@requires("batches.hand_in")
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an officer's file to the working group."""
    found = _found(request, pk, "batches.hand_in")

    def do(by: By) -> None:
        hand_in_batch(batch_id=pk, seen=seen(request), **by)

    answer = _carry_out(
        request,
        found,
        PlainForm(request.POST),
        do,
        said=_("The list is with the working group. You see here what becomes of it."),
    )
    return lead_on(request, answer, kind=LIST, key=pk)


@requires("batches.import")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an officer's file back with the reason."""
    found = or_404(find_batch(pk))
    form = forms.SendBackForm(request.POST)

    def do(by: By) -> None:
        reason = form.cleaned_data["alasan"]
        send_back_batch(batch_id=pk, reason=reason, seen=seen(request), **by)

    answer = _carry_out(request, found, form, do, said=_("The list is back with its sender."))
    return lead_on(request, answer, kind=FILE, key=pk)


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

    answer = _carry_out(
        request,
        found,
        PlainForm(request.POST),
        do,
        said=_("The file is being written.") if is_large else _("The file is in the book."),
    )
    return lead_on(request, answer, kind=FILE, key=pk)


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


@requires("batches.prepare")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a file of which nothing was written."""
    _found(request, pk, "batches.prepare")
    if request.method != "POST":
        return redirect("backoffice:batch", pk)

    def do(by: By) -> None:
        discard_batch(batch_id=pk, **by)

    answer = carry_out(
        request,
        PlainForm(request.POST),
        do,
        said=_("The file is discarded."),
        back=reverse("backoffice:batches"),
        show=partial(_show, request, pk),
    )
    return lead_on(request, answer, kind=_kind(request), key=pk)


def _kind(request: HttpRequest) -> str:
    """Return as what a file waits for the reader: to be decided on, or to be handed in."""
    return FILE if request.user.has_perm("batches.import") else LIST


def _found(request: HttpRequest, pk: int, permission: str) -> Batch:
    """Return a file the reader may see; to change it, it has to be their turn as well."""
    found = or_404(find_batch(pk))
    check(request, "batches.view", found)
    sends = request.method == "POST" and not was_carried_out(key_of(request))
    if sends and not request.user.has_perm(permission, found):
        raise PermissionDenied(_("This list is not with you now. Open its page again."))
    return found


def _carry_out(
    request: HttpRequest, found: Batch, form: BaseForm, do: Callable[[By], None], *, said: str
) -> HttpResponse:
    return carry_out(
        request,
        form,
        do,
        said=said,
        back=within_box(request, reverse("backoffice:batch", args=[found.pk])),
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
    check(request, "batches.view", found)
    if found.state in AT_WORK:
        see_to_it(pk)
    user = reader(request)
    prepares = user.has_perm("batches.prepare", found)
    context = {
        "batch": found,
        "seen": newest_entry_id(found),
        "form": form,
        "refusals": refusals,
        "at_work": found.state in AT_WORK,
        "percent": round(found.progress * 100),
        "trouble": words.trouble_in_words(found),
        "prepares": prepares,
        "writes": user.has_perm("batches.import", found),
        "hands_in": user.has_perm("batches.hand_in", found),
        "may_discard": prepares and found.state in BEFORE_WRITING and not found.is_proposed,
        "may_send_back": found.is_proposed and found.state == State.READY,
        "earlier": earlier_of_same_content(found, user),
        "history": in_words(
            entries_about(object_type="batches.batch", object_id=str(pk))[:HISTORY]
        ),
        "back_form": form if isinstance(form, forms.SendBackForm) else forms.SendBackForm(),
        "undo_form": form if isinstance(form, forms.UndoForm) else forms.UndoForm(),
        **handled(request, _kind(request), found),
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
    decides = is_ready and request.user.has_perm("batches.import", found)
    held = [one.row for one in rows if one.row.effect == Effect.HELD] if decides else []
    decisions = form if isinstance(form, forms.DecisionForm) else forms.DecisionForm(None, held)
    asks = is_ready and bool(found.questions) and request.user.has_perm("batches.prepare", found)
    return {
        "filter": chosen,
        "page": page,
        "rows": [(one, _field(decisions, one.row)) for one in rows],
        "has_held_here": bool(held),
        "tally": _tally(request, found),
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


def _tally(request: HttpRequest, found: Batch) -> list[tuple[str, int, str]]:
    """Return the numbers of the preview: words, count, address of the rows."""
    counts = found.tally
    effects = [("akibat", "effect", value, str(label)) for value, label in Effect.choices]
    statuses = [
        ("status", "status", value, str(label))
        for value, label in RowStatus.choices
        if value != RowStatus.ACCEPT and counts.get("status", {}).get(value)
    ]
    box = carried(request)["carried"]
    return [
        (label, counts.get(among, {}).get(value, 0), f"?{urlencode({name: value} | box)}")
        for name, among, value, label in (*effects, *statuses)
    ]
