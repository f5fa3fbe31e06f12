"""Rows of a bank's statement come in, and a person says which of them is which gift."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.funds.actions.decide import confirm, reopen
from ksbb.funds.enums import GiftState
from ksbb.funds.locking import lock_bank_account, lock_bank_row, lock_gifts
from ksbb.funds.models import BankAccount, BankAnswer, BankRow, BankTakeBack, Close
from ksbb.funds.queries_bank import standing
from ksbb.funds.statements.lines import SEN, marked
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import day, rupiah

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.models import Entry
    from ksbb.collaborators.models import Collaborator
    from ksbb.funds.locking import LockedBankRow, LockedGift
    from ksbb.funds.statements.lines import Line, MarkedLine

AT_ONCE: Final = 500
"""So many rows are looked up and written in one statement."""

LONGEST_NAME: Final = 60


class BankRefusedError(DomainError):
    """The bank's row cannot be taken so."""


class TakenIn(NamedTuple):
    """How many rows a file has, and how many of them were new."""

    rows: int
    new: int


@transaction.atomic
def take_in(
    *,
    aggregator: Collaborator,
    account: str,
    lines: Sequence[Line],
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> TakenIn:
    """Keep the rows of a statement that are new to the account; nothing is posted.

    `account` is the name of a bank account, which is opened where it is new. A row that is known
    already, from this file or another one, changes nothing. Raises BankRefusedError.
    """
    name = " ".join(account.split())
    rows = list(marked(lines))
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="take_in_statement",
            aggregator=aggregator.pk,
            account=name.casefold(),
            marks=fingerprint(marks=[row.mark for row in rows]),
        ),
    )
    if replay := find_replay(request):
        return TakenIn(replay.changes["rows"], replay.changes["new"])
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BankRefusedError(_("Say which bank account it is, for example BSI 4321."))
    kept = _account(aggregator, name)
    new = list(_unknown(kept, rows))
    entry = record(
        action="funds.take_in_statement",
        obj=kept,
        actor=actor,
        now=now,
        changes={"rows": len(rows), "new": len(new)},
        request=request,
    )
    BankRow.objects.bulk_create(_rows(kept, new, entry), batch_size=AT_ONCE)
    return TakenIn(len(rows), len(new))


@transaction.atomic
def match(
    *,
    row_id: int,
    parts: Mapping[int, int | None],
    reason: str = "",
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> list[BankAnswer]:
    """Say of which gifts a credit is the money, and confirm each with its part.

    `parts` are whole rupiah by the key of the gift, and together the row; a single gift may say
    None for all of it. A gift that was confirmed before with this very amount is only tied to the
    row. Raises BankRefusedError, and DecisionRefusedError where an amount is not as declared and
    no reason says why.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="match", row=row_id, parts=sorted(parts.items()), reason=reason
        ),
    )
    replay = find_replay(request)
    row = lock_bank_row(row_id)
    if replay:
        return list(BankAnswer.objects.filter(entry=replay).order_by("pk"))
    _check_open(row)
    gifts = lock_gifts(parts)
    for gift in gifts:
        _check_gift(gift, row)
    amounts = _amounts(row, parts)
    # The row's own entry comes first; a confirmation in it has one of its own.
    entry = record(
        action="funds.match",
        obj=row,
        actor=actor,
        now=now,
        reason=reason.strip(),
        changes={"gifts": {gift.code: amounts[gift.pk] for gift in gifts}},
        request=request,
    )
    return [
        BankAnswer.objects.create(
            row=row,
            gift=gift,
            sen=amounts[gift.pk] * SEN,
            confirms=_confirm(gift, amounts[gift.pk], reason, actor, now),
            reason=reason.strip(),
            entry=entry,
        )
        for gift in gifts
    ]


@transaction.atomic
def set_apart(
    *, row_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> BankAnswer:
    """Say that a credit is no gift, and what it is. Raises BankRefusedError."""
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="set_apart", row=row_id, reason=reason),
    )
    replay = find_replay(request)
    row = lock_bank_row(row_id)
    if replay:
        return BankAnswer.objects.get(entry=replay)
    _check_open(row)
    if not reason.strip():
        raise BankRefusedError(_("Say what it is, for example interest."))
    entry = record(
        action="funds.set_apart",
        obj=row,
        actor=actor,
        now=now,
        reason=reason.strip(),
        request=request,
    )
    return BankAnswer.objects.create(row=row, sen=row.sen, reason=reason.strip(), entry=entry)


@transaction.atomic
def take_back_answer(
    *, row_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> BankRow:
    """Take back what was said of a row, with the reason; the row waits for a word again.

    A gift that was confirmed by it waits too, and its posting is reversed; one that was confirmed
    before stays as it is. Only while the period of the answer is open and nothing of such a gift is
    spent. Raises BankRefusedError, DecisionRefusedError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="take_back_answer", row=row_id, reason=reason),
    )
    replay = find_replay(request)
    row = lock_bank_row(row_id)
    if replay:
        return row
    answers = list(standing(BankAnswer.objects.filter(row=row)).select_related("entry"))
    _check_take_back(row, answers, reason)
    entry = record(
        action="funds.take_back_answer",
        obj=row,
        actor=actor,
        now=now,
        reason=reason.strip(),
        request=request,
    )
    for gift in lock_gifts({one.gift_id for one in answers if one.gift_id and one.confirms}):
        reopen(gift=gift, reason=reason.strip(), entry=entry)
    BankTakeBack.objects.bulk_create(
        BankTakeBack(answer=one, reason=reason.strip(), entry=entry) for one in answers
    )
    return row


def _check_take_back(row: LockedBankRow, answers: Sequence[BankAnswer], reason: str) -> None:
    if not answers:
        raise BankRefusedError(_("Nobody has said yet what this row is."))
    if not reason.strip():
        raise BankRefusedError(_("Say why the answer is taken back; it stays on record."))
    closed = Close.objects.filter(
        aggregator=row.account.aggregator_id, until__gt=answers[0].entry.at
    )
    if last := closed.order_by("-until").first():
        raise BankRefusedError(
            _(
                "The answer was given in a period that is closed, up to and including %(day)s, so "
                "it stays. What is wrong with a gift is mended by its amount."
            )
            % {"day": day(last.last)}
        )


def _check_gift(gift: LockedGift, row: LockedBankRow) -> None:
    if gift.aggregator_id != row.account.aggregator_id or not gift.is_money:
        raise BankRefusedError(_("Choose a gift of money to this aggregator."))
    if standing(BankAnswer.objects.filter(gift=gift)).exists():
        raise BankRefusedError(
            _("Gift %(code)s belongs to another bank row already.") % {"code": gift.code}
        )


def _amounts(row: LockedBankRow, parts: Mapping[int, int | None]) -> dict[int, int]:
    """Return the rupiah of each gift, which together are the row."""
    if not parts:
        raise BankRefusedError(_("Choose a gift of money to this aggregator."))
    if row.sen % SEN:
        raise BankRefusedError(_("The row has sen, so it is no gift. Say what it is instead."))
    whole = row.sen // SEN
    amounts = {gift: whole if part is None else part for gift, part in parts.items()}
    together = sum(amounts.values())
    if min(amounts.values()) < 1 or together != whole:
        raise BankRefusedError(
            _(
                "The parts add up to %(together)s and the row is %(row)s: it is %(difference)s "
                "%(side)s. Each part is at least 1 rupiah."
            )
            % {
                "together": rupiah(together),
                "row": rupiah(whole),
                "difference": rupiah(abs(whole - together)),
                "side": _("too much") if together > whole else _("too little"),
            }
        )
    return amounts


def _confirm(gift: LockedGift, amount: int, reason: str, actor: Actor, now: datetime) -> bool:
    """Confirm a declared gift with an amount; tell whether it was not confirmed before."""
    if gift.state == GiftState.DECLARED:
        confirm(gift_id=gift.pk, counted=amount, reason=reason, actor=actor, now=now)
        return True
    if gift.accepted != amount:
        raise BankRefusedError(
            _("Gift %(code)s was decided on already, and not with this amount.")
            % {"code": gift.code}
        )
    return False


def _account(aggregator: Collaborator, name: str) -> BankAccount:
    """Lock the account, so that two files of it come in one after the other."""
    known = BankAccount.objects.filter(aggregator=aggregator, name__iexact=name).first()
    if known is None:
        new = BankAccount(aggregator=aggregator, name=name)
        BankAccount.objects.bulk_create([new], ignore_conflicts=True)
        known = BankAccount.objects.get(aggregator=aggregator, name__iexact=name)
    return lock_bank_account(known.pk)


def _unknown(account: BankAccount, rows: Iterable[MarkedLine]) -> Iterator[MarkedLine]:
    waiting = iter(rows)
    while part := list(islice(waiting, AT_ONCE)):
        marks = [row.mark for row in part]
        known = set(
            BankRow.objects.filter(account=account, mark__in=marks).values_list("mark", flat=True)
        )
        yield from (row for row in part if row.mark not in known)


def _rows(account: BankAccount, new: Iterable[MarkedLine], entry: Entry) -> Iterator[BankRow]:
    for line, mark in new:
        yield BankRow(
            account=account,
            day=line.day,
            sen=line.sen,
            is_credit=line.is_credit,
            text=line.text,
            balance=line.balance,
            mark=mark,
            entry=entry,
        )


def _check_open(row: LockedBankRow) -> None:
    if standing(BankAnswer.objects.filter(row=row)).exists():
        raise BankRefusedError(_("Somebody has said already what this row is."))
    if not row.is_credit:
        raise BankRefusedError(_("This row went out of the account, so it is no gift."))
