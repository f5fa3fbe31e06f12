"""Letters to donors at each step of their gift, one of a kind a day: the page has the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.collaborators.actions.tell import tell_givers
from ksbb.funds.models import Account, Gift, Lot
from ksbb.shared.clock import in_wib

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ksbb.audit.models import Entry
    from ksbb.commitments.models import Commitment
    from ksbb.funds.actions.post import Move
    from ksbb.notices.enums import Kind


def tell_donor(kind: Kind, gift: Gift, *, entry: Entry) -> None:
    """Tell the donor what the aggregator decided on a gift, in the transaction of the decision."""
    tell_givers(kind=kind, about=[(gift, gift.donor, str(entry.pk))], now=entry.at)


def tell_donors(kind: Kind, moves: Iterable[Move], *, now: datetime) -> None:
    """Tell the donors whose money or goods were moved."""
    names = [name for move in moves for name in (move.source, move.goal)]
    gifts = {name.gift for name in names if name.gift}
    lots = {name.lot for name in names if name.lot}
    _tell_of(kind, gifts, lots, now)


def tell_donors_of(kind: Kind, commitment: Commitment, *, now: datetime) -> None:
    """Tell the donors whose money or goods are in a commitment from stock; others have none."""
    accounts = Account.objects.filter(line__commitment=commitment.pk, balance__gt=0)
    pairs = list(accounts.order_by().values_list("gift", "lot").distinct())
    _tell_of(kind, {gift for gift, _lot in pairs if gift}, {lot for _gift, lot in pairs}, now)


def _tell_of(kind: Kind, gifts: set[int], lots: set[int], now: datetime) -> None:
    given = set(Lot.objects.filter(pk__in=lots, gift__isnull=False).values_list("gift", flat=True))
    found = Gift.objects.filter(pk__in=gifts | given).select_related("donor").order_by("pk")
    event = in_wib(now).date().isoformat()
    tell_givers(kind=kind, about=[(gift, gift.donor, event) for gift in found], now=now)
