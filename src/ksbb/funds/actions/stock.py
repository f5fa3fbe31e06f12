"""Packages leave the stock without a place, or a posting is taken back with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.funds.actions.carry import carry
from ksbb.funds.actions.post import post, reverse
from ksbb.funds.enums import REVERSIBLE, AccountKind, Reason
from ksbb.funds.holdings import Holdings, lost, stock
from ksbb.funds.locking import lock_accounts
from ksbb.funds.models import Account, Lot, Posting
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.collaborators.models import Collaborator


class StockRefusedError(DomainError):
    """The stock does not allow it."""


@transaction.atomic
def lose(
    *,
    lot_id: int,
    quantity: int,
    reason: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Lot:
    """Write off packages in stock that were lost or spoiled, with the reason.

    Raises StockRefusedError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="lose", lot=lot_id, quantity=quantity, reason=reason),
    )
    replay = find_replay(request)
    lot = Lot.objects.get(pk=lot_id)
    if replay:
        return lot
    holdings = Holdings(lock_accounts(Account.objects.filter(lot=lot, kind=AccountKind.STOCK)))
    there = holdings.packages[stock(lot.pk)]
    if not 1 <= quantity <= there:
        raise StockRefusedError(
            _("At least 1 and at most %(there)s, as many as are in stock.")
            % {"there": number(there)}
        )
    if not reason.strip():
        raise StockRefusedError(_("Say how the packages were lost; everybody can read it."))
    entry = record(
        action="funds.lose",
        obj=lot,
        actor=actor,
        now=now,
        reason=reason.strip(),
        changes={"quantity": quantity},
        request=request,
    )
    moves = carry(holdings, quantity, lot=lot, source=stock(lot.pk), goal=lost(lot.pk))
    post(entry=entry, reason=Reason.LOSS, moves=moves)
    return lot


@transaction.atomic
def take_back(
    *,
    entry_id: int,
    aggregator: Collaborator,
    reason: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Entry:
    """Reverse a purchase, a cost or a loss as a whole, with the reason.

    A purchase only while all its packages are in stock. Raises StockRefusedError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="take_back", entry=entry_id, reason=reason),
    )
    if replay := find_replay(request):
        return replay
    if not reason.strip():
        raise StockRefusedError(_("Say why it is reversed; everybody can read it."))
    written = Posting.objects.filter(
        entry=entry_id, reason__in=REVERSIBLE, debit__aggregator=aggregator
    ).order_by("pk")
    sides = Q(debits__in=written) | Q(credits__in=written)
    balances = {
        account.pk: account.balance
        for account in lock_accounts(
            Account.objects.filter(pk__in=Account.objects.filter(sides).values("pk"))
        )
    }
    postings = list(written)
    if not postings or Posting.objects.filter(reverses__in=written).exists():
        raise StockRefusedError(_("There is nothing here that could still be reversed."))
    if any(balances[one.debit_id] < one.amount for one in postings):
        raise StockRefusedError(
            _("Part of it has gone on already, so it cannot be reversed as a whole.")
        )
    entry = record(
        action="funds.take_back",
        obj=postings[0],
        actor=actor,
        now=now,
        reason=reason.strip(),
        changes={"entry": entry_id},
        request=request,
    )
    reverse(entry=entry, postings=postings)
    return entry
