from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.web.access import public
from ksbb.web.copies import same_for_all


@public
@same_for_all()
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no network; what was seen last is added in the browser."""
    return render(request, "web/offline.html")
