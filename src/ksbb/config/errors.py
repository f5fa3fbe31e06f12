"""What a reader sees when something went wrong: one clear page, never a bare line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django.http import HttpRequest


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over by name
    """Answer a request that cannot be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over by name
    """Answer somebody who may not see this."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over by name
    """Answer a request for something that is not there."""
    return render(request, "404.html", status=404)


def failure(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the request may be what broke
    """Answer after a fault of ours, with neither database nor session."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - a word for the log
    """Answer a form whose protection is missing or has run out."""
    return render(request, "csrf.html", status=403)
