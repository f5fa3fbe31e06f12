"""The steps of a gift so far: when each happened last, and how much it moved."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Max, Q

from ksbb.commitments.models import Movement
from ksbb.funds.enums import AccountKind, Reason
from ksbb.funds.models import Account, Posting
from ksbb.programmes.enums import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ksbb.funds.models import Gift

WAYS: Final = (Reason.PURCHASE, Reason.ALLOT, Reason.DELIVER)


class Since(NamedTuple):
    """One step: its name in `Reason`, or "RECEIVED", and when it happened last."""

    name: str
    at: datetime


def steps_of(gifts: Iterable[Gift]) -> dict[int, list[Since]]:
    """Return, by the key of the gift, its steps after the decision on it, in their order."""
    keys = [gift.pk for gift in gifts]
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    for side in ("debit__gift", "debit__lot__gift"):
        moved = Posting.objects.filter(reason__in=WAYS, **{f"{side}__in": keys})
        for gift, reason, at in moved.order_by().values_list(side, "reason").annotate(at=Max("at")):
            found[gift][reason] = max(at, found[gift].get(reason, at))
    for gift, at in _received(keys).items():
        found[gift]["RECEIVED"] = at
    order = (*WAYS, "RECEIVED")
    return {
        key: [Since(name, found[key][name]) for name in order if name in found[key]] for key in keys
    }


def _received(keys: list[int]) -> dict[int, datetime]:
    """Return when a place last confirmed packages of each gift."""
    out = Account.objects.filter(
        Q(gift__in=keys) | Q(lot__gift__in=keys),
        kind=AccountKind.DELIVERED,
        balance__gt=0,
    )
    lines = defaultdict(set)
    for gift, given, line in out.values_list("gift", "lot__gift", "line"):
        lines[line].add(gift or given)
    latest = (
        Movement.objects.filter(line__in=out.values("line"), stage=Stage.RECEIVED, delta__gt=0)
        .order_by()
        .values_list("line")
        .annotate(at=Max("at"))
    )
    found: dict[int, datetime] = {}
    for line, at in latest:
        for gift in lines[line]:
            found[gift] = max(at, found.get(gift, at))
    return found
