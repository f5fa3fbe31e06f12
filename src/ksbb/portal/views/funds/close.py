"""Closing a period of an aggregator's book: book and bank beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from typing import Final

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions import close as actions
from ksbb.funds.queries_close import beside, closes_of, open_since
from ksbb.portal.forms.close import CloseForm, LastDayForm
from ksbb.portal.funds.own import own_book
from ksbb.shared import clock
from ksbb.shared.clock import in_wib
from ksbb.shared.formats import day, sen
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out

GET_OR_POST: Final = ["GET", "HEAD", "POST"]


@requires("funds.keep_book")
@never_cache
@require_http_methods(GET_OR_POST)
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the open period up to a day beside the bank; a sent form closes it."""
    aggregator = own_book(request, slug)
    if request.method != "POST":
        chosen = LastDayForm(request.GET if "sampai" in request.GET else None)
        _refuse_out_of_reach(chosen, aggregator)
        is_wrong = chosen.is_bound and not chosen.is_valid()
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
        return _page(request, aggregator, None, status, day_form=chosen)
    form = CloseForm(request.POST, last=_usual_last())

    def do(by: By) -> None:
        given = form.cleaned_data
        actions.close(
            aggregator=aggregator,
            last=given["sampai"],
            bank=given["saldo"],
            reason=given["alasan"],
            **by,
        )

    return carry_out(
        request,
        form,
        do,
        said=_("The period is closed."),
        back=reverse("portal:book-close", args=[aggregator.slug]),
        show=partial(_page, request, aggregator),
    )


def _page(
    request: HttpRequest,
    aggregator: Collaborator,
    form: BaseForm | None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
    *,
    day_form: LastDayForm | None = None,
) -> HttpResponse:
    last = _last(form) or _last(day_form) or _usual_last()
    since = open_since(aggregator)
    sums = beside(aggregator, last)
    bank = "" if sums.bank is None or sums.bank < 0 else sen(sums.bank)
    context = {
        "aggregator": aggregator,
        "first": in_wib(since).date() if since else None,
        "last": last,
        "sums": sums,
        "form": form or (day_form if status != HTTPStatus.OK else None),
        "refusals": refusals,
        "day_form": day_form if day_form and day_form.is_bound else LastDayForm({"sampai": last}),
        "close_form": form or CloseForm(None, last=last, bank=bank),
        "closes": closes_of(aggregator),
        "as_of": clock.now(),
    }
    return render(request, "portal/funds/close.html", context, status=status)


def _refuse_out_of_reach(chosen: LastDayForm, aggregator: Collaborator) -> None:
    """Say where the open period cannot end on the day: before it begins, or in the future."""
    last, since = _last(chosen), open_since(aggregator)
    if last is None or since is None:
        return
    first = in_wib(since).date()
    if last < first:
        chosen.add_error(
            "sampai",
            _("The open period begins after %(day)s. Choose a later last day.")
            % {"day": day(first - timedelta(days=1))},
        )
    elif last > clock.now().date():
        chosen.add_error(
            "sampai",
            _("%(day)s is not over yet. A period can be closed an hour after its last day.")
            % {"day": day(last)},
        )


def _last(form: BaseForm | None) -> date | None:
    """Return the day somebody chose, where it can be read."""
    if form is None or not form.is_bound:
        return None
    form.is_valid()
    chosen: date | None = form.cleaned_data.get("sampai")
    return chosen


def _usual_last() -> date:
    """Return the last day of the month before."""
    return clock.now().date().replace(day=1) - timedelta(days=1)
