"""What stands in lots, as one transaction sees it after it has locked the accounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ksbb.funds.enums import AccountKind
from ksbb.funds.shares import shares

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksbb.funds.models import Account, Lot


class Place(NamedTuple):
    """Where packages of a lot stand: in stock, or with a commitment line at some stage."""

    kind: str
    lot: int
    line: int | None


class Holdings:
    """Packages and rupiah by place, changed in memory as moves are planned."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        """Read the balances of accounts of packages and of the rupiah in them."""
        self.packages: Counter[Place] = Counter()
        self.rupiah: dict[Place, Counter[int]] = defaultdict(Counter)
        for account in accounts:
            if account.lot_id is None:
                continue
            place = Place(account.kind, account.lot_id, account.line_id)
            if account.aid_type_id is not None:
                self.packages[place] += account.balance
            elif account.gift_id is not None:
                self.rupiah[place][account.gift_id] += account.balance

    def move(self, quantity: int, *, lot: Lot, source: Place, goal: Place) -> dict[int, int]:
        """Move packages and return the rupiah that go with them by gift, in whole rupiah.

        Each gift goes along in proportion to what it has in the source, by the largest remainder.
        """
        gifts = sorted(gift for gift, amount in self.rupiah[source].items() if amount)
        weights = [self.rupiah[source][gift] for gift in gifts]
        parts = dict(zip(gifts, shares(quantity * lot.unit_price, weights), strict=True))
        self.packages[source] -= quantity
        self.packages[goal] += quantity
        self.rupiah[source].subtract(parts)
        self.rupiah[goal].update(parts)
        return parts


def stock(lot: int) -> Place:
    """Return the place of what is in stock of a lot."""
    return Place(AccountKind.STOCK, lot, None)


def allotted(lot: int, line: int) -> Place:
    """Return the place of what is set aside of a lot for a line."""
    return Place(AccountKind.ALLOTTED, lot, line)


def delivered(lot: int, line: int) -> Place:
    """Return the place of what was handed over of a lot on a line."""
    return Place(AccountKind.DELIVERED, lot, line)


def lost(lot: int) -> Place:
    """Return the place of what was lost of a lot."""
    return Place(AccountKind.LOST, lot, None)
