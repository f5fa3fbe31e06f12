from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ksbb.portal.scope import read_scope
from ksbb.web.access import public


@public
def achievement(request: HttpRequest) -> HttpResponse:
    """Show what was achieved by area and phase."""
    return render(request, "portal/achievement.html", {"scope": read_scope()})


@public
def release(request: HttpRequest) -> HttpResponse:
    """Show the text of the press release."""
    return render(request, "portal/release.html", {"scope": read_scope()})
