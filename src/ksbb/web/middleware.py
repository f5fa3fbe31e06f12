"""What every answer gets on its way out."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from ksbb.shared.busy import is_busy
from ksbb.shared.errors import DomainError
from ksbb.web.errors import SENTENCES, busy, error_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

WITH_POSITION: Final = "camera=(), geolocation=(self), microphone=()"
"""The policy of a page whose reader may ask their own device where they are."""

PAUSE_SECONDS: Final = 5 * 60
"""How long the pauses of the login and of codes last, which is what a 429 without more means."""

HEADERS: Final = {
    # Pages carry the reader's session and the moment's figures: kept, but asked for again.
    "Cache-Control": "private, no-cache",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Answers:
    """Gives bare refusals a page, shows domain errors as sentences, adds headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and dress the answer."""
        response = _unreadable(request) or self.get_response(request)
        if _is_bare(response):
            response = _with_page(request, response)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers.setdefault("Retry-After", str(PAUSE_SECONDS))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a domain error no view has caught, and a database that has too much to do."""
        if isinstance(exception, DomainError):
            return error_page(request, HTTPStatus.CONFLICT, str(exception))
        if is_busy(exception):
            return busy(request, exception)
        return None


def _unreadable(request: HttpRequest) -> HttpResponse | None:
    # No address of ours holds a NUL, and PostgreSQL takes none: it would fail deep inside.
    typed = [request.path_info, *request.GET.values()]
    if any("\x00" in text for text in typed):
        return error_page(request, HTTPStatus.BAD_REQUEST)
    return None


def _is_bare(response: HttpResponse) -> bool:
    return response.status_code in SENTENCES and not response.streaming and not response.content


def _with_page(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    page = error_page(request, HTTPStatus(bare.status_code))
    if "Allow" in bare.headers:
        page.headers["Allow"] = bare.headers["Allow"]
    return page
