"""The whole audit: who, what, when, before and after, why, from where; and as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.audit.models import Entry
from ksbb.audit.queries import entries_between
from ksbb.backoffice.forms.audit import AuditFilter
from ksbb.backoffice.naming import names_of
from ksbb.backoffice.paging import page_of
from ksbb.backoffice.wording import in_words
from ksbb.shared.clock import in_wib
from ksbb.shared.csv_cells import MARK, line
from ksbb.web.access import requires
from ksbb.web.downloads import streamed

HEADS: Final = (
    "number",
    "at",
    "actor",
    "channel",
    "action",
    "object_type",
    "object_id",
    "reason",
    "changes",
)


@requires("audit.view_history")
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """List everything that was done, newest first."""
    form = AuditFilter(request.GET)
    page = page_of(_chosen(form), request)
    shown = list(page.object_list)
    names = names_of(shown)
    rows = [
        (said, names[entry.object_type, entry.object_id], entry)
        for said, entry in zip(in_words(shown), shown, strict=True)
    ]
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    context = {"form": form, "page": page, "rows": rows, "query": request.GET.urlencode()}
    return render(request, "backoffice/audit.html", context, status=status)


@requires("audit.view_history")
@require_safe
def entries_file(request: HttpRequest) -> HttpResponseBase:
    """Send the same rows as csv, without a limit; accounts by their number and address."""
    form = AuditFilter(request.GET)
    if not form.is_valid():
        return entries(request)
    return streamed(_lines(_chosen(form)), name="ksbb-jejak.csv")


def _chosen(form: AuditFilter) -> QuerySet[Entry]:
    if not form.is_valid():
        return Entry.objects.none()
    typed = form.cleaned_data
    return entries_between(typed["dari"], typed["sampai"], typed["q"])


def _lines(found: QuerySet[Entry]) -> Iterator[str]:
    yield MARK + line(HEADS)
    for entry in found.iterator(chunk_size=2_000):
        yield line(
            (
                entry.pk,
                in_wib(entry.at).isoformat(),
                entry.actor.email if entry.actor else "",
                entry.channel,
                entry.action,
                entry.object_type,
                entry.object_id,
                entry.reason,
                json.dumps(entry.changes, ensure_ascii=False, sort_keys=True),
            )
        )
