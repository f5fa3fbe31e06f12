"""What a gift may pay for, and where packages of a lot may go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ksbb.shared.codes import within

if TYPE_CHECKING:
    from ksbb.funds.models import Gift, Lot
    from ksbb.needs.models import Need


class Purpose(NamedTuple):
    """What packages are bought for: a region code and a kind of place; None means any."""

    area: str | None = None
    target_kind: int | None = None


ANY = Purpose()


def may_pay(gift: Gift, *, aid_type: int, purpose: Purpose) -> bool:
    """Whether a gift may buy an aid type for a purpose: never more than it was given for."""
    return (
        gift.aid_type_id in {None, aid_type}
        and _covers(gift.area_id, purpose.area)
        and gift.target_kind_id in {None, purpose.target_kind}
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


def is_free(gift: Gift) -> bool:
    """Whether a gift was given for anything, so that it may pay operating costs too."""
    return gift.aid_type_id is None and gift.area_id is None and gift.target_kind_id is None


def _covers(given_for: str | None, wanted: str | None) -> bool:
    return given_for is None or (wanted is not None and within(wanted, given_for))
