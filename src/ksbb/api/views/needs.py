from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.db.models import F
from django.http import HttpRequest
from pydantic import Field

from ksbb.api.cursors import Key, Page, page_of
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
from ksbb.needs.models import Need
from ksbb.needs.queries_near import kilometres, square_of_distance
from ksbb.overlap.queries import served_to
from ksbb.web.access import public
from ksbb.web.listing import Listing, find
from ksbb.web.target_filter import COVERAGE, MISSING, NAME, NEAREST, PRIORITY, TargetFilter

Slug = Annotated[str | None, Field(max_length=50)]
Phase = Annotated[int | None, Field(ge=1, le=32_767, description="Left out: the one of today.")]
Near = Annotated[
    str | None, Field(max_length=120, description="Point, code or name the nearest are near to.")
]
Order = Annotated[
    Literal["kurang", "tercakup", "prioritas", "dekat", "nama"] | None,
    Field(
        description="Missing most, least covered, by the priority rule in force (where the next "
        "package would go), nearest, by name. Left out: `kurang`, with `dekat` the nearest."
    ),
]
KEYS: Final[dict[str, Key]] = {
    MISSING: ("-open", "pk"),
    COVERAGE: ("coverage", "-open", "pk"),
    NAME: ("target__name", "target__code"),
    NEAREST: ("far", "pk"),
    PRIORITY: ("reckoned_key", "-quantity", "reckoned_weight", "target__code"),
}


@public
def needs(
    request: HttpRequest,
    programme: ProgrammeSlug = None,
    q: Words = None,
    wilayah: Area = None,
    bantuan: Slug = None,
    fase: Phase = None,
    jenis: Slug = None,
    urut: Order = None,
    dekat: Near = None,
    terbuka: bool = False,  # noqa: FBT001, FBT002 - as the page's own filter
    limit: Limit = 100,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List the needs of one kind of aid in one phase, with the filters of the list of places."""
    scope = read_scope(programme)
    form = TargetFilter(request.GET, scope)
    if not form.is_valid():
        raise InvalidParametersError(
            {name: " ".join(map(str, said)) for name, said in form.errors.items()}
        )
    listing = find(form.cleaned_data, scope)
    page = _page(listing, form.cleaned_data["urut"], limit, cursor)
    served = served_to(page.rows)
    return listed(
        request,
        page.cursor,
        programme=scope.programme.slug,
        phase=listing.phase.number,
        aid_type=listing.aid_type.slug,
        unit=listing.aid_type.unit,
        items=[_need(one, listing, served) for one in page.rows],
    )


def _page(listing: Listing, order: str, limit: int, cursor: str | None) -> Page:
    found = listing.needs
    if listing.spot:
        found = found.annotate(far=square_of_distance(listing.spot.point))
        found = found.order_by(F("far").asc(nulls_last=True), "pk")
    return page_of(found, KEYS[order], limit=limit, cursor=cursor)


def _need(need: Need, listing: Listing, served: dict[int, int]) -> dict[str, Any]:
    place = need.target
    return {
        "id": f"{place.code}/{listing.phase.number}/{listing.aid_type.slug}",
        "target": {
            "code": place.code,
            "name": place.name,
            "kind": place.kind.slug,
            "region": place.region_id,
            "lat": place.lat,
            "lon": place.lon,
            "is_example": place.is_example,
        },
        "quantity": need.quantity,
        "committed": need.committed,
        "delivered": need.delivered,
        "received": need.received,
        "open": need.open,
        "coverage": need.coverage,
        "served_by_others": served.get(need.pk, 0),
        "distance_km": _rounded(kilometres(listing.spot, place)) if listing.spot else None,
    }


def _rounded(distance: float | None) -> float | None:
    """Return kilometres to the nearest ten metres: the point asked from is not more exact."""
    return None if distance is None else round(distance, 2)
