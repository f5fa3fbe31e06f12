from typing import Final

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ksbb.needs.models import Need
from ksbb.needs.queries_search import Understood
from ksbb.portal.exports.rows import MOST
from ksbb.portal.places import rows_of
from ksbb.portal.scope import Scope, read_scope
from ksbb.portal.widening import ways_out
from ksbb.web.access import public
from ksbb.web.copies import same_for_all
from ksbb.web.listing import find
from ksbb.web.target_filter import TargetFilter

PER_PAGE: Final = 20


class Pages(Paginator[Need]):
    """Pages of a list whose length is known already."""

    count = 0

    def __init__(self, needs: QuerySet[Need], count: int) -> None:
        """Take the needs in their order, and how many of them are shown."""
        super().__init__(needs, PER_PAGE)
        self.count = count


@public
# Where somebody stands is nothing to keep.
@same_for_all(*set(TargetFilter.base_fields) - {"dekat"}, "hal")
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """List the places that need one kind of aid in one phase."""
    scope = read_scope(request)
    form = TargetFilter(request.GET, scope)
    if form.is_valid() and form.tells_too_much:
        return redirect(f"{reverse('portal:targets')}?{form.address()}")
    context = {"scope": scope, "form": form, "as_of": scope.now}
    status = 200
    if form.is_valid():
        context |= _listed(request, form, scope)
    else:
        status = 400
    response = render(request, "portal/targets.html", context, status=status)
    # The button “near me” asks the browser, and only when it is pressed.
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=()"
    return response


def _listed(request: HttpRequest, form: TargetFilter, scope: Scope) -> dict[str, object]:
    listing = find(form.cleaned_data, scope)
    extent = listing.extent()
    page = Pages(listing.needs, extent.places).get_page(request.GET.get("hal"))
    last = page.number * PER_PAGE
    needs = listing.rows(last - PER_PAGE, last)
    return {
        "listing": listing,
        "extent": extent,
        "page": page,
        "rows": rows_of(needs, listing.spot),
        "gives": scope.programme.is_open and listing.phase in scope.coming_phases,
        "chosen_area": form.area_in_words,
        "chips": form.chips,
        "meanings": [(one.words, _address_of(one, form)) for one in listing.understood],
        "ways": [] if extent.places else ways_out(form, listing, scope),
        "address": form.address(),
        "export_limit": MOST,
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
    }


def _address_of(meaning: Understood, form: TargetFilter) -> str:
    """Return where this meaning alone is shown: the page of a place, or the narrower list."""
    if meaning.target:
        return reverse("portal:target", args=[meaning.target])
    narrower = form.address(q=meaning.text, **({"wilayah": meaning.area} if meaning.area else {}))
    return f"{reverse('portal:targets')}?{narrower}"
