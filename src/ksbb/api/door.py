"""What every operation shares: its mark, language, strict parameters, tag, and open doors."""

from __future__ import annotations

import json
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from ninja.renderers import JSONRenderer

from ksbb.api.problems import InvalidParametersError, invalid
from ksbb.shared.errors import quoted
from ksbb.web.access import PUBLIC, access_of, public
from ksbb.web.copies import same_for_all
from ksbb.web.errors import error_page
from ksbb.web.limits import seconds_to_wait
from ksbb.web.problems import LANGUAGE, language_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase
    from ninja.operation import PathView

    from ksbb.web.access import View

READS: Final = "GET, HEAD"
ASKS: Final = "POST"
HEADERS: Final = {
    # Figures are the same for everybody, and asked for again because they change.
    "Cache-Control": "public, max-age=0, must-revalidate",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ETAG: Final = "ksbb.etag"


class Renderer(JSONRenderer):
    """Writes JSON, and gives the same data the same tag: when it was read is left out of that."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """Return the text; its tag is kept for the answer's head."""
        as_of = data.pop("as_of", None)
        text = self._text(data)
        request.META[_ETAG] = f'W/"{sha256(text.encode()).hexdigest()[:32]}"'
        if as_of is None:
            return text
        return f'{text[:-1]},"as_of":{self._text(as_of)}}}'

    def _text(self, data: Any) -> str:
        return json.dumps(data, cls=self.encoder_class, ensure_ascii=False, separators=(",", ":"))


def opened(view: View, path_view: PathView) -> View:
    """Return the view of an address with what all share; it is public if its operations are."""
    names = {name for one in path_view.operations for name in _parameters(one)} | {LANGUAGE}
    taken = {method for one in path_view.operations for method in one.methods}
    methods = READS if "GET" in taken else ASKS

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        with override(language_for(request)):
            most = settings.API_REQUESTS_PER_MINUTE
            if wait := seconds_to_wait(request, kind="api", most=most):
                return _too_many(request, wait)
            if request.method not in methods.split(", "):
                return _not_taken(request, methods)
            response = _asked(view, request, names, *args, **kwargs)
        return _dressed(request, response)

    operations = [one.view_func for one in path_view.operations]
    if not all(access_of(one) == PUBLIC for one in operations):
        return answered
    if methods == ASKS:
        # Nothing is written and no cookie is read, so no other site can do harm with it.
        return csrf_exempt(public(answered))
    # Positions are many and never asked for twice, and languages differ only where nothing is kept.
    return same_for_all(*names - {"dekat"})(public(answered))


def _not_taken(request: HttpRequest, methods: str) -> HttpResponse:
    sentence = _("This address only reads. Ask it with GET or HEAD.")
    if methods == ASKS:
        sentence = _("This address takes a question as JSON. Ask it with POST.")
    refused = error_page(request, HTTPStatus.METHOD_NOT_ALLOWED, sentence)
    refused.headers["Allow"] = methods
    return refused


def _too_many(request: HttpRequest, wait: int) -> HttpResponseBase:
    sentence = _("This address asked too often. Ask again in %(seconds)s seconds.")
    refused = error_page(request, HTTPStatus.TOO_MANY_REQUESTS, sentence % {"seconds": wait})
    refused.headers["Retry-After"] = str(wait)
    return refused


def _asked(
    view: View, request: HttpRequest, names: set[str], *args: object, **kwargs: object
) -> HttpResponseBase:
    asked = request.GET.get(LANGUAGE)
    if asked is not None and asked not in dict(settings.LANGUAGES):
        sentence = _("“%(typed)s” is no language of these answers. Known: id, en.")
        return invalid(
            request, InvalidParametersError({LANGUAGE: sentence % {"typed": quoted(asked)}})
        )
    if unknown := sorted(set(request.GET) - names):
        known = ", ".join(sorted(names))
        mistakes = {
            quoted(name): _("There is no parameter “%(name)s”. Known: %(known)s.")
            % {"name": quoted(name), "known": known}
            for name in unknown[:5]
        }
        return invalid(request, InvalidParametersError(mistakes))
    method = request.method
    request.method = ASKS if method == ASKS else "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _dressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if request.method == ASKS:
        response.headers["Cache-Control"] = "no-store"
    elif response.status_code == HTTPStatus.OK and isinstance(response, HttpResponse):
        response.headers["ETag"] = request.META[_ETAG]
        for name, value in HEADERS.items():
            response.headers[name] = value
    return response


def _parameters(operation: Any) -> set[str]:
    """Return the names an operation takes from the query."""
    return {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
