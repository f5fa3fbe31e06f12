"""What stays open with an aggregator when it may take no new gifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Sum

from ksbb.commitments.enums import CLOSED
from ksbb.commitments.models import Commitment
from ksbb.funds.enums import AccountKind, GiftState
from ksbb.funds.models import Account, Gift

if TYPE_CHECKING:
    from ksbb.collaborators.models import Collaborator


class Touched(NamedTuple):
    """Gifts without a decision, rupiah not spent, packages held, commitments not closed."""

    waiting: int
    unspent: int
    in_stock: int
    set_aside: int
    commitments: int


def touched_by_suspension(aggregator: Collaborator) -> Touched:
    """Return what a suspension leaves to be finished or given back, in all programmes."""
    accounts = Account.objects.filter(aggregator=aggregator, balance__gt=0)

    def total(kind: AccountKind, *, is_money: bool) -> int:
        held = accounts.filter(kind=kind, aid_type__isnull=is_money)
        return held.aggregate(total=Sum("balance"))["total"] or 0

    own = Commitment.objects.filter(collaborator=aggregator)
    return Touched(
        waiting=Gift.objects.filter(aggregator=aggregator, state=GiftState.DECLARED).count(),
        unspent=total(AccountKind.CASH, is_money=True),
        in_stock=total(AccountKind.STOCK, is_money=False),
        set_aside=total(AccountKind.ALLOTTED, is_money=False),
        commitments=own.exclude(state__in=CLOSED).count(),
    )
