"""Published plans: what was planned and why, what came of it, and the files to check it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.plans.beside import knob, reality, table_of
from ksbb.plans.csv_files import places_csv, shipments_csv
from ksbb.plans.models import PublishedPlan
from ksbb.plans.prose import paragraphs
from ksbb.plans.queries import documents_of, find_plan, published_plans
from ksbb.portal.scope import Scope, read_scope
from ksbb.regions.models import Region
from ksbb.regions.queries import path
from ksbb.shared.codes import LENGTHS, is_code, within
from ksbb.shared.csv_cells import MARK
from ksbb.web.access import public
from ksbb.web.copies import same_for_all
from ksbb.web.downloads import CSV, JSON, download


@public
@same_for_all()
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """List the published plans, newest first."""
    scope = read_scope(request)
    context = {"scope": scope, "plans": published_plans(scope.programme), "as_of": scope.now}
    return render(request, "portal/plans.html", context)


@public
@same_for_all("wilayah")
@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show one plan beside what stands on the book now, area by area."""
    scope = read_scope(request)
    found = _found(code, scope)
    asked, told = documents_of(found)
    root = scope.programme.root_region_id
    area = _area(request, scope)
    now = reality(found, asked, told)
    context = {
        "scope": scope,
        "plan": found,
        "paragraphs": paragraphs(asked, told),
        "knob": knob(asked, told),
        "table": table_of(asked, told, area, now.by_place),
        "planned": told["figures"][str(found.share)],
        "before": told["figures"]["now"],
        "reality": now,
        "way": [one for one in path(area) if within(one.code, root)],
        "drill": True,
        "as_of": scope.now,
    }
    return render(request, "portal/plan.html", context)


@public
@require_safe
def file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Return one of the files of a plan, byte for byte as it was published."""
    found = _found(code, read_scope(request))
    if name.endswith(".json"):
        text = found.input if name == "masukan.json" else found.output
        return download(text, name=f"rencana-{found.code}-{name}", kind=JSON)
    asked, told = documents_of(found)
    text = places_csv(asked, told) if name == "tempat.csv" else shipments_csv(told)
    return download(MARK + text, name=f"rencana-{found.code}-{name}", kind=CSV)


def _found(code: str, scope: Scope) -> PublishedPlan:
    found = find_plan(code, scope.programme)
    if found is None:
        raise Http404(_("No plan was published under this code."))
    return found


def _area(request: HttpRequest, scope: Scope) -> str:
    """Return the area that is asked for, at most a kelurahan; the whole where it is not known."""
    asked, root = request.GET.get("wilayah", ""), scope.programme.root_region_id
    known = is_code(asked) and within(asked, root) and len(asked) <= LENGTHS["VILLAGE"]
    return asked if known and Region.objects.filter(code=asked).exists() else root
