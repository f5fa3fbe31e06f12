"""The statement of a period: on a page, as a workbook with every entry, as a document."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from typing import NamedTuple

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.collaborators.models import Collaborator
from ksbb.funds.models import Close
from ksbb.funds.queries_close import beginning_of, closes_of, end_of
from ksbb.funds.queries_statement import Statement, entries_of, statement_of
from ksbb.portal.forms.close import SpanForm
from ksbb.portal.funds.own import own_book
from ksbb.portal.funds.statement import costs_in_words, days_of, sections
from ksbb.portal.funds.statement_pdf import statement_pdf
from ksbb.portal.funds.statement_xlsx import statement_xlsx
from ksbb.shared import clock
from ksbb.shared.clock import in_wib
from ksbb.web.access import requires
from ksbb.web.downloads import XLSX


class Asked(NamedTuple):
    """Whose book, and the form with the days; a form that is wrong has no statement."""

    aggregator: Collaborator
    form: SpanForm
    found: Statement | None


@requires("funds.keep_book")
@never_cache
@require_safe
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the figures of a period."""
    asked = _asked(request, slug)
    return _page(request, asked)


@requires("funds.keep_book")
@never_cache
@require_safe
def as_xlsx(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the figures and every entry of a period as a workbook."""
    asked = _asked(request, slug)
    if asked.found is None:
        return _page(request, asked)
    entries = entries_of(asked.aggregator, asked.found.since, asked.found.until)
    file = statement_xlsx(asked.aggregator, asked.found, entries, clock.now())
    answer = FileResponse(file, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{_name(asked, asked.found)}.xlsx"'
    return answer


@requires("funds.keep_book")
@never_cache
@require_safe
def as_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the figures of a period as a document."""
    asked = _asked(request, slug)
    if asked.found is None:
        return _page(request, asked)
    closed = _closed(asked.aggregator, asked.found)
    document = statement_pdf(asked.aggregator, asked.found, closed, clock.now())
    return document.answer(_name(asked, asked.found))


def _asked(request: HttpRequest, slug: str) -> Asked:
    aggregator = own_book(request, slug)
    today = in_wib(clock.now()).date()
    form = SpanForm(request.GET or _usual(aggregator), today=today)
    if not form.is_valid():
        return Asked(aggregator, form, None)
    given = form.cleaned_data
    found = statement_of(aggregator, beginning_of(given["dari"]), end_of(given["sampai"]))
    return Asked(aggregator, form, found)


def _usual(aggregator: Collaborator) -> dict[str, date]:
    """Return the days of the last close, else the month before this day."""
    closed = closes_of(aggregator).first()
    if closed:
        return {"dari": closed.first, "sampai": closed.last}
    last = in_wib(clock.now()).date().replace(day=1) - timedelta(days=1)
    return {"dari": last.replace(day=1), "sampai": last}


def _closed(aggregator: Collaborator, found: Statement) -> Close | None:
    """Return the close of these very days."""
    return closes_of(aggregator).filter(since=found.since, until=found.until).first()


def _name(asked: Asked, found: Statement) -> str:
    first, last = days_of(found)
    return f"laporan-{asked.aggregator.slug}-{first:%Y%m%d}-{last:%Y%m%d}"


def _page(request: HttpRequest, asked: Asked) -> HttpResponse:
    found = asked.found
    context = {
        "aggregator": asked.aggregator,
        "form": asked.form,
        "as_of": clock.now(),
        "found": found,
        "days": days_of(found) if found else None,
        "sections": sections(found) if found else (),
        "costs": [costs_in_words(one) for one in found.costs] if found else (),
        "closed": _closed(asked.aggregator, found) if found else None,
        "query": request.GET.urlencode(),
    }
    status = HTTPStatus.OK if found else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "portal/funds/statement.html", context, status=status)
