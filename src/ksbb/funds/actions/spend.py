"""What an aggregator does with the money it was given: it buys packages and pays its costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.funds.actions.pay_at_once import Costs, pay_at_once
from ksbb.funds.actions.post import Move, Name, post
from ksbb.funds.actions.tell import tell_donors
from ksbb.funds.earmarks import ANY, Purpose, may_pay, strictness
from ksbb.funds.enums import AccountKind, GiftState, Reason
from ksbb.funds.locking import lock_accounts
from ksbb.funds.models import Account, Lot
from ksbb.notices.enums import Kind
from ksbb.shared.codes import within
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import LARGEST_QUANTITY, rupiah
from ksbb.shared.rupiah import LARGEST_AMOUNT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import Q

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.collaborators.models import Collaborator
    from ksbb.funds.locking import LockedAccount
    from ksbb.programmes.models import AidType, Programme


class SpendingRefusedError(DomainError):
    """The money cannot be spent so."""


class NotEnoughMoneyError(SpendingRefusedError):
    """The gifts that may pay for it do not hold as much."""


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What was bought: packages of one kind at one whole price in rupiah, from whom."""

    aid_type: AidType
    quantity: int
    unit_price: int
    supplier: str
    invoice: str
    purpose: Purpose = ANY
    is_example: bool = False


@transaction.atomic
def buy(
    *,
    aggregator: Collaborator,
    programme: Programme,
    bill: Bill,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Lot:
    """Turn unspent money into a lot of packages in stock.

    Gifts pay that were given for this or for anything: those tied down most first, then the
    oldest, each to its last rupiah. Raises SpendingRefusedError, NotEnoughMoneyError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="buy",
            aggregator=aggregator.pk,
            programme=programme.pk,
            bill={name: getattr(value, "pk", value) for name, value in vars(bill).items()},
        ),
    )
    if replay := find_replay(request):
        return Lot.objects.get(pk=replay.object_id)
    _check_bill(bill, programme)
    may = may_pay(aid_type=bill.aid_type.pk, purpose=bill.purpose)
    purses = _purses(aggregator, programme, may)
    _check_invoice(aggregator, bill)
    paid = _draw(purses, bill.quantity * bill.unit_price)
    lot = _lot(aggregator, programme, bill, now)
    entry = record(
        action="funds.buy",
        obj=lot,
        actor=actor,
        now=now,
        changes={"quantity": bill.quantity, "unit_price": bill.unit_price},
        request=request,
    )
    bought = Name(aggregator.pk, AccountKind.BOUGHT, bill.aid_type.pk, lot=lot.pk)
    stock = Name(aggregator.pk, AccountKind.STOCK, bill.aid_type.pk, lot=lot.pk)
    money = [
        Move(
            Name(aggregator.pk, AccountKind.CASH, gift=gift),
            Name(aggregator.pk, AccountKind.STOCK, gift=gift, lot=lot.pk),
            amount,
        )
        for gift, amount in paid
    ]
    post(entry=entry, reason=Reason.PURCHASE, moves=[Move(bought, stock, bill.quantity), *money])
    tell_donors(Kind.GIFT_BOUGHT, money, now=now)
    return lot


def pay_cost(
    *,
    aggregator: Collaborator,
    programme: Programme,
    amount: int,
    what_for: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Entry:
    """Pay operating costs out of gifts that were given for anything, the oldest first.

    The law caps these costs; whether the cap is passed is said by `queries_money.Money`, and
    the book takes them all the same: hiding them would help nobody.
    Raises SpendingRefusedError, NotEnoughMoneyError.
    """
    costs = Costs(
        aggregator=aggregator,
        programme=programme,
        amount=amount,
        what_for=what_for.strip(),
        actor=actor,
        now=now,
        request=Request(
            key=idempotency_key,
            fingerprint=fingerprint(
                action="pay_cost",
                aggregator=aggregator.pk,
                programme=programme.pk,
                amount=amount,
                what_for=what_for,
            ),
        ),
    )
    if 1 <= amount <= LARGEST_AMOUNT and costs.what_for and (paid := pay_at_once(costs)):
        return paid
    return _pay_step_by_step(costs)


@transaction.atomic
def _pay_step_by_step(costs: Costs) -> Entry:
    if replay := find_replay(costs.request):
        return replay
    if not 1 <= costs.amount <= LARGEST_AMOUNT:
        raise SpendingRefusedError(_("The amount must be at least 1 rupiah."))
    if not costs.what_for:
        raise SpendingRefusedError(_("Say what the costs were for; everybody can read it."))
    aggregator = costs.aggregator
    paid = _draw(_purses(aggregator, costs.programme, may_pay()), costs.amount)
    entry = record(
        action="funds.pay_cost",
        obj=aggregator,
        actor=costs.actor,
        now=costs.now,
        reason=costs.what_for,
        changes=costs.changes,
        request=costs.request,
    )
    moves = [
        Move(
            Name(aggregator.pk, AccountKind.CASH, gift=gift),
            Name(aggregator.pk, AccountKind.COSTS, gift=gift),
            part,
        )
        for gift, part in paid
    ]
    post(entry=entry, reason=Reason.COST, moves=moves)
    return entry


def _purses(aggregator: Collaborator, programme: Programme, may: Q) -> list[LockedAccount]:
    """Lock the unspent money of the gifts that may pay; return it in the order it is used."""
    cash = Account.objects.filter(
        may,
        aggregator=aggregator,
        kind=AccountKind.CASH,
        balance__gt=0,
        gift__programme=programme,
        gift__state=GiftState.CONFIRMED,
    )
    return sorted(lock_accounts(cash.select_related("gift")), key=_order)


def _order(account: LockedAccount) -> tuple[int, int]:
    gift = account.gift
    return (-strictness(gift), gift.pk) if gift else (0, 0)


def _draw(purses: Sequence[LockedAccount], amount: int) -> list[tuple[int, int]]:
    """Return (gift, rupiah) that make up the amount."""
    there = sum(account.balance for account in purses)
    if there < amount:
        raise NotEnoughMoneyError(
            _("This costs %(cost)s, and %(there)s is unspent and may pay for it.")
            % {"cost": rupiah(amount), "there": rupiah(there)}
        )
    drawn = []
    for account in purses:
        part = min(account.balance, amount)
        if part and account.gift_id:
            drawn.append((account.gift_id, part))
            amount -= part
    return drawn


def _lot(aggregator: Collaborator, programme: Programme, bill: Bill, now: datetime) -> Lot:
    return Lot.objects.create(
        aggregator=aggregator,
        programme=programme,
        aid_type=bill.aid_type,
        quantity=bill.quantity,
        unit_price=bill.unit_price,
        supplier=bill.supplier.strip(),
        invoice=bill.invoice.strip(),
        area_id=bill.purpose.area,
        target_kind_id=bill.purpose.target_kind,
        at=now,
        is_example=bill.is_example,
    )


def _check_bill(bill: Bill, programme: Programme) -> None:
    if not 1 <= bill.quantity <= LARGEST_QUANTITY or bill.unit_price < 1:
        raise SpendingRefusedError(_("Quantity and price must be at least 1."))
    if bill.quantity * bill.unit_price > LARGEST_AMOUNT:
        raise SpendingRefusedError(_("This is more than any purchase: check quantity and price."))
    if not bill.supplier.strip() or not bill.invoice.strip():
        raise SpendingRefusedError(_("Write the supplier and the number of the invoice."))
    if bill.aid_type.programme_id != programme.pk:
        raise SpendingRefusedError(_("Choose a kind of aid of this programme."))
    area = bill.purpose.area
    if area and not within(area, programme.root_region_id):
        raise SpendingRefusedError(_("The area lies outside this programme."))


def _check_invoice(aggregator: Collaborator, bill: Bill) -> None:
    """Refuse an invoice that is on the book; a purchase that was reversed stands no more."""
    standing = Account.objects.filter(
        aggregator=aggregator,
        kind=AccountKind.BOUGHT,
        balance__lt=0,
        lot__supplier__iexact=bill.supplier.strip(),
        lot__invoice__iexact=bill.invoice.strip(),
    )
    if standing.exists():
        raise SpendingRefusedError(
            _("Invoice %(invoice)s of %(supplier)s is on the book already.")
            % {"invoice": bill.invoice, "supplier": bill.supplier}
        )
