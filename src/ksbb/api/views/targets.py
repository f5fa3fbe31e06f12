from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field

from ksbb.api import schemas
from ksbb.api.cursors import page_of
from ksbb.api.parameters import (
    Area,
    Cursor,
    Limit,
    ProgrammeSlug,
    Words,
    listed,
    read_scope,
)
from ksbb.api.problems import InvalidParametersError
from ksbb.needs.models import Target
from ksbb.needs.queries_list import find_target, targets_of
from ksbb.needs.queries_search import find_places
from ksbb.needs.small_numbers import published_count
from ksbb.programmes.models import Programme
from ksbb.regions.queries import within
from ksbb.web.access import public

Kind = Annotated[str | None, Field(max_length=50, description="Kind of place.")]


@public
def targets(
    request: HttpRequest,
    programme: ProgrammeSlug = None,
    q: Words = None,
    wilayah: Area = None,
    jenis: Kind = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List the verified places of a programme by code."""
    chosen = read_scope(programme).programme
    found = _narrowed(chosen, q=q, wilayah=wilayah, jenis=jenis).order_by("code")
    page = page_of(found, ("code",), limit=limit, cursor=cursor)
    items = [schemas.Target(**_facts(one)) for one in page.rows]
    return listed(request, page.cursor, programme=chosen.slug, items=items)


@public
def target(request: HttpRequest, code: str, programme: ProgrammeSlug = None) -> dict[str, Any]:
    """Return one place with everything it needs in a programme."""
    scope = read_scope(programme)
    place = find_target(code[:60], scope.programme)
    if place is None:
        raise Http404(_("No place has the code “%(code)s”.") % {"code": code[:40]})
    return {
        **_facts(place),
        "programme": scope.programme.slug,
        "as_of": scope.now,
        "licence": settings.DATA_LICENCE,
        "needs": [
            {
                "id": f"{place.code}/{need.phase.number}/{need.aid_type.slug}",
                "phase": need.phase.number,
                "aid_type": need.aid_type.slug,
                "unit": need.aid_type.unit,
                "quantity": need.quantity,
                "committed": need.committed,
                "delivered": need.delivered,
                "received": need.received,
                "open": need.open,
                "coverage": need.coverage,
            }
            for need in place.needs.all()
        ],
    }


def _narrowed(
    programme: Programme, *, q: str | None, wilayah: str | None, jenis: str | None
) -> QuerySet[Target]:
    found = targets_of(programme)
    if wilayah:
        found = found.filter(within("region", wilayah))
    if jenis:
        if not programme.target_kinds.filter(slug=jenis).exists():
            sentence = _("“%(value).40s” is not in this list. Choose again.") % {"value": jenis}
            raise InvalidParametersError({"jenis": sentence})
        found = found.filter(kind__slug=jenis)
    if q:
        found = found.filter(find_places(q, programme.root_region_id, of="").condition)
    return found


def _facts(place: Target) -> dict[str, Any]:
    return {
        "code": place.code,
        "name": place.name,
        "kind": place.kind.slug,
        "region": place.region_id,
        "address": place.address,
        "lat": place.lat,
        "lon": place.lon,
        "families": published_count(place.families),
        "residents": published_count(place.residents),
        "counted_on": place.counted_on,
        "source": place.source,
        "is_example": place.is_example,
    }
