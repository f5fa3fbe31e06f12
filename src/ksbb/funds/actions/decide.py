"""The aggregator's word on a declared gift: it arrived, it arrived otherwise, it did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.funds.actions.post import Move, Name, post, reverse
from ksbb.funds.actions.tell import tell_donor
from ksbb.funds.enums import AccountKind, GiftState, Reason
from ksbb.funds.locking import lock_accounts, lock_gift
from ksbb.funds.models import Account, Lot, Posting
from ksbb.notices.enums import Kind
from ksbb.shared.clock import in_wib
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import LARGEST_QUANTITY, number, rupiah
from ksbb.shared.rupiah import LARGEST_AMOUNT

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.funds.locking import LockedGift
    from ksbb.funds.models import Gift


class DecisionRefusedError(DomainError):
    """The aggregator cannot decide so."""


@transaction.atomic
def confirm(
    *,
    gift_id: int,
    counted: int,
    accepted: int | None = None,
    reason: str = "",
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Gift:
    """Take a gift on the book as it arrived, and give it a receipt number.

    `counted` is what arrived: rupiah, or packages, of which `accepted` are fit for use (all unless
    said). Where this is not what was declared, or not all is fit, a reason is asked for.
    Raises DecisionRefusedError.
    """
    accepted = counted if accepted is None else accepted
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="confirm", gift=gift_id, counted=counted, accepted=accepted, reason=reason
        ),
    )
    replay = find_replay(request)
    gift = lock_gift(gift_id)
    if replay:
        return gift
    _check_undecided(gift)
    _check_figures(gift, counted, accepted, reason)
    gift.state = GiftState.CONFIRMED
    gift.counted, gift.accepted = counted, accepted
    gift.decided_at, gift.reason = now, reason.strip()
    gift.receipt_number = f"TTD-{in_wib(now).year}-{gift.pk:06d}"
    gift.save()
    entry = record(
        action="funds.confirm",
        obj=gift,
        actor=actor,
        now=now,
        reason=reason,
        changes={"declared": gift.declared, "counted": counted, "accepted": accepted},
        request=request,
    )
    _book(gift, entry)
    as_declared = counted == accepted == gift.declared
    tell_donor(Kind.GIFT_CONFIRMED if as_declared else Kind.GIFT_CORRECTED, gift, entry=entry)
    return gift


@transaction.atomic
def refuse(
    *, gift_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Gift:
    """Say that a gift did not arrive or is not taken, with the reason. Nothing is booked."""
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="refuse_gift", gift=gift_id, reason=reason),
    )
    replay = find_replay(request)
    gift = lock_gift(gift_id)
    if replay:
        return gift
    _check_undecided(gift)
    if not reason.strip():
        raise DecisionRefusedError(_("Say why the gift is refused; its donor can read it."))
    gift.state = GiftState.REFUSED
    gift.decided_at, gift.reason = now, reason.strip()
    gift.save(update_fields=["state", "decided_at", "reason"])
    entry = record(
        action="funds.refuse", obj=gift, actor=actor, now=now, reason=reason, request=request
    )
    tell_donor(Kind.GIFT_REFUSED, gift, entry=entry)
    return gift


@transaction.atomic
def amend(
    *,
    gift_id: int,
    amount: int,
    reason: str,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Gift:
    """Mend the amount of confirmed money: the old posting is reversed, a new one written.

    At least what is spent already stays. 0 takes all of it off the book.
    Raises DecisionRefusedError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="amend", gift=gift_id, amount=amount, reason=reason),
    )
    replay = find_replay(request)
    gift = lock_gift(gift_id)
    if replay:
        return gift
    cash = _unspent(gift)
    _check_amendment(gift, amount, reason, cash.balance)
    before = gift.accepted
    gift.counted = gift.accepted = amount
    gift.save(update_fields=["counted", "accepted"])
    entry = record(
        action="funds.amend",
        obj=gift,
        actor=actor,
        now=now,
        reason=reason,
        changes={"accepted": [before, amount]},
        request=request,
    )
    standing = _standing(cash)
    # The new amount comes first: what is spent already keeps standing on something.
    _book(gift, entry)
    reverse(entry=entry, postings=standing)
    tell_donor(Kind.GIFT_CORRECTED, gift, entry=entry)
    return gift


def reopen(*, gift: LockedGift, reason: str, entry: Entry) -> None:
    """Take the confirmation of money back in the transaction of `entry`: it waits for a word again.

    Only while none of it is spent. Raises DecisionRefusedError.
    """
    cash = _unspent(gift)
    if spent := (gift.accepted or 0) - cash.balance:
        raise DecisionRefusedError(
            _(
                "%(spent)s of gift %(code)s is spent already, so its confirmation stays. Reverse "
                "what it paid for first, or mend the amount of the gift."
            )
            % {"spent": rupiah(spent), "code": gift.code}
        )
    gift.state = GiftState.DECLARED
    gift.counted = gift.accepted = gift.decided_at = gift.receipt_number = None
    gift.reason = reason
    gift.save(
        update_fields=["state", "counted", "accepted", "decided_at", "receipt_number", "reason"]
    )
    reverse(entry=entry, postings=_standing(cash))
    tell_donor(Kind.GIFT_REOPENED, gift, entry=entry)


def _standing(cash: Account) -> list[Posting]:
    standing = Posting.objects.filter(reason=Reason.GIFT, debit=cash, reversed_by__isnull=True)
    return list(standing.select_related("debit"))


def _book(gift: LockedGift, entry: Entry) -> None:
    amount = gift.accepted or 0
    if gift.is_money or gift.aid_type is None:
        given = Name(gift.aggregator_id, AccountKind.GIVEN, gift=gift.pk)
        cash = Name(gift.aggregator_id, AccountKind.CASH, gift=gift.pk)
        post(entry=entry, reason=Reason.GIFT, moves=[Move(given, cash, amount)])
        return
    lot = Lot.objects.create(
        aggregator_id=gift.aggregator_id,
        programme_id=gift.programme_id,
        aid_type=gift.aid_type,
        quantity=amount,
        gift=gift,
        area_id=gift.area_id,
        target_kind_id=gift.target_kind_id,
        at=entry.at,
        is_example=gift.is_example,
    )
    given = Name(gift.aggregator_id, AccountKind.GIVEN, gift.aid_type_id, gift.pk)
    stock = Name(gift.aggregator_id, AccountKind.STOCK, gift.aid_type_id, lot=lot.pk)
    post(entry=entry, reason=Reason.GIFT, moves=[Move(given, stock, amount)])


def _unspent(gift: LockedGift) -> Account:
    held = lock_accounts(Account.objects.filter(gift=gift, kind=AccountKind.CASH))
    if not held:
        raise DecisionRefusedError(_("Only confirmed money can be mended."))
    return held[0]


def _check_undecided(gift: LockedGift) -> None:
    if gift.state != GiftState.DECLARED:
        raise DecisionRefusedError(
            _("Gift %(code)s was already decided on: %(state)s.")
            % {"code": gift.code, "state": gift.get_state_display()}
        )


def _check_figures(gift: LockedGift, counted: int, accepted: int, reason: str) -> None:
    most = LARGEST_AMOUNT if gift.is_money else LARGEST_QUANTITY
    if gift.is_money and accepted != counted:
        raise DecisionRefusedError(_("Money is taken as it arrived, or the gift is refused."))
    if not 1 <= accepted <= counted <= most:
        raise DecisionRefusedError(
            _(
                "At least 1 must be taken, and no more than was counted. "
                "If nothing is taken, refuse the gift."
            )
        )
    if not reason.strip() and not counted == accepted == gift.declared:
        raise DecisionRefusedError(
            _("%(counted)s arrived and %(declared)s was declared: say why, or what was refused.")
            % {"counted": _in_words(gift, counted), "declared": _in_words(gift, gift.declared)}
        )


def _check_amendment(gift: LockedGift, amount: int, reason: str, unspent: int) -> None:
    spent = (gift.accepted or 0) - unspent
    if not reason.strip():
        raise DecisionRefusedError(_("Say why the amount is mended; everybody can read it."))
    if amount == gift.accepted:
        raise DecisionRefusedError(_("This is the amount that stands already."))
    if not 0 <= amount <= LARGEST_AMOUNT or amount < spent:
        raise DecisionRefusedError(
            _("%(spent)s of this gift is spent already, so at least that must stay.")
            % {"spent": rupiah(spent)}
        )


def _in_words(gift: Gift, quantity: int) -> str:
    return rupiah(quantity) if gift.is_money else number(quantity)
