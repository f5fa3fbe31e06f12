"""Mistakes of callers as the answers of the API: RFC 9457, in the caller's language."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import ValidationError

from ksbb.programmes.queries import UnknownProgrammeError
from ksbb.proposals.offer import OfferError
from ksbb.shared.busy import is_busy
from ksbb.shared.errors import DomainError, quoted
from ksbb.web.errors import busy, error_page
from ksbb.web.problems import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ninja import NinjaAPI


class InvalidParametersError(DomainError):
    """Parameters that cannot be used, each with a sentence that says why."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        """Keep the sentences by the name of their parameter."""
        super().__init__(" ".join(mistakes.values()))
        self.mistakes = dict(mistakes)


def answer_problems(api: NinjaAPI) -> None:
    """Let the API answer every mistake as a problem; a fault of ours stays one."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        InvalidParametersError: invalid,
        OfferError: _unmet,
        ValidationError: _unreadable,
        UnknownProgrammeError: _unknown_programme,
        DomainError: _refused,
        Http404: _missing,
        DatabaseError: _database,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def invalid(request: HttpRequest, error: InvalidParametersError) -> HttpResponse:
    """Answer parameters that cannot be used."""
    return problem(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        name="invalid-parameters",
        title=_("Some parameters cannot be used"),
        detail=str(error),
        errors=error.mistakes,
    )


def _unmet(request: HttpRequest, error: OfferError) -> HttpResponse:
    """Answer an offer that cannot be understood or met."""
    return problem(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        name="invalid-offer",
        title=_("The offer cannot be answered as it stands"),
        detail=str(error),
        errors={error.field: str(error)} if error.field else {},
    )


def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer values of the wrong kind; the library's own words are English only."""
    mistakes = {}
    for one in error.errors:
        name = str(one["loc"][-1])
        typed = quoted(request.GET.get(name, ""))
        mistakes[name] = _("“%(typed)s” cannot be read as %(name)s.") % {
            "typed": typed,
            "name": name,
        }
    return invalid(request, InvalidParametersError(mistakes))


def _unknown_programme(request: HttpRequest, error: UnknownProgrammeError) -> HttpResponse:
    return invalid(request, InvalidParametersError({"programme": str(error)}))


def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    return error_page(request, HTTPStatus.CONFLICT, str(error))


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    said = str(error.args[0]) if error.args else ""
    return error_page(request, HTTPStatus.NOT_FOUND, said)


def _database(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    if not is_busy(error):
        raise error
    return busy(request, error)
