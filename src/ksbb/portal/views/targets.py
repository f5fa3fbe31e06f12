from typing import Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.needs.models import Need
from ksbb.portal.forms.filters import TargetFilter
from ksbb.portal.listing import find
from ksbb.portal.places import rows_of
from ksbb.portal.scope import read_scope
from ksbb.web.access import public

PER_PAGE: Final = 20


class Pages(Paginator[Need]):
    """Pages of a list whose length is known already."""

    count = 0

    def __init__(self, needs: QuerySet[Need], count: int) -> None:
        """Take the needs in their order, and how many of them are shown."""
        super().__init__(needs, PER_PAGE)
        self.count = count


@public
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """List the places that need one kind of aid in one phase."""
    scope = read_scope()
    form = TargetFilter(request.GET, scope)
    context = {"scope": scope, "form": form, "as_of": scope.now}
    if not form.is_valid():
        return render(request, "portal/targets.html", context, status=400)
    listing = find(form.cleaned_data, scope)
    extent = listing.extent()
    page = Pages(listing.needs, extent.places).get_page(request.GET.get("hal"))
    context |= {
        "listing": listing,
        "extent": extent,
        "page": page,
        "rows": rows_of(page.object_list),
        "gives": scope.programme.is_open and listing.phase in scope.coming_phases,
        "chosen_area": form.area_in_words,
    }
    return render(request, "portal/targets.html", context)
