from __future__ import annotations

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field

from ksbb.api import schemas
from ksbb.api.cursors import Page, page_of
from ksbb.api.parameters import Area, Cursor, Limit, Words, listed
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import within
from ksbb.regions.search import search_places
from ksbb.web.access import public

PostalCode = Annotated[str | None, Field(pattern="^[0-9]{5}$")]


@public
def regions(
    request: HttpRequest,
    wilayah: Area = None,
    level: Level | None = None,
    postal_code: PostalCode = None,
    q: Words = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List regions by code, from the province to the RW; with `q` those meant, best first."""
    found = Region.objects.order_by("code")
    if wilayah:
        found = found.filter(within("", wilayah))
    if level:
        found = found.filter(level=level)
    if postal_code:
        found = found.filter(postal_code=postal_code)
    page = _meant(found, q, limit) if q else _page(found, limit, cursor)
    return listed(request, page.cursor, items=[_region(one) for one in page.rows])


@public
def region(request: HttpRequest, code: str) -> schemas.Region:
    """Return one region."""
    found = Region.objects.filter(code=code[:20]).first()
    if found is None:
        raise Http404(_("No region has the code “%(code)s”.") % {"code": code[:20]})
    return _region(found)


def _page(found: QuerySet[Region], limit: int, cursor: str | None) -> Page:
    return page_of(found, ("code",), limit=limit, cursor=cursor)


def _meant(found: QuerySet[Region], words: str, limit: int) -> Page:
    codes = [hit.code for hit in search_places(words, limit=limit)]
    known = found.in_bulk(codes)
    return Page([known[code] for code in codes if code in known], None)


def _region(one: Region) -> schemas.Region:
    return schemas.Region(
        code=one.code,
        name=one.name,
        level=one.level,
        parent=one.parent_id,
        postal_code=one.postal_code or None,
        lat=one.lat,
        lon=one.lon,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        is_official=one.is_official,
    )
