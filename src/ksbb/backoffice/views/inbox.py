"""The inbox: all that waits for a decision, oldest due first."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.backoffice.forms.inbox import InboxFilter
from ksbb.shared import clock
from ksbb.web.access import reader, requires


@requires("programmes.view_desk")
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, narrowed by the address."""
    now = clock.now()
    form = InboxFilter(request.GET, user=reader(request), now=now)
    box = form.box
    context = {
        "form": form,
        "box": box,
        "page": box.page(request.GET.get("hal")),
        "box_query": form.query,
        "now": now,
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "backoffice/inbox.html", context, status=status)
