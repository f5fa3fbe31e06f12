"""Packages of a lot go from one place to another, and the rupiah in them go along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.funds.actions.post import Move, Name

if TYPE_CHECKING:
    from ksbb.funds.holdings import Holdings, Place
    from ksbb.funds.models import Lot


def carry(holdings: Holdings, quantity: int, *, lot: Lot, source: Place, goal: Place) -> list[Move]:
    """Return the moves of packages and of each gift's rupiah in them."""
    if not quantity:
        return []
    parts = holdings.move(quantity, lot=lot, source=source, goal=goal)
    goods = Move(
        _goods(lot, source),
        _goods(lot, goal),
        quantity,
    )
    money = [
        Move(_money(lot, source, gift), _money(lot, goal, gift), amount)
        for gift, amount in parts.items()
    ]
    return [goods, *money]


def _goods(lot: Lot, place: Place) -> Name:
    return Name(lot.aggregator_id, place.kind, lot.aid_type_id, lot=lot.pk, line=place.line)


def _money(lot: Lot, place: Place, gift: int) -> Name:
    return Name(lot.aggregator_id, place.kind, gift=gift, lot=lot.pk, line=place.line)
