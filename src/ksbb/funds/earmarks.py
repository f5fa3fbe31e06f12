"""What a gift may pay for, and where packages of a lot may go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from ksbb.shared.codes import ancestors_of, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ksbb.funds.models import Gift, Lot
    from ksbb.needs.models import Need


class Purpose(NamedTuple):
    """What packages are bought for: a region code and a kind of place; None means any."""

    area: str | None = None
    target_kind: int | None = None


ANY = Purpose()


def may_pay(*, aid_type: int | None = None, purpose: Purpose = ANY) -> Q:
    """Return which accounts hold money of gifts that may buy an aid type for a purpose.

    Never more than a gift was given for; without an aid type only what was given for anything.
    """
    areas = [*ancestors_of(purpose.area), purpose.area] if purpose.area else []
    return (
        _any_or("gift__aid_type", [aid_type] if aid_type else [])
        & _any_or("gift__area", areas)
        & _any_or("gift__target_kind", [purpose.target_kind] if purpose.target_kind else [])
    )


def may_go(lot: Lot, need: Need) -> bool:
    """Whether packages of a lot may be set aside for a need; its target must be at hand."""
    target = need.target
    return (
        lot.aid_type_id == need.aid_type_id
        and (lot.area_id is None or within(target.region_id, lot.area_id))
        and lot.target_kind_id in {None, target.kind_id}
    )


def strictness(row: Gift | Lot) -> int:
    """Return how much a gift or lot is tied down: tied money and goods are used up first."""
    of_money = row.area_id is not None, row.target_kind_id is not None
    return sum(of_money) * 2 + (row.aid_type_id is not None)


def _any_or(field: str, wanted: Sequence[int | str]) -> Q:
    anything = Q(**{f"{field}__isnull": True})
    return anything | Q(**{f"{field}__in": wanted}) if wanted else anything
