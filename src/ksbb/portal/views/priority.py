"""The priority rule in public: how it works, who would be next, and frozen lists with files."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.portal.guide_pages import PAGES, PRIORITY
from ksbb.portal.scope import Scope, read_scope
from ksbb.priority.models import FrozenList
from ksbb.priority.queries import find_list, frozen_lists, rule_in_force, versions_of
from ksbb.priority.reckoning import rows_of_csv
from ksbb.web.access import public
from ksbb.web.downloads import CSV, JSON, download
from ksbb.web.forms.priority import SimulationForm
from ksbb.web.simulating import simulation

SHOWN: Final = 100
"""Places of a frozen list on its page; the file has all."""

COUNTED: Final = ("rank", "packages", "need", "counted", "weight")
"""The columns of a frozen list that are numbers."""

EXAMPLE: Final = ((100, 0, 0, 0), (300, 150, 0, 30), (300, 0, 300, 400))
"""Families, commitments, aid of others, days since the count: three places to reckon with."""


@public
@require_safe
def guide_priority(request: HttpRequest) -> HttpResponse:
    """Explain the rule in plain words with the numbers of the version in force."""
    scope = read_scope(request)
    rule = rule_in_force(scope.programme, scope.now)
    context = {
        "scope": scope,
        "page": PRIORITY,
        "pages": PAGES,
        "rule": rule,
        "versions": versions_of(scope.programme),
        "examples": [_example(scope, *one) for one in EXAMPLE] if rule else [],
    }
    return render(request, PRIORITY.template, context)


def _example(scope: Scope, need: int, committed: int, served: int, days: int) -> dict[str, int]:
    rule = rule_in_force(scope.programme, scope.now)
    if rule is None:
        return {}
    terms = rule.terms
    weight = terms.weight(terms.families(need), terms.age(days))
    counted = terms.counted(committed, served)
    return {
        "need": need,
        "committed": committed,
        "served": served,
        "days": days,
        "weight": weight,
        "counted": counted,
        "key": (2 * counted + 1) * 1_000_000_000 // (2 * weight * need),
    }


@public
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Show where the next packages would go by the rule, and the lists that were frozen."""
    scope = read_scope(request)
    form = SimulationForm(request.GET, scope)
    is_valid = form.is_valid()
    context = {
        "scope": scope,
        "form": form,
        "rule": rule_in_force(scope.programme, scope.now),
        "asked": form,
        "as_of": scope.now,
        "frozen": frozen_lists(scope.programme),
    }
    if is_valid:
        context |= simulation(form, scope)
    status = HTTPStatus.OK if is_valid else HTTPStatus.BAD_REQUEST
    return render(request, "portal/priority.html", context, status=status)


@public
@require_safe
def frozen(request: HttpRequest, code: str) -> HttpResponse:
    """Show one frozen list as it was, with its files and digests."""
    scope = read_scope(request)
    found = _found(code, scope)
    rows = rows_of_csv(found.output)
    context = {
        "scope": scope,
        "list": found,
        "rows": [row | {name: int(row[name]) for name in COUNTED} for row in rows[:SHOWN]],
        "shown": SHOWN,
        "is_longer": len(rows) > SHOWN,
    }
    return render(request, "portal/frozen_list.html", context)


@public
@require_safe
def file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Return a file of a frozen list, byte for byte."""
    found = _found(code, read_scope(request))
    is_input = name == "masukan.json"
    text, kind = (found.input, JSON) if is_input else (found.output, CSV)
    return download(text, name=f"prioritas-{found.code}-{name}", kind=kind)


def _found(code: str, scope: Scope) -> FrozenList:
    found = find_list(code, scope.programme)
    if found is None:
        raise Http404(_("No list was frozen under this code."))
    return found
