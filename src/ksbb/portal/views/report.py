"""Reporting a need without an account, and what became of a report."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.portal.forms.posted import posted
from ksbb.portal.scope import read_scope
from ksbb.shared.errors import DomainError
from ksbb.suggestions.actions.suggest import suggest
from ksbb.suggestions.enums import Kind
from ksbb.suggestions.queries import find_by_code
from ksbb.web.access import public
from ksbb.web.acting import signed
from ksbb.web.forms.suggestion import ReportForm
from ksbb.web.limits import seconds_to_wait

MOST_A_MINUTE: Final = 5


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take in the report of a need; whoever sends too many is asked to wait."""
    form = ReportForm(posted(request), read_scope().programme)
    refusals: list[str] = []
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and (wait := seconds_to_wait(request, kind="report", most=MOST_A_MINUTE)):
        status = HTTPStatus.TOO_MANY_REQUESTS
        refusals = [
            _("Many reports came from here. Send yours again in %(seconds)s seconds.")
            % {"seconds": wait}
        ]
    elif form.is_valid():
        try:
            made = suggest(
                kind=Kind.NEED,
                region=form.region,
                said=form.said,
                reach=form.reach,
                **signed(request),
            )
        except DomainError as error:
            refusals, status = [str(error)], HTTPStatus.CONFLICT
        else:
            return redirect("portal:report-status", made.code)
    context = {"form": form, "refusals": refusals}
    return render(request, "portal/report.html", context, status=status)


@public
@never_cache
@require_safe
def status(request: HttpRequest, code: str) -> HttpResponse:
    """Say what became of a report; nothing in it tells who sent it."""
    found = find_by_code(code.upper())
    if found is None:
        raise Http404(_("No report has this code."))
    return render(request, "portal/report_status.html", {"suggestion": found})
