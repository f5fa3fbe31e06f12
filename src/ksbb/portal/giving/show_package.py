"""The page of the package, shown by its own view and whenever a line turns out to be taken."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ksbb.needs.models import Need
from ksbb.needs.queries_list import open_needs
from ksbb.needs.queries_near import Nearby, nearest_open
from ksbb.portal.forms.package import Line, PackageForm, name_of
from ksbb.portal.giving.draft import Draft
from ksbb.portal.giving.replacement import replacements
from ksbb.portal.places import where_of
from ksbb.portal.scope import Scope
from ksbb.programmes.models import AidType

OFFERS = 3


class PackageRow(NamedTuple):
    """A line with the words for its place and, where it was refused, other places."""

    line: Line
    where: str
    offers: list[Nearby]


class Sum(NamedTuple):
    """The quantity of one aid type in the package."""

    aid_type: AidType
    quantity: int


def show_package(
    request: HttpRequest,
    scope: Scope,
    draft: Draft,
    form: PackageForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Return the page with every line, what is open now, and what to take instead."""
    refused = form.refuse_what_is_not_open() if form.is_bound else []
    where = where_of([need.target for need in form.needs])
    rows = [
        PackageRow(line, where[line.need.target_id], _offers(line.need, refused, draft))
        for line in form.lines
    ]
    context = {
        "scope": scope,
        "form": form,
        "rows": rows,
        "sums": sums(form.needs, draft),
        "replacements": replacements(scope, draft, refused),
    }
    if refused:
        status = HTTPStatus.CONFLICT
    return render(request, "portal/give/package.html", context, status=status)


def show_refused(request: HttpRequest, scope: Scope, draft: Draft) -> HttpResponse:
    """Show the package with what is open per line and where else the same is missing."""
    needs = list(open_needs(list(draft.lines), scope.programme))
    typed = {name_of(need): str(draft.lines[need.pk]) for need in needs}
    form = PackageForm(typed, needs, draft.lines)
    form.full_clean()
    return show_package(request, scope, draft, form, HTTPStatus.CONFLICT)


def sums(needs: Sequence[Need], draft: Draft) -> list[Sum]:
    """Return the total per aid type, in the order the types are shown."""
    totals: dict[AidType, int] = {}
    for need in needs:
        totals[need.aid_type] = totals.get(need.aid_type, 0) + draft.lines[need.pk]
    return [Sum(aid_type, quantity) for aid_type, quantity in totals.items()]


def _offers(need: Need, refused: list[Need], draft: Draft) -> list[Nearby]:
    if need not in refused:
        return []
    near = nearest_open(need, limit=OFFERS + len(draft.lines))
    return [one for one in near if one.need.pk not in draft.lines][:OFFERS]
