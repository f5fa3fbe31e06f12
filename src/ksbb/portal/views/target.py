from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.commitments.queries import promised_to
from ksbb.commitments.queries_offers import offers_at
from ksbb.needs.models import Need
from ksbb.overlap.queries import standing_at
from ksbb.portal.close_by import neighbours_of
from ksbb.portal.helped import find_helped
from ksbb.portal.places import where_of
from ksbb.portal.scope import PROGRAMME, Scope
from ksbb.web.access import public
from ksbb.web.copies import same_for_all

PROMISES: Final = 20
"""Shown at a time: a place is helped by many in the course of a programme."""


@public
@same_for_all("hal", PROGRAMME)
@require_safe
def target(request: HttpRequest, code: str) -> HttpResponse:
    """Show what one place needs and has, by whom, and where its count comes from."""
    scope, place = find_helped(request, code)
    needs = list(place.needs.all())
    full = [need for need in needs if _is_full_now(need, scope)]
    promises = Paginator(promised_to(place), PROMISES)
    context = {
        "scope": scope,
        "as_of": scope.now,
        "target": place,
        "crumbs": [(_("Places"), reverse("portal:targets")), (place.name, "")],
        "where": where_of([place])[place.pk],
        "coming": [need for need in needs if need.phase in scope.coming_phases],
        "past": [need for need in needs if need.phase not in scope.coming_phases],
        "page": promises.get_page(request.GET.get("hal")),
        "served": standing_at(place, scope.programme),
        "full": full,
        "near": neighbours_of(full),
        "offers": offers_at(place, scope.programme, scope.today),
        "age": (scope.today - place.counted_on).days if place.counted_on else None,
    }
    return render(request, "portal/target.html", context)


def _is_full_now(need: Need, scope: Scope) -> bool:
    return need.phase == scope.phase and need.quantity > 0 and need.open == 0
