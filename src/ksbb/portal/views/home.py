from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.commitments.queries_offers import open_offers
from ksbb.portal.overview import overview
from ksbb.portal.scope import read_scope
from ksbb.reports.fulfilment import by_phase
from ksbb.web.access import public
from ksbb.web.copies import same_for_all


@public
@same_for_all()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how much is promised and brought so far, and what this phase still lacks."""
    scope = read_scope()
    tables = by_phase(scope.programme, scope.now)
    context = {
        "scope": scope,
        "as_of": scope.now,
        "offers": open_offers(scope.programme, scope.today) if scope.programme.is_open else [],
        "totals": overview(tables, scope.aid_types),
        "missing": overview(
            [table for table in tables if table.phase == scope.phase], scope.aid_types
        ),
    }
    return render(request, "portal/home.html", context)
