"""Aggregators and what became of the money and goods they were given, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from tempfile import TemporaryFile
from typing import Final, NamedTuple

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from xlsxwriter import Workbook

from ksbb.collaborators.enums import Standing
from ksbb.collaborators.models import Collaborator, Permit
from ksbb.collaborators.queries import find_named, named, standing_of
from ksbb.funds.enums import GiftKind, GiftState
from ksbb.funds.models import Account, Gift
from ksbb.funds.queries import confirmed_by_phase, gifts_to, with_names
from ksbb.funds.queries_money import Money, goods_with, has_examples, money_of, money_with
from ksbb.portal.funds.segments import segments
from ksbb.portal.scope import Scope, read_scope
from ksbb.shared.clock import in_wib
from ksbb.shared.csv_cells import MARK, line
from ksbb.web.access import public
from ksbb.web.copies import same_for_all
from ksbb.web.downloads import streamed

PER_PAGE: Final = 25
WIDTH: Final = 22
"""How wide the columns of the workbook are, in letters."""
COLUMNS: Final = (
    gettext_lazy("code"),
    gettext_lazy("donor"),
    gettext_lazy("aggregator"),
    gettext_lazy("phase"),
    gettext_lazy("kind"),
    gettext_lazy("aid type"),
    gettext_lazy("amount"),
    gettext_lazy("unit"),
    gettext_lazy("confirmed at"),
    gettext_lazy("example data"),
)


class Row(NamedTuple):
    """One aggregator in the list."""

    aggregator: Collaborator
    standing: Standing
    permit: Permit | None
    money: Money


@public
@same_for_all()
@require_safe
def aggregators(request: HttpRequest) -> HttpResponse:
    """List the aggregators with their permits and what became of the money, and the totals."""
    scope = read_scope(request)
    programme = scope.programme
    rows = [_row(one, scope) for one in named().filter(is_aggregator=True).order_by("name")]
    whole = money_of(Account.objects.filter(gift__programme=programme))
    context = {
        "scope": scope,
        "as_of": scope.now,
        "rows": rows,
        "money": whole,
        "is_invented": has_examples(programme),
        "segments": segments(whole),
        "phases": confirmed_by_phase(programme),
        "can_give": programme.is_open and any(row.standing == Standing.VALID for row in rows),
    }
    return render(request, "portal/funds/aggregators.html", context)


@public
@same_for_all("hal")
@require_safe
def aggregator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one aggregator: permit, money, goods, cost of a package, and its gifts."""
    scope = read_scope(request)
    found = _find(slug)
    money = money_with(found, scope.programme)
    gifts = gifts_to(found, scope.programme)
    context = {
        "scope": scope,
        "as_of": scope.now,
        "row": _row(found, scope),
        "permits": list(found.permits.select_related("region")),
        "money": money,
        "is_invented": has_examples(scope.programme, found),
        "passes_cap": money.passes_cap(scope.programme),
        "segments": segments(money),
        "goods": goods_with(found, scope.programme),
        "page": Paginator(gifts, PER_PAGE).get_page(request.GET.get("hal")),
    }
    return render(request, "portal/funds/aggregator.html", context)


@public
@require_safe
def as_csv(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    """Send every confirmed gift of the programme as a file, or those to one aggregator."""
    lines = chain((MARK, line(map(str, COLUMNS))), map(line, _rows(_confirmed(request, slug))))
    return streamed(lines, name=f"{_file_name(slug)}.csv")


@public
@require_safe
def as_xlsx(request: HttpRequest, slug: str = "") -> FileResponse:
    """Send the same as a workbook."""
    gifts = _confirmed(request, slug)
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        page = book.add_worksheet(_("Gifts"))
        page.write_row(0, 0, [str(column) for column in COLUMNS])
        page.freeze_panes(1, 0)
        page.set_column(0, len(COLUMNS), WIDTH)
        for at, cells in enumerate(_rows(gifts), start=1):
            page.write_row(at, 0, cells)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{_file_name(slug)}.xlsx")


def _file_name(slug: str) -> str:
    return f"ksbb-pemberian-{slug}" if slug else "ksbb-pemberian"


def _confirmed(request: HttpRequest, slug: str) -> QuerySet[Gift]:
    programme = read_scope(request).programme
    gifts = Gift.objects.filter(programme=programme, state=GiftState.CONFIRMED)
    if slug:
        gifts = gifts.filter(aggregator=_find(slug))
    return with_names(gifts).order_by("pk")


def _find(slug: str) -> Collaborator:
    found = find_named(slug)
    if found is None or not found.is_aggregator:
        raise Http404(_("No aggregator is published under this address."))
    return found


def _row(aggregator: Collaborator, scope: Scope) -> Row:
    area = scope.programme.root_region_id
    standing, permit = standing_of(aggregator, area=area, day=scope.today)
    return Row(aggregator, standing, permit, money_with(aggregator, scope.programme))


def _rows(gifts: QuerySet[Gift]) -> Iterator[list[str | int]]:
    """Yield the rows; their words are looked up now, not while the file is sent."""
    kinds = {value: str(label) for value, label in GiftKind.choices}
    packages = _("packages")
    return (_cells(gift, kinds, packages) for gift in gifts.iterator(chunk_size=500))


def _cells(gift: Gift, kinds: dict[str, str], packages: str) -> list[str | int]:
    return [
        gift.code,
        gift.public_donor,
        gift.aggregator.name,
        gift.phase.number,
        kinds[gift.kind],
        gift.aid_type.slug if gift.aid_type else "",
        gift.accepted or 0,
        "rupiah" if gift.kind == GiftKind.MONEY else packages,
        in_wib(gift.decided_at).isoformat() if gift.decided_at else "",
        int(gift.is_example),
    ]
