"""The description of the API, for programs and for readers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ksbb.api.v1 import api
from ksbb.web.access import public
from ksbb.web.problems import language_for


@public
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the description in OpenAPI 3.1."""
    schema = api.get_openapi_schema(path_prefix=reverse("api:root"))
    response = JsonResponse(schema, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@public
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the description to readers; everything it loads comes from here."""
    language = language_for(request)
    settings = {"url": reverse("api:openapi"), "layout": "BaseLayout", "deepLinking": True}
    with override(language):
        return render(request, "api/docs.html", {"settings": settings, "language": language})


@public
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead who comes to the root on to the description."""
    return redirect("api:docs")
