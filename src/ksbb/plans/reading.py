"""The book of now and the open offers as the document a plan is reckoned from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import cos, pi, radians
from typing import Any, Final

from django.db.models import Sum

from ksbb.needs.models import Need
from ksbb.needs.queries_list import needs_of
from ksbb.plans.enums import Reach
from ksbb.plans.models import Offer
from ksbb.plans.queries import open_offers
from ksbb.plans.reckoning import FORMAT_IN, Document, Place, Terms
from ksbb.programmes.models import AidType, Phase
from ksbb.shared.clock import WIB

METRES: Final = 6_371_000 * pi / 180
"""So long is a degree of latitude."""


def read_input(aid_type: AidType, phase: Phase, terms: Terms, now: datetime) -> Document:
    """Return what a plan over all open offers is made of, as of ``now``.

    Points stand in whole metres on a flat map around the middle of all places, so that whoever
    repeats the plan has the very same distances. Nobody who gives is named.
    """
    rows = _needs(aid_type, phase)
    flat = _Map(row[6:8] for row in rows)
    so_far = _so_far(aid_type, phase)
    return {
        "format": FORMAT_IN,
        "programme": phase.programme.slug,
        "aid_type": aid_type.slug,
        "phase": phase.number,
        "as_of": now.astimezone(WIB).isoformat(timespec="seconds"),
        "share": terms.share,
        "least": terms.least,
        "seed": terms.seed,
        "middle": [flat.lat, flat.lon],
        "place_columns": list(Place._fields),
        "places": [
            [code, name, region, *flat.metres(lat, lon), need, committed, so_far.get(target, 0)]
            for target, code, name, region, need, committed, lat, lon in rows
        ],
        "offers": [_offer(one, flat) for one in open_offers(aid_type, phase)],
    }


def _needs(aid_type: AidType, phase: Phase) -> list[Any]:
    needs = needs_of(aid_type, phase).filter(quantity__gt=0).order_by("target__code")
    return list(
        needs.values_list(
            "target_id",
            "target__code",
            "target__name",
            "target__region_id",
            "quantity",
            "committed",
            "target__lat",
            "target__lon",
        )
    )


def _so_far(aid_type: AidType, phase: Phase) -> dict[int, int]:
    """Return what each place was promised in this phase and those before it."""
    needs = Need.objects.filter(
        aid_type=aid_type, phase__programme=phase.programme_id, phase__number__lte=phase.number
    )
    sums = needs.order_by().values("target_id").annotate(total=Sum("committed"))
    return dict(sums.values_list("target_id", "total"))


class _Map:
    """A flat map around the middle of the points, given in hundredths of a degree."""

    def __init__(self, points: Iterable[tuple[float | None, float | None]]) -> None:
        known = [(lat, lon) for lat, lon in points if lat is not None and lon is not None]
        count = len(known) or 1
        self.lat = round(sum(lat for lat, _ in known) / count, 2)
        self.lon = round(sum(lon for _, lon in known) / count, 2)
        self.wide = METRES * cos(radians(self.lat))

    def metres(self, lat: float | None, lon: float | None) -> tuple[int | None, int | None]:
        if lat is None or lon is None:
            return None, None
        return round((lon - self.lon) * self.wide), round((lat - self.lat) * METRES)


def _offer(offer: Offer, flat: _Map) -> Document:
    told: Document = {
        "code": offer.code,
        "packages": offer.left,
        "reach": offer.reach.lower(),
        "ready_from": offer.ready_from.isoformat(),
        "ready_until": offer.ready_until.isoformat(),
    }
    if offer.reach == Reach.AREA:
        return told | {"area": offer.area_id}
    if offer.reach == Reach.RADIUS:
        x, y = flat.metres(offer.lat, offer.lon)
        return told | {"x": x, "y": y, "metres": offer.metres}
    return told | {"places": sorted(offer.places)}
