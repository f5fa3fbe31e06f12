"""What an aggregator was given and what became of it, from the balances of its accounts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from ksbb.funds.enums import SOURCES, AccountKind
from ksbb.funds.models import Account, Lot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from ksbb.collaborators.models import Collaborator
    from ksbb.funds.models import Gift
    from ksbb.programmes.models import AidType, Programme


@dataclass(frozen=True, kw_only=True)
class Money:
    """Rupiah: what was received stands as a whole in the six others."""

    received: int
    unspent: int
    in_stock: int
    set_aside: int
    delivered: int
    costs: int
    lost: int

    @property
    def spent(self) -> int:
        """What is no longer money in hand."""
        return self.received - self.unspent

    @property
    def cost_share(self) -> float:
        """Operating costs by received; 0 where nothing was received."""
        return self.costs / self.received if self.received else 0.0

    def passes_cap(self, programme: Programme) -> bool:
        """Whether operating costs are above what the programme says the law allows."""
        return self.costs * 100 > self.received * programme.cost_cap_percent


@dataclass(frozen=True, kw_only=True)
class Goods:
    """Packages of one aid type: what came (bought or given) stands as a whole in the four last.

    `paid` is what the bought ones cost in rupiah.
    """

    aid_type: AidType
    bought: int
    given: int
    paid: int
    in_stock: int
    set_aside: int
    delivered: int
    lost: int

    @property
    def mean_price(self) -> int | None:
        """What a bought package cost on average, in whole rupiah; None where none was bought."""
        return round(self.paid / self.bought) if self.bought else None


def money_of(accounts: QuerySet[Account]) -> Money:
    """Return the sums over accounts of rupiah."""
    return _money(_by_kind(accounts.filter(aid_type__isnull=True)))


def money_of_each(gifts: Iterable[Gift]) -> dict[int, Money]:
    """Return where the money of each gift is now, by the key of the gift."""
    sums: dict[int, Counter[str]] = {gift.pk: Counter() for gift in gifts}
    held = Account.objects.filter(gift__in=sums, aid_type__isnull=True).order_by()
    for gift, kind, total in held.values_list("gift", "kind").annotate(total=Sum("balance")):
        sums[gift][kind] = total
    return {gift: _money(found) for gift, found in sums.items()}


def _money(sums: Counter[str]) -> Money:
    return Money(
        received=-sums[AccountKind.GIVEN],
        unspent=sums[AccountKind.CASH],
        in_stock=sums[AccountKind.STOCK],
        set_aside=sums[AccountKind.ALLOTTED],
        delivered=sums[AccountKind.DELIVERED],
        costs=sums[AccountKind.COSTS],
        lost=sums[AccountKind.LOST],
    )


def accounts_of(aggregator: Collaborator, programme: Programme) -> QuerySet[Account]:
    """Return the accounts of an aggregator that belong to a programme."""
    return Account.objects.filter(
        Q(gift__programme=programme) | Q(lot__programme=programme), aggregator=aggregator
    )


def money_with(aggregator: Collaborator, programme: Programme) -> Money:
    """Return what an aggregator was given in a programme and what became of it."""
    return money_of(accounts_of(aggregator, programme))


def goods_with(aggregator: Collaborator, programme: Programme) -> list[Goods]:
    """Return what an aggregator holds and brought in a programme, by aid type in their order."""
    sums: Counter[tuple[int, str]] = Counter()
    goods = accounts_of(aggregator, programme).filter(aid_type__isnull=False)
    for aid_type, kind, total in (
        goods.order_by().values_list("aid_type", "kind").annotate(total=Sum("balance"))
    ):
        sums[aid_type, kind] += total
    paid = _paid(aggregator, programme)
    return [
        Goods(
            aid_type=one,
            bought=-sums[one.pk, AccountKind.BOUGHT],
            given=-sums[one.pk, AccountKind.GIVEN],
            paid=paid[one.pk],
            in_stock=sums[one.pk, AccountKind.STOCK],
            set_aside=sums[one.pk, AccountKind.ALLOTTED],
            delivered=sums[one.pk, AccountKind.DELIVERED],
            lost=sums[one.pk, AccountKind.LOST],
        )
        for one in programme.aid_types.order_by("position", "slug")
        if any(sums[one.pk, kind] for kind in SOURCES)
    ]


def has_examples(programme: Programme, aggregator: Collaborator | None = None) -> bool:
    """Whether invented purchases stand among those of a programme, or of one aggregator in it."""
    lots = Lot.objects.filter(programme=programme, is_example=True)
    return (lots.filter(aggregator=aggregator) if aggregator else lots).exists()


def bought(programme: Programme) -> QuerySet[Lot]:
    """Return the lots that were bought in a programme; a purchase that was reversed is none."""
    return Lot.objects.filter(
        programme=programme,
        gift__isnull=True,
        accounts__kind=AccountKind.BOUGHT,
        accounts__balance__lt=0,
    )


def lots_in_stock(aggregator: Collaborator, programme: Programme) -> list[tuple[Lot, int]]:
    """Return the lots with packages in stock and how many, the oldest first."""
    there = Account.objects.filter(
        aggregator=aggregator,
        kind=AccountKind.STOCK,
        aid_type__isnull=False,
        lot__programme=programme,
        balance__gt=0,
    )
    held = there.select_related("lot__aid_type", "lot__area", "lot__target_kind", "lot__gift")
    return [(one.lot, one.balance) for one in held.order_by("lot") if one.lot]


def _by_kind(accounts: QuerySet[Account]) -> Counter[str]:
    rows = accounts.order_by().values_list("kind").annotate(total=Sum("balance"))
    return Counter(dict(rows))


def _paid(aggregator: Collaborator, programme: Programme) -> Counter[int]:
    """Return the rupiah that stand in lots, by aid type; a reversed purchase has none."""
    inside = Account.objects.filter(
        aggregator=aggregator, aid_type__isnull=True, lot__programme=programme
    )
    rows = inside.order_by().values_list("lot__aid_type").annotate(total=Sum("balance"))
    return Counter(dict(rows))
