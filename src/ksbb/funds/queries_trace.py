"""Both ways along a gift: which packages it became where, and who paid for a package.

Read from balances: each account of rupiah names the gift, the lot and the line it stands for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, OuterRef, Subquery, Value
from django.utils.translation import get_language

from ksbb.funds.enums import BROUGHT, AccountKind
from ksbb.funds.models import Account, Gift
from ksbb.funds.queries_money import money_of
from ksbb.programmes.rules import in_language

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ksbb.commitments.models import Commitment
    from ksbb.funds.queries_money import Money


class Step(NamedTuple):
    """Packages of one lot for one line, and what a gift has in them.

    `packages` are all those of the lot on the line at this stage; `rupiah` of them are the gift's,
    of `cost` in all. Goods in kind cost nothing and are the gift's as a whole. `place` is the code
    of the target and `commitment` that of the promise; `line` and `lot` are keys.
    """

    kind: str
    place: str
    place_name: str
    region: str
    name_id: str
    name_en: str
    commitment: str
    line: int
    lot: int
    unit_price: int
    packages: int
    rupiah: int
    is_example: bool

    @property
    def aid_type(self) -> str:
        """The kind of aid in the reader's language."""
        return in_language(get_language(), self.name_id, self.name_en)

    @property
    def cost(self) -> int:
        """What the packages cost in all."""
        return self.packages * self.unit_price

    @property
    def is_delivered(self) -> bool:
        """Whether they were handed over, and are not only set aside."""
        return self.kind == AccountKind.DELIVERED


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a gift is now: rupiah, or packages by account kind where it was given as goods."""

    money: Money
    goods: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Trace(Standing):
    """Where a gift is now. The sums of the steps are in `money`, to the rupiah."""

    gift: Gift
    steps: list[Step]


class Payer(NamedTuple):
    """One gift's part in packages: rupiah, or packages where it was given as goods."""

    gift: Gift
    rupiah: int
    packages: int


def trace_of(gift: Gift) -> Trace:
    """Return where a gift is now and which places it went to, by the code of the place."""
    now = standing_of(gift)
    steps = [Step(*row) for row in brought_by(gift)]
    return Trace(gift=gift, money=now.money, goods=now.goods, steps=steps)


def standing_of(gift: Gift) -> Standing:
    """Return where a gift is now, without the places."""
    goods = {} if gift.is_money else _goods_by_kind(gift)
    return Standing(money=money_of(Account.objects.filter(gift=gift)), goods=goods)


def brought_by(gift: Gift) -> QuerySet[Account, tuple[Any, ...]]:
    """Return the fields of each `Step` of a gift, by the code of the place.

    One query whatever the number of places, of which a page may read a part.
    """
    brought = Account.objects.filter(kind__in=BROUGHT, balance__gt=0)
    if gift.is_money:
        # What packages stand where the rupiah stand: one row by the index of the line.
        beside = Account.objects.filter(
            line=OuterRef("line"),
            lot=OuterRef("lot"),
            kind=OuterRef("kind"),
            aid_type__isnull=False,
        )
        own = brought.filter(gift=gift, aid_type__isnull=True)
        found = own.annotate(packages=Subquery(beside.values("balance")), rupiah=F("balance"))
    else:
        own = brought.filter(lot__gift=gift, aid_type__isnull=False)
        found = own.annotate(packages=F("balance"), rupiah=Value(0))
    return found.order_by("line__need__target__code", "line_id", "lot_id", "kind").values_list(
        "kind",
        "line__need__target__code",
        "line__need__target__name",
        "line__need__target__region",
        "line__need__aid_type__name_id",
        "line__need__aid_type__name_en",
        "line__commitment__code",
        "line",
        "lot",
        "lot__unit_price",
        "packages",
        "rupiah",
        "line__commitment__is_example",
    )


def payers_of(commitment: Commitment) -> dict[int, list[Payer]]:
    """Return, by the key of the line, the gifts its packages from stock were paid by.

    The oldest gift first; the rupiah of a line's gifts together are what its packages cost.
    """
    accounts = Account.objects.filter(
        line__commitment=commitment, kind__in=BROUGHT, balance__gt=0
    ).select_related("gift__donor", "lot__gift__donor")
    found: dict[int, dict[int, Payer]] = defaultdict(dict)
    for account in accounts.order_by("pk"):
        given = account.gift or (account.lot.gift if account.lot else None)
        if given is None or account.line_id is None:
            continue
        before = found[account.line_id].get(given.pk, Payer(given, 0, 0))
        in_kind = account.aid_type_id is not None
        found[account.line_id][given.pk] = Payer(
            given,
            before.rupiah + (0 if in_kind else account.balance),
            before.packages + (account.balance if in_kind else 0),
        )
    return {
        line: sorted(payers.values(), key=lambda payer: payer.gift.pk)
        for line, payers in found.items()
    }


def _goods_by_kind(gift: Gift) -> dict[str, int]:
    accounts = Account.objects.filter(lot__gift=gift, aid_type__isnull=False)
    sums: dict[str, int] = defaultdict(int)
    for kind, balance in accounts.values_list("kind", "balance"):
        sums[kind] += balance
    return dict(sums)
