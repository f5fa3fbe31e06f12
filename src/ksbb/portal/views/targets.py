from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ksbb.portal.forms.filters import TargetFilter
from ksbb.portal.listing import find
from ksbb.portal.places import rows_of
from ksbb.portal.scope import read_scope
from ksbb.web.access import public

PER_PAGE: Final = 20


@public
def targets(request: HttpRequest) -> HttpResponse:
    """List the places that need one kind of aid in one phase."""
    scope = read_scope()
    form = TargetFilter(request.GET, scope)
    context = {"scope": scope, "form": form, "as_of": scope.now}
    if not form.is_valid():
        return render(request, "portal/targets.html", context, status=400)
    listing = find(form.cleaned_data, scope)
    page = Paginator(listing.needs, PER_PAGE).get_page(request.GET.get("hal"))
    context |= {
        "listing": listing,
        "page": page,
        "rows": rows_of(page.object_list),
        "gives": scope.programme.is_open and listing.phase in scope.coming_phases,
        "chosen_area": form.area_in_words,
    }
    return render(request, "portal/targets.html", context)
