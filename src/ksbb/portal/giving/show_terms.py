"""The page that asks for the terms, and the one that says that none are taken now."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ksbb.portal.forms.terms import TermsForm
from ksbb.portal.giving import draft as drafts
from ksbb.portal.scope import Scope
from ksbb.web.middleware import WITH_POSITION


def ask_terms(request: HttpRequest, scope: Scope, form: TermsForm) -> HttpResponse:
    """Ask what is given and where, with what is wrong beside its field."""
    draft = drafts.load(request, scope.programme)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"scope": scope, "form": form, "draft": draft}
    response = render(request, "portal/give/area.html", context, status=status)
    # The button “near me” asks the browser, and only when it is pressed.
    response.headers["Permissions-Policy"] = WITH_POSITION
    return response


def show_closed(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Say that the programme takes no commitments."""
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    return render(request, "portal/give/closed.html", {"scope": scope}, status=status)
