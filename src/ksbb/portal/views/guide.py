from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ksbb.portal.scope import read_scope
from ksbb.web.access import public


@public
def guide(request: HttpRequest) -> HttpResponse:
    """Explain how KSBB works, with the programme's own numbers."""
    return render(request, "portal/guide.html", {"scope": read_scope()})
