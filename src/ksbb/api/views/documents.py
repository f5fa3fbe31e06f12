"""The description of the API, for programs and for readers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ksbb.api.described import operations_of, plain, shapes_of
from ksbb.api.v1 import api
from ksbb.web.access import public
from ksbb.web.problems import language_for


@public
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the description in OpenAPI 3.1."""
    response = JsonResponse(_description(), json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@public
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the description to readers, in the language of `?lang=` or of their browser."""
    language, description = language_for(request), _description()
    other = f"?lang={'id' if language == 'en' else 'en'}"
    context = {
        "language": language,
        "other_language_url": f"{reverse('api:docs')}{other}",
        "file": reverse("api:openapi"),
        "about": plain(description["info"]["description"]),
        "operations": operations_of(description),
        "shapes": shapes_of(description),
    }
    with override(language):
        return render(request, "api/docs.html", context)


@public
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead who comes to the root on to the description."""
    return redirect("api:docs")


def _description() -> dict[str, Any]:
    found: dict[str, Any] = api.get_openapi_schema(path_prefix=reverse("api:root"))
    return found
