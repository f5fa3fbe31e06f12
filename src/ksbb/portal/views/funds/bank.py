"""The bank's side of the book: statements come in, rows wait, a person says which gift each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from http import HTTPStatus
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions import bank as actions
from ksbb.funds.models import BankRow, Gift
from ksbb.funds.queries_bank import (
    answered,
    answers_about,
    could_be,
    rows_of,
    unanswered,
    with_suggestions,
)
from ksbb.funds.statements.lines import Line, StatementRefusedError
from ksbb.funds.statements.read import MOST_BYTES, read_statement
from ksbb.portal.forms.bank import (
    MatchForm,
    SetApartForm,
    SplitForm,
    StatementForm,
    TakeBackForm,
)
from ksbb.portal.funds.own import own_book
from ksbb.shared.clock import in_wib
from ksbb.shared.formats import number
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out

ROWS: Final = 20
ANSWERED_SHOWN: Final = 10
OFFERED: Final = 200
"""Gifts one may choose from; older ones are confirmed first."""

AROUND_A_FILE: Final = 1024 * 1024
GET_OR_POST: Final = ["GET", "HEAD", "POST"]


@requires("funds.keep_book")
@never_cache
@require_http_methods(GET_OR_POST)
def bank(request: HttpRequest, slug: str) -> HttpResponse:
    """List the credits that wait for a word; a sent form takes in a statement."""
    aggregator = own_book(request, slug)
    accounts = list(aggregator.bank_accounts.order_by("pk"))
    show = partial(_list, request, aggregator)
    if request.method != "POST":
        return show(StatementForm(None, None, accounts))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + AROUND_A_FILE:
        too_large = _("The file is larger than 10 MB. Export a shorter span.")
        form = StatementForm(None, None, accounts)
        return show(form, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, [too_large])
    form = StatementForm(request.POST, request.FILES, accounts)

    def do(by: By) -> None:
        lines = _lines(form, in_wib(by["now"]).date())
        taken = actions.take_in(aggregator=aggregator, account=form.account, lines=lines, **by)
        words = {"rows": number(taken.rows), "new": number(taken.new)}
        messages.info(request, _("Rows in the file: %(rows)s. New ones: %(new)s.") % words)

    return carry_out(
        request,
        form,
        do,
        said=_("The statement was read. Rows that were known already changed nothing."),
        back=_address(aggregator),
        show=show,
    )


def _lines(form: StatementForm, today: date) -> list[Line]:
    """Read the file where it lies for this one moment; nothing but its rows is kept."""
    file = form.cleaned_data["berkas"]
    if file.size > MOST_BYTES:
        raise StatementRefusedError(_("The file is larger than 10 MB. Export a shorter span."))
    with NamedTemporaryFile() as copy:
        for piece in file.chunks():
            copy.write(piece)
        copy.flush()
        return read_statement(Path(copy.name), Path(file.name), today)


def _list(
    request: HttpRequest,
    aggregator: Collaborator,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    page = Paginator(unanswered(aggregator), ROWS).get_page(request.GET.get("hal"))
    context = {
        "aggregator": aggregator,
        "form": form,
        "refusals": refusals,
        "page": page,
        "open_rows": with_suggestions(list(page.object_list), aggregator),
        "answered": answered(aggregator)[:ANSWERED_SHOWN],
    }
    return render(request, "portal/funds/bank.html", context, status=status)


@requires("funds.keep_book")
@never_cache
@require_safe
def row(request: HttpRequest, slug: str, row_id: int) -> HttpResponse:
    """Show one row of the bank with the gifts it may be."""
    return _page(request, *_own_row(request, slug, row_id))


@requires("funds.keep_book")
@never_cache
def match(request: HttpRequest, slug: str, row_id: int) -> HttpResponse:
    """Confirm the chosen gift with the amount of the row."""
    aggregator, found = _own_row(request, slug, row_id)
    form = MatchForm(request.POST, _choices(found, aggregator))

    def do(by: By) -> None:
        given = form.cleaned_data
        parts = {int(given["pemberian"]): None}
        actions.match(row_id=found.pk, parts=parts, reason=given["alasan"], **by)

    said = _("The gift is confirmed and has its receipt.")
    return _answer(request, aggregator, found, form, do, said)


@requires("funds.keep_book")
@never_cache
def split(request: HttpRequest, slug: str, row_id: int) -> HttpResponse:
    """Confirm several gifts with the parts of one row."""
    aggregator, found = _own_row(request, slug, row_id)
    form = SplitForm(request.POST, _choices(found, aggregator))

    def do(by: By) -> None:
        reason = form.cleaned_data["alasan"]
        actions.match(row_id=found.pk, parts=form.parts, reason=reason, **by)

    said = _("The gifts are confirmed and have their receipts.")
    return _answer(request, aggregator, found, form, do, said)


@requires("funds.keep_book")
@never_cache
def set_apart(request: HttpRequest, slug: str, row_id: int) -> HttpResponse:
    """Say that a row is no gift."""
    aggregator, found = _own_row(request, slug, row_id)
    form = SetApartForm(request.POST)

    def do(by: By) -> None:
        actions.set_apart(row_id=found.pk, reason=form.cleaned_data["alasan"], **by)

    said = _("The row is written down as no gift.")
    return _answer(request, aggregator, found, form, do, said)


@requires("funds.keep_book")
@never_cache
def take_back(request: HttpRequest, slug: str, row_id: int) -> HttpResponse:
    """Take back what was said of a row, so that it waits for a word again."""
    aggregator, found = _own_row(request, slug, row_id)
    form = TakeBackForm(request.POST)

    def do(by: By) -> None:
        reason = form.cleaned_data["alasan"]
        actions.take_back_answer(row_id=found.pk, reason=reason, **by)

    said = _("The answer is taken back. The row waits for your word again.")
    return _answer(request, aggregator, found, form, do, said)


def _answer(
    request: HttpRequest,
    aggregator: Collaborator,
    found: BankRow,
    form: BaseForm,
    do: Callable[[By], None],
    said: str,
) -> HttpResponse:
    show = partial(_page, request, aggregator, found)
    return carry_out(request, form, do, said=said, back=_address(aggregator), show=show)


def _own_row(request: HttpRequest, slug: str, row_id: int) -> tuple[Collaborator, BankRow]:
    aggregator = own_book(request, slug)
    found = rows_of(aggregator).filter(pk=row_id).first()
    if found is None:
        raise Http404(_("None of your bank accounts has this row."))
    return aggregator, found


def _page(
    request: HttpRequest,
    aggregator: Collaborator,
    found: BankRow,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    matches = with_suggestions([found], aggregator)[0].matches
    gifts = _choices(found, aggregator)
    said = list(answers_about(found))
    context = {
        "aggregator": aggregator,
        "row": found,
        "answers": [one for one in said if not hasattr(one, "taken_back")],
        "taken_back": [one for one in said if hasattr(one, "taken_back")],
        "matches": matches,
        "form": form,
        "refusals": refusals,
        "match_form": form if isinstance(form, MatchForm) else MatchForm(None, gifts),
        "split_form": form if isinstance(form, SplitForm) else SplitForm(None, gifts),
        "back_form": form if isinstance(form, TakeBackForm) else TakeBackForm(),
        "apart_form": form if isinstance(form, SetApartForm) else SetApartForm(),
        "gifts": gifts,
    }
    return render(request, "portal/funds/bank_row.html", context, status=status)


def _choices(found: BankRow, aggregator: Collaborator) -> list[Gift]:
    """Return the suggested gifts, then every other declared one."""
    suggested = [one.gift for one in with_suggestions([found], aggregator)[0].matches]
    keys = {gift.pk for gift in suggested}
    others = could_be(aggregator).exclude(pk__in=keys)[:OFFERED]
    return [*suggested, *others]


def _address(aggregator: Collaborator) -> str:
    return reverse("portal:book-bank", args=[aggregator.slug])
