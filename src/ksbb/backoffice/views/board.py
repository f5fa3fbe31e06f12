"""The board of the running phase: how far each area is, and what needs a hand today."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.backoffice.board import Chosen, rows_of
from ksbb.backoffice.forms.board import BoardFilter
from ksbb.backoffice.paging import page_of
from ksbb.needs.queries_totals import LEVELS, AreaSum, of_area
from ksbb.programmes.queries import current_programme
from ksbb.programmes.scope import scope_of
from ksbb.regions.models import Region
from ksbb.regions.queries import path
from ksbb.shared import clock
from ksbb.web.access import reader, requires


class Area(NamedTuple):
    """One area on the board: its sums, and where its rows stand."""

    code: str
    name: str
    sums: AreaSum
    share: float
    address: str
    """The board of this area; "" for a kelurahan, which holds no smaller one."""
    places: str
    missing: str
    needed: str
    committed: str


class Tile(NamedTuple):
    """One number with its rows behind it."""

    label: str | Promise
    total: int
    address: str


@requires("deliveries.watch")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the running phase, by area."""
    form = _form(request)
    chosen = _chosen(form)
    asked = {"wilayah": chosen.area, "bantuan": chosen.aid_type.slug}
    tiles = [
        Tile(
            one.label,
            rows_of(one, chosen).order_by().count(),
            f"{reverse('backoffice:board-rows')}?{urlencode(asked | {'apa': one.slug})}",
        )
        for one in form.numbers
    ]
    context = _context(form, chosen) | {"tiles": tiles, "areas": _areas(chosen)}
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "backoffice/board.html", context, status=status)


@requires("deliveries.watch")
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Show the rows behind one number of the board."""
    form = _form(request)
    chosen = _chosen(form)
    if not form.is_valid():
        raise Http404(_("The board has no such number."))
    context = _context(form, chosen) | {
        "number": form.number,
        "page": page_of(rows_of(form.number, chosen), request),
    }
    return render(request, "backoffice/board_rows.html", context)


def _form(request: HttpRequest) -> BoardFilter:
    programme = current_programme()
    if programme is None:
        raise Http404(_("No programme has been published yet. Please come back later."))
    return BoardFilter(request.GET, user=reader(request), scope=scope_of(programme, clock.now()))


def _chosen(form: BoardFilter) -> Chosen:
    phase, aid_type = form.scope.phase, form.aid_type
    if phase is None or aid_type is None:
        raise Http404(_("The programme has no phase or no kind of aid yet."))
    if not form.area:
        raise PermissionDenied(_("Your account has no area yet. Ask an administrator for it."))
    return Chosen(scope=form.scope, phase=phase, aid_type=aid_type, area=form.area)


def _context(form: BoardFilter, chosen: Chosen) -> dict[str, object]:
    within = [one for one in path(chosen.area) if any(_holds(root, one) for root in form.areas)]
    return {
        "form": form,
        "chosen": chosen,
        "path": within,
        "now": chosen.scope.now,
        "as_of": chosen.scope.now,
        "board_query": urlencode({"wilayah": chosen.area, "bantuan": chosen.aid_type.slug}),
    }


def _holds(root: Region, one: Region) -> bool:
    return f"{one.code}.".startswith(f"{root.code}.")


def _areas(chosen: Chosen) -> list[Area]:
    """Return the areas directly below the chosen one; a kelurahan alone."""
    length = next((one for one in LEVELS if one > len(chosen.area)), LEVELS[-1])
    sums = of_area(chosen.aid_type, chosen.phase, chosen.area, length=length)
    names = Region.objects.in_bulk([one.code for one in sums])
    return [_area(one, names.get(one.code), chosen) for one in sums]


def _area(sums: AreaSum, region: Region | None, chosen: Chosen) -> Area:
    asked: dict[str, str | int] = {
        "wilayah": sums.code,
        "bantuan": chosen.aid_type.slug,
        "fase": chosen.phase.number,
    }
    places = f"{reverse('portal:targets')}?{urlencode(asked)}"
    behind = f"{reverse('portal:rows')}?{urlencode(asked)}"
    smaller = f"{reverse('backoffice:board')}?{urlencode(asked)}"
    return Area(
        code=sums.code,
        name=region.short_name if region else sums.code,
        sums=sums,
        share=sums.committed / sums.quantity if sums.quantity else 1.0,
        address=smaller if len(sums.code) < LEVELS[-1] else "",
        places=places,
        missing=f"{places}&terbuka=1",
        needed=f"{behind}&tahap=kebutuhan",
        committed=f"{behind}&tahap=komitmen",
    )
