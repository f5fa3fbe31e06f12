from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.collaborators.queries import find_named
from ksbb.portal.directory import entries, find, unnamed
from ksbb.portal.forms.achievement import ALL_PHASES
from ksbb.portal.forms.directory import DirectoryFilter
from ksbb.portal.public_record import given_in_words, places_in_words, timeline
from ksbb.portal.scope import read_scope
from ksbb.reports.records import given_by_all, helped, open_differences, places_of
from ksbb.web.access import public
from ksbb.web.copies import same_for_all

PER_PAGE: Final = 24
PLACES: Final = 20
STEPS: Final = 10
DIFFERENCES: Final = 50


@public
@same_for_all(*DirectoryFilter.base_fields, "hal")
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """List the collaborators that are named, and count those that are not."""
    scope = read_scope(request)
    form = DirectoryFilter(request.GET, scope)
    context = {"scope": scope, "form": form, "as_of": scope.now}
    if not form.is_valid():
        return render(request, "portal/collaborators/directory.html", context, status=400)
    given = given_by_all(scope.programme, scope.now, form.aid_type)
    page = Paginator(find(form.cleaned_data, given), PER_PAGE).get_page(request.GET.get("hal"))
    context |= {
        "aid_type": form.aid_type,
        "page": page,
        "entries": entries(page.object_list, given),
        "unnamed": None if form.in_use else unnamed(given),
    }
    return render(request, "portal/collaborators/directory.html", context)


@public
@same_for_all("hal")
@require_safe
def collaborator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the public record of a named collaborator."""
    scope = read_scope(request)
    found = find_named(slug)
    if found is None:
        raise Http404(_("No collaborator is published under this address."))
    places = places_of(scope.programme, found)
    count = helped(places)
    page = Paginator(places, PLACES).get_page(request.GET.get("hal"))
    context = {
        "scope": scope,
        "as_of": scope.now,
        "collaborator": found,
        "question": {"kolaborator": slug, "per": scope.now.isoformat(), "fase": ALL_PHASES},
        "given": given_in_words(found, scope),
        "helped": count,
        "page": page,
        "places": places_in_words(found, scope, page.object_list),
        "steps": timeline(found, scope, limit=STEPS),
        "differences": open_differences(scope.programme, found, limit=DIFFERENCES),
    }
    return render(request, "portal/collaborators/record.html", context)
