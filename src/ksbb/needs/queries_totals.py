"""What a programme lacks as a whole, one row per aid type, never added across units."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Q, Sum

from ksbb.needs.enums import Verification
from ksbb.needs.models import Need
from ksbb.programmes.models import AidType, Phase


class Totals(NamedTuple):
    """Sums over all places, in units of the aid type; `places` still miss something."""

    aid_type: AidType
    quantity: int
    committed: int
    delivered: int
    received: int
    open: int
    places: int


def totals(aid_types: list[AidType], phase: Phase | None = None) -> list[Totals]:
    """Return the sums per aid type, in one phase or in all, from the counters of now."""
    needs = Need.objects.filter(aid_type__in=aid_types, target__verification=Verification.VERIFIED)
    if phase:
        needs = needs.filter(phase=phase)
    rows = needs.values("aid_type").annotate(
        needed=Sum("quantity"),
        promised=Sum("committed"),
        brought=Sum("delivered"),
        confirmed=Sum("received"),
        missing=Sum("open"),
        places=Count("pk", filter=Q(open__gt=0)),
    )
    found = {row["aid_type"]: row for row in rows}
    return [
        Totals(
            aid_type=kind,
            quantity=row["needed"],
            committed=row["promised"],
            delivered=row["brought"],
            received=row["confirmed"],
            open=row["missing"],
            places=row["places"],
        )
        for kind in aid_types
        if (row := found.get(kind.pk))
    ]
