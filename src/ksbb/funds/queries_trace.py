"""Both ways along a gift: which packages it became where, and who paid for a package.

Read from balances: each account of rupiah names the gift, the lot and the line it stands for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ksbb.funds.enums import AccountKind
from ksbb.funds.models import Account, Gift, Lot
from ksbb.funds.queries_money import money_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from ksbb.commitments.models import Commitment, CommitmentLine
    from ksbb.funds.queries_money import Money

BROUGHT = (AccountKind.ALLOTTED, AccountKind.DELIVERED)


class Step(NamedTuple):
    """Packages of one lot for one line, and what a gift has in them.

    `packages` are all those of the lot on the line at this stage; `rupiah` of them are the gift's,
    of `cost` in all. Goods in kind cost nothing and are the gift's as a whole.
    """

    kind: str
    line: CommitmentLine
    lot: Lot
    packages: int
    rupiah: int

    @property
    def cost(self) -> int:
        """What the packages cost in all."""
        return self.packages * self.lot.unit_price

    @property
    def is_delivered(self) -> bool:
        """Whether they were handed over, and are not only set aside."""
        return self.kind == AccountKind.DELIVERED


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Where a gift is now. The sums of the steps are in `money`, to the rupiah."""

    gift: Gift
    money: Money
    goods: dict[str, int]
    steps: list[Step]


class Payer(NamedTuple):
    """One gift's part in packages: rupiah, or packages where it was given as goods."""

    gift: Gift
    rupiah: int
    packages: int


def trace_of(gift: Gift) -> Trace:
    """Return where a gift is now and which places it went to, by the code of the place."""
    own = Account.objects.filter(gift=gift)
    lot = Lot.objects.filter(gift=gift).first()
    goods = _goods_by_kind(lot) if lot else {}
    return Trace(gift=gift, money=money_of(own), goods=goods, steps=_steps(gift, lot))


def payers_of(commitment: Commitment) -> dict[int, list[Payer]]:
    """Return, by the key of the line, the gifts its packages from stock were paid by."""
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
    return {line: list(payers.values()) for line, payers in found.items()}


def _goods_by_kind(lot: Lot) -> dict[str, int]:
    accounts = Account.objects.filter(lot=lot, aid_type__isnull=False)
    sums: dict[str, int] = defaultdict(int)
    for kind, balance in accounts.values_list("kind", "balance"):
        sums[kind] += balance
    return dict(sums)


def _steps(gift: Gift, lot: Lot | None) -> list[Step]:
    if lot:
        own = Account.objects.filter(lot=lot, aid_type__isnull=False)
        held = _with_places(own)
        steps = [_step(account, account.balance, 0) for account in held]
    else:
        held = _with_places(Account.objects.filter(gift=gift, aid_type__isnull=True))
        packages = _packages(held)
        steps = [
            _step(account, packages[account.kind, account.lot_id, account.line_id], account.balance)
            for account in held
        ]
    return sorted(
        (step for step in steps if step),
        key=lambda step: (step.line.need.target.code, step.line.pk, step.lot.pk, step.kind),
    )


def _with_places(accounts: QuerySet[Account]) -> list[Account]:
    return list(
        accounts.filter(kind__in=BROUGHT, balance__gt=0).select_related(
            "lot",
            "line__commitment",
            "line__need__target__region",
            "line__need__aid_type",
            "line__need__phase",
        )
    )


def _packages(accounts: Iterable[Account]) -> dict[tuple[str, int | None, int | None], int]:
    """Return how many packages stand where the rupiah of these accounts stand."""
    lines = {account.line_id for account in accounts}
    goods = Account.objects.filter(
        line__in=lines, kind__in=BROUGHT, aid_type__isnull=False
    ).values_list("kind", "lot", "line", "balance")
    return {(kind, lot, line): balance for kind, lot, line, balance in goods}


def _step(account: Account, packages: int, rupiah: int) -> Step | None:
    if account.line is None or account.lot is None:
        return None
    return Step(account.kind, account.line, account.lot, packages, rupiah)
