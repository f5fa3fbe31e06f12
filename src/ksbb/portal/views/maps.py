"""The map: a page with a table that stands by itself, and what is drawn beside it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.portal.forms.map import NAMES, ViewForm
from ksbb.portal.map_answers import marks_json, outlines_json
from ksbb.portal.mapping import LEVELS, PLACES, level_for, levels_below, picture
from ksbb.portal.scope import Scope, read_scope
from ksbb.regions.queries import path
from ksbb.regions.queries_boundaries import boundary_sources
from ksbb.web.access import public
from ksbb.web.copies import same_for_all
from ksbb.web.listing import Listing, find
from ksbb.web.middleware import WITH_POSITION
from ksbb.web.target_filter import TargetFilter

PER_PAGE: Final = 50

# Where somebody stands is nothing to keep.
ASKED: Final = same_for_all(
    *set(TargetFilter.base_fields) - {"dekat"}, *ViewForm.base_fields, "hal"
)


@public
@ASKED
@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Show where one kind of aid is missing in one phase, as a map and as a table."""
    scope = read_scope(request)
    form, view = TargetFilter(request.GET, scope), ViewForm(request.GET)
    if form.is_valid() and form.tells_too_much:
        return redirect(f"{reverse('portal:map')}?{form.address()}")
    context: dict[str, Any] = {"scope": scope, "form": form, "as_of": scope.now}
    status = 200
    if form.is_valid() & view.is_valid():
        context |= _shown(request, scope, form, view)
    else:
        context["refusals"] = [sentence for one in view.errors.values() for sentence in one]
        status = 400
    response = render(request, "portal/map.html", context, status=status)
    response.headers["Permissions-Policy"] = WITH_POSITION
    return response


@public
@ASKED
@require_safe
def marks(request: HttpRequest, level: str) -> HttpResponse:
    """Answer with the marks of a level, for the filters and the box in the address."""
    _must_be_known(level)
    scope = read_scope(request)
    form, view = TargetFilter(request.GET, scope), ViewForm(request.GET)
    if not form.is_valid() & view.is_valid():
        return _refused(form, view)
    listing = find(form.cleaned_data, scope)
    order = form.cleaned_data["urut"]
    shown = picture(listing, level, box=view.cleaned_data["kotak"], order=order)
    answer = marks_json(shown, listing, scope)
    return HttpResponse(answer, content_type="application/json")


@public
@ASKED
@require_safe
def outlines(request: HttpRequest, level: str) -> HttpResponse:
    """Answer with the outlines of a level, for the area and the box in the address."""
    _must_be_known(level)
    scope = read_scope(request)
    form, view = TargetFilter(request.GET, scope), ViewForm(request.GET)
    if not form.is_valid() & view.is_valid():
        return _refused(form, view)
    area = form.cleaned_data["wilayah"] or scope.programme.root_region_id
    answer = outlines_json(area, level, view.cleaned_data["kotak"])
    return HttpResponse(answer, content_type="application/geo+json")


def _shown(
    request: HttpRequest, scope: Scope, form: TargetFilter, view: ViewForm
) -> dict[str, Any]:
    listing = find(form.cleaned_data, scope)
    asked = view.cleaned_data["tingkat"] or _fitting(listing, form)
    shown = picture(
        listing,
        level_for(listing.area, asked),
        box=view.cleaned_data["kotak"],
        order=form.cleaned_data["urut"],
    )
    way = [
        one for one in path(listing.area) if len(one.code) >= len(scope.programme.root_region_id)
    ]
    return {
        "listing": listing,
        "shown": shown,
        "level_name": NAMES[shown.level],
        "levels": [(level, NAMES[level]) for level in levels_below(listing.area)],
        "page": Paginator(shown.marks, PER_PAGE).get_page(request.GET.get("hal")),
        "way": way,
        "area": way[-1] if way else scope.programme.root_region,
        "chosen_area": form.area_in_words,
        "gives": scope.programme.is_open and listing.phase in scope.coming_phases,
        "sources": boundary_sources(),
        "kinds": _kinds(scope),
        "tiles": (settings.TILE_URL, settings.TILE_ATTRIBUTION),
    }


def _fitting(listing: Listing, form: TargetFilter) -> str:
    """Choose the single places where a text has found only a few of them."""
    few = form.cleaned_data["q"] and listing.extent().places <= PER_PAGE
    return PLACES if few else ""


def _kinds(scope: Scope) -> list[tuple[str, str, int]]:
    """Return slug, name and number of the shape of each kind of place; areas are round."""
    kinds = sorted(scope.programme.target_kinds.all(), key=lambda one: (not one.is_area, one.pk))
    return [(one.slug, one.name, 0 if one.is_area else at) for at, one in enumerate(kinds)]


def _must_be_known(level: str) -> None:
    if level not in LEVELS:
        raise Http404(_("The map has no level “%(level)s”.") % {"level": level[:40]})


def _refused(*asked: forms.Form) -> HttpResponse:
    errors = {name: list(said) for form in asked for name, said in form.errors.items()}
    return JsonResponse({"errors": errors}, status=400)
