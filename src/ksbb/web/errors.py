"""What a reader sees when something went wrong: what, why, and how to go on."""

from __future__ import annotations

import logging
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ksbb.shared.busy import is_busy
from ksbb.web.problems import is_for_program, problem
from ksbb.web.resend import readable, typed_on_our_page

if TYPE_CHECKING:
    from django.http import HttpRequest

LOG: Final = logging.getLogger(__name__)

RETRY_SECONDS: Final = 5
"""When a program that met a busy database may ask again."""

BUSY: Final = _("Very many people are giving right now")
FAULT: Final = _("Something is broken on our side")
WAIT: Final = _("Wait a few seconds, then try again. Nothing was changed.")

SENTENCES: Final = {
    HTTPStatus.BAD_REQUEST: (
        _("We could not read this request"),
        _("Check the address, or go back and fill in the form again."),
    ),
    HTTPStatus.FORBIDDEN: (
        _("This page is not open to you"),
        _("Log in with an account that may open it, or go back to the public pages."),
    ),
    HTTPStatus.NOT_FOUND: (
        _("This page is not here"),
        _("Check the address. A place can be found in the list, a commitment by its code."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        _("This address does not take that"),
        _("Open the page again from the start and use the button on it."),
    ),
    HTTPStatus.CONFLICT: (
        _("This is no longer possible"),
        _("Something has changed in the meantime. Open the page again to see how it stands now."),
    ),
    HTTPStatus.GONE: (
        _("This is over"),
        _("What stood at this address has been used or has run out."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        _("That was too much at once"),
        _("Go back, shorten what you typed, and send it again."),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        _("Too many requests"),
        _("Wait a minute, then try again."),
    ),
}


def error_page(request: HttpRequest, status: HTTPStatus, message: str = "") -> HttpResponse:
    """Return the page for a 4xx status; `message` says what is wrong in this very case."""
    title, advice = SENTENCES[status]
    if is_for_program(request):
        return problem(request, status, title=title, detail=message or advice)
    context = {"status": int(status), "title": title, "message": message, "advice": advice}
    # Nobody passes on or files what is not there.
    context["page_address"] = ""
    return render(request, "web/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read, or one that brings too much."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return error_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may not open this."""
    return error_page(request, HTTPStatus.FORBIDDEN, _message_of(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for something that is not there."""
    return error_page(request, HTTPStatus.NOT_FOUND, _message_of(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection is missing or has run out; `reason` is a word for the log.

    What was typed stays on the page and can be sent again, when the form was surely one of ours.
    """
    del reason
    kept = typed_on_our_page(request)
    context = {"kept": kept, "readable": readable(kept)}
    return render(request, "web/csrf.html", context, status=HTTPStatus.FORBIDDEN)


def busy(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Answer where the database had no time, without asking it anything more."""
    # The name of the page, never its address: that may hold a receipt token.
    page_name = request.resolver_match and request.resolver_match.view_name
    LOG.warning("No time for %s: %s", page_name, error)
    if is_for_program(request):
        page = problem(request, HTTPStatus.SERVICE_UNAVAILABLE, title=BUSY, detail=WAIT)
    else:
        page = HttpResponse(render_to_string("web/503.html"), status=503)
    page.headers["Retry-After"] = str(RETRY_SECONDS)
    # Django would log the address, which may hold a receipt token; our own line names the page.
    page._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - see above
    return page


def failure(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours, with neither database nor session.

    What fails outside the view comes here too: a session that could not be written in time.
    """
    error = sys.exc_info()[1]
    if error and is_busy(error):
        return busy(request, error)
    if is_for_program(request):
        return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, title=FAULT, detail=WAIT)
    return HttpResponse(render_to_string("web/500.html"), status=500)


def _message_of(exception: Exception) -> str:
    # Django's own resolver hands over a dict for its debug page; only sentences are for readers.
    given = exception.args[0] if exception.args else ""
    return str(given) if isinstance(given, str | Promise) else ""
