"""A page of the guide: what was given beside what a fair plan would have done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.portal.charts import shares
from ksbb.portal.guide_pages import HINDSIGHT, PAGES
from ksbb.portal.scope import read_scope
from ksbb.proposals.hindsight import Hindsight, Way, hindsight
from ksbb.shared.formats import decimal, number, percent
from ksbb.web.access import public
from ksbb.web.copies import same_for_all


class Row(NamedTuple):
    """One figure for each way of sharing out, in words."""

    name: str
    values: list[str]


@public
@same_for_all()
@require_safe
def guide_hindsight(request: HttpRequest) -> HttpResponse:
    """Compare what was committed with plans for the same packages."""
    scope = read_scope(request)
    aid_type = scope.main_aid_type
    found = hindsight(scope.programme, aid_type) if aid_type else None
    context = {
        "scope": scope,
        "page": HINDSIGHT,
        "pages": PAGES,
        "as_of": scope.now,
        "aid_type": aid_type,
        "found": found,
    }
    if found:
        context |= {"rows": _rows(found), "lines": _lines(found)}
    return render(request, HINDSIGHT.template, context)


def _lines(found: Hindsight) -> dict[str, str]:
    return {
        "happened": shares(found.happened.curve),
        "within_cities": shares(found.within_cities.curve),
        "free": shares(found.free.curve),
    }


def _rows(found: Hindsight) -> list[Row]:
    figures: list[tuple[str, Callable[[Way], Any], Callable[[Any], str]]] = [
        (_("Places that got something"), lambda way: way.reached, number),
        (_("Places that never got anything"), lambda way: way.figures.never_served, number),
        (_("Places met in full"), lambda way: way.figures.fully_met, number),
        (_("Covered of the family with the least"), lambda way: way.figures.least, percent),
        (_("Covered at most, of one family in ten"), lambda way: way.figures.p10, percent),
        (_("Gini over families"), lambda way: way.figures.gini, _thousandths),
        (_("Packages a plan would bring elsewhere"), lambda way: way.figures.stacking, percent),
        (_("Packages placed"), lambda way: way.placed, number),
        (_("Packages still missing"), lambda way: way.figures.unmet, number),
    ]
    ways = (found.happened, found.within_cities, found.free)
    return [Row(name, [write(read(way)) for way in ways]) for name, read, write in figures]


def _thousandths(value: float) -> str:
    return decimal(value, places=3)
