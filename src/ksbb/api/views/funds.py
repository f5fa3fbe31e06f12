"""Gifts through aggregators and what was bought with them, as anybody may read it."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from pydantic import Field

from ksbb.api import schemas
from ksbb.api.cursors import page_of
from ksbb.api.parameters import Cursor, Limit, ProgrammeSlug, listed, read_scope
from ksbb.funds.enums import GiftState
from ksbb.funds.models import Gift, Lot
from ksbb.funds.queries import with_names
from ksbb.funds.queries_money import bought
from ksbb.shared.clock import in_wib
from ksbb.web.access import public

Row = TypeVar("Row", Gift, Lot)
Aggregator = Annotated[
    str | None, Field(max_length=80, description="Only those of the aggregator of this slug.")
]


@public
def donations(
    request: HttpRequest,
    programme: ProgrammeSlug = None,
    aggregator: Aggregator = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List the confirmed gifts of money and goods, the earliest declared first."""
    scope = read_scope(programme)
    gifts = Gift.objects.filter(programme=scope.programme, state=GiftState.CONFIRMED)
    rows = with_names(_of(aggregator, gifts)).order_by("pk")
    page = page_of(rows, ("pk",), limit=limit, cursor=cursor)
    items = [
        {
            "code": one.code,
            "from": one.public_donor,
            "to": one.aggregator.slug,
            "kind": one.kind,
            "quantity": one.accepted or 0,
            "aid_type": one.aid_type.slug if one.aid_type else None,
            "phase": one.phase.number,
            "area": one.area_id,
            "target_kind": one.target_kind.slug if one.target_kind else None,
            "confirmed_at": in_wib(one.decided_at or one.declared_at),
            "is_example": one.is_example,
        }
        for one in page.rows
    ]
    return listed(request, page.cursor, programme=scope.programme.slug, items=items)


@public
def purchases(
    request: HttpRequest,
    programme: ProgrammeSlug = None,
    aggregator: Aggregator = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List what aggregators bought and did not take back, the earliest first."""
    scope = read_scope(programme)
    lots = _of(aggregator, bought(scope.programme))
    rows = lots.select_related("aggregator", "aid_type", "target_kind").order_by("pk")
    page = page_of(rows, ("pk",), limit=limit, cursor=cursor)
    items = [
        schemas.Purchase(
            id=one.pk,
            aggregator=one.aggregator.slug,
            aid_type=one.aid_type.slug,
            quantity=one.quantity,
            unit_price_idr=one.unit_price,
            reference_price_idr=one.aid_type.reference_price,
            area=one.area_id,
            target_kind=one.target_kind.slug if one.target_kind else None,
            at=in_wib(one.at),
            is_example=one.is_example,
        )
        for one in page.rows
    ]
    return listed(request, page.cursor, programme=scope.programme.slug, items=items)


def _of(slug: str | None, rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.filter(aggregator__slug=slug) if slug else rows
