"""Full here: the nearest places that still lack the same, and how far they are."""

from __future__ import annotations

import re
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.needs.queries_list import find_need
from ksbb.needs.queries_near import nearest_open
from ksbb.portal.places import where_of
from ksbb.portal.scope import PROGRAMME, read_scope
from ksbb.web.access import public
from ksbb.web.copies import same_for_all

PLACES: Final = 10


@public
@same_for_all("bantuan", "fase", PROGRAMME)
@require_safe
def nearest(request: HttpRequest, code: str) -> HttpResponse:
    """List the places around one that miss the same aid in the same phase."""
    scope = read_scope(request)
    phase = request.GET.get("fase", "")
    need = find_need(
        scope.programme,
        target=code,
        aid_type=request.GET.get("bantuan", ""),
        phase=int(phase) if re.fullmatch("[1-9][0-9]?", phase) else 0,
    )
    if need is None:
        raise Http404(_("This place takes no such aid in that phase. Choose it from its page."))
    near = nearest_open(need, limit=PLACES)
    context = {
        "scope": scope,
        "as_of": scope.now,
        "need": need,
        "crumbs": [
            (_("Places"), reverse("portal:targets")),
            (need.target.name, need.target.get_absolute_url()),
            (_("Nearest places"), ""),
        ],
        "near": near,
        "where": where_of([need.target, *(one.need.target for one in near)]),
        "gives": scope.programme.is_open and need.phase in scope.coming_phases,
    }
    return render(request, "portal/nearest.html", context)
