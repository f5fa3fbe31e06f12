from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.commitments.queries_offers import open_offers
from ksbb.needs.queries_list import MOST_MISSING, needs_of, still_open
from ksbb.portal.happened import happened
from ksbb.portal.overview import overview
from ksbb.portal.places import Row, rows_of
from ksbb.portal.scope import PROGRAMME, Scope, read_scope
from ksbb.reports.fulfilment import by_phase
from ksbb.web.access import public
from ksbb.web.copies import same_for_all

PLACES: Final = 6
"""As many of the places that miss most are shown."""


@public
@same_for_all(PROGRAMME)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how things stand, what happened last, and where most is missing."""
    scope = read_scope(request)
    tables = by_phase(scope.programme, scope.now)
    context = {
        "scope": scope,
        "as_of": scope.now,
        "offers": open_offers(scope.programme, scope.today) if scope.programme.is_open else [],
        "totals": overview(tables, scope.aid_types),
        "missing": overview(
            [table for table in tables if table.phase == scope.phase], scope.aid_types
        ),
        "question": {"per": scope.now.isoformat(), "fase": "semua"},
        "happened": happened(scope.programme, scope.now),
        "places": _missing_most(scope),
    }
    return render(request, "portal/home.html", context)


def _missing_most(scope: Scope) -> list[Row]:
    if scope.main_aid_type is None or scope.phase is None:
        return []
    needs = still_open(needs_of(scope.main_aid_type, scope.phase))
    return rows_of(needs.order_by(*MOST_MISSING)[:PLACES])
