from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from ksbb.api import schemas
from ksbb.api.cursors import page_of
from ksbb.api.parameters import Cursor, Limit, listed
from ksbb.api.wording import text
from ksbb.programmes.models import AidType, Programme
from ksbb.programmes.queries import published_programmes
from ksbb.web.access import public


@public
def programmes(request: HttpRequest, limit: Limit = 100, cursor: Cursor = None) -> dict[str, Any]:
    """List the published programmes with their phases, kinds of aid and kinds of places."""
    found = published_programmes().prefetch_related("phases", "aid_types", "target_kinds")
    page = page_of(found.order_by("slug"), ("slug",), limit=limit, cursor=cursor)
    return listed(request, page.cursor, items=[_programme(one) for one in page.rows])


@public
def programme(request: HttpRequest, slug: str) -> schemas.Programme:
    """Return one programme."""
    found = published_programmes().filter(slug=slug[:60]).first()
    if found is None:
        raise Http404(_("There is no programme “%(slug)s”.") % {"slug": slug[:60]})
    return _programme(found)


def _programme(one: Programme) -> schemas.Programme:
    return schemas.Programme(
        slug=one.slug,
        name=text(one.name_id, one.name_en),
        organiser=one.organiser,
        state=one.state,
        region=one.root_region_id,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        fulfilment_stage=one.fulfilment_stage,
        is_example=one.is_example,
        phases=[
            schemas.Phase(number=phase.number, starts_on=phase.starts_on, ends_on=phase.ends_on)
            for phase in one.phases.all()
        ],
        aid_types=[_aid_type(kind) for kind in one.aid_types.all()],
        target_kinds=[
            schemas.TargetKind(
                slug=kind.slug, name=text(kind.name_id, kind.name_en), is_area=kind.is_area
            )
            for kind in one.target_kinds.all()
        ],
    )


def _aid_type(kind: AidType) -> schemas.AidType:
    return schemas.AidType(
        slug=kind.slug,
        name=text(kind.name_id, kind.name_en),
        unit=kind.unit,
        frequency=kind.frequency,
        reference_price_idr=kind.reference_price,
        contents=text(kind.contents_id, kind.contents_en),
        counts_toward_fulfilment=kind.counts_toward_fulfilment,
    )
