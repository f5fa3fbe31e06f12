"""Refusals for programs: RFC 9457 in the caller's language, where a page would be of no use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http import HTTPStatus

    from django.utils.functional import Promise

DOOR: Final = "/api/"
MEDIA_TYPE: Final = "application/problem+json"
LANGUAGE: Final = "lang"


def is_for_program(request: HttpRequest) -> bool:
    """Tell whether a program asks, and no reader."""
    return request.path_info.startswith(DOOR)


def language_for(request: HttpRequest) -> str:
    """Return the language of `?lang=`, else that of Accept-Language, else Indonesian."""
    asked = request.GET.get(LANGUAGE, "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return get_language_from_request(request)


def problem(
    request: HttpRequest,
    status: HTTPStatus,
    *,
    title: str | Promise,
    detail: str | Promise,
    name: str = "",
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a problem. `name` never changes; without one that of the status stands for it."""
    language = language_for(request)
    with override(language):
        said = {
            "type": f"urn:ksbb:problem:{name or status.name.lower().replace('_', '-')}",
            "title": str(title),
            "status": int(status),
            "detail": str(detail),
            "errors": [{"name": key, "detail": text} for key, text in (errors or {}).items()],
        }
    response = HttpResponse(json.dumps(said, ensure_ascii=False), MEDIA_TYPE, status)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ("Accept-Language",))
    return response
