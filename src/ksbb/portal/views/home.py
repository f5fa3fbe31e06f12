from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ksbb.needs.queries_totals import totals
from ksbb.portal.scope import read_scope
from ksbb.web.access import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show how much is promised and brought so far, and what this phase still lacks."""
    scope = read_scope()
    context = {
        "scope": scope,
        "as_of": scope.now,
        "totals": totals(scope.aid_types),
        "missing": totals(scope.aid_types, scope.phase) if scope.phase else [],
    }
    return render(request, "portal/home.html", context)
