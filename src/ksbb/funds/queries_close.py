"""Closed and open periods of an aggregator's book, and what book and bank say at an end."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import OuterRef, Q, Sum

from ksbb.funds.enums import AccountKind, Reason
from ksbb.funds.models import Account, BankRow, Close, Posting
from ksbb.funds.queries_bank import answers_to
from ksbb.shared.clock import WIB, in_wib

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from ksbb.collaborators.models import Collaborator


class Beside(NamedTuple):
    """What explains a difference between book (rupiah) and bank (sen) at the end of a day.

    `bank` is None where no statement says a balance. `unanswered` are credits of the bank up to
    then which nobody has said anything about, `without_row` gifts on the book without a bank row.
    """

    book: int
    bank: int | None
    unanswered: int
    unanswered_sen: int
    without_row: int
    without_row_rupiah: int

    @property
    def difference(self) -> int | None:
        """Bank less book, in sen."""
        return None if self.bank is None else self.bank - self.book * 100


def beginning_of(day: date) -> datetime:
    """Return the first moment of a day."""
    return datetime.combine(day, time.min, tzinfo=WIB)


def end_of(day: date) -> datetime:
    """Return the first moment after a day."""
    return beginning_of(day + timedelta(days=1))


def closes_of(aggregator: Collaborator) -> QuerySet[Close]:
    """Return the closed periods, the last one first."""
    closes = Close.objects.filter(aggregator=aggregator).select_related("entry__actor")
    return closes.order_by("-until")


def open_since(aggregator: Collaborator) -> datetime | None:
    """Return when the open period begins: after the last close, or on the day of the first posting.

    None where nothing was ever posted.
    """
    last = closes_of(aggregator).first()
    if last:
        return last.until
    posted = Posting.objects.filter(debit__aggregator=aggregator).order_by("at").first()
    return beginning_of(in_wib(posted.at).date()) if posted else None


def unspent_at(aggregator: Collaborator, until: datetime) -> int:
    """Return the money not spent before a moment, in rupiah.

    The balance of now less what moved since, so the work does not grow with what is older.
    """
    cash = Q(kind=AccountKind.CASH, aggregator=aggregator)
    now = Account.objects.filter(cash).aggregate(total=Sum("balance"))["total"] or 0
    since = Posting.objects.filter(at__gte=until)
    came = since.filter(debit__in=Account.objects.filter(cash))
    went = since.filter(credit__in=Account.objects.filter(cash))
    return int(now - _sum(came) + _sum(went))


def beside(aggregator: Collaborator, last: date) -> Beside:
    """Return book and bank beside each other at the end of a day."""
    until = end_of(last)
    rows = BankRow.objects.filter(account__aggregator=aggregator, day__lte=last)
    open_rows = rows.filter(~answers_to(row=OuterRef("pk")), is_credit=True)
    loose = Posting.objects.filter(
        ~answers_to(gift=OuterRef("debit__gift")),
        debit__aggregator=aggregator,
        debit__kind=AccountKind.CASH,
        reason=Reason.GIFT,
        at__lt=until,
        reversed_by__isnull=True,
    )
    return Beside(
        book=unspent_at(aggregator, until),
        bank=_bank_at(aggregator, last),
        unanswered=open_rows.count(),
        unanswered_sen=open_rows.aggregate(total=Sum("sen"))["total"] or 0,
        without_row=loose.count(),
        without_row_rupiah=_sum(loose),
    )


def _bank_at(aggregator: Collaborator, last: date) -> int | None:
    """Add up the newest balance of each account up to a day, where every one of them has one."""
    total = 0
    accounts = list(aggregator.bank_accounts.all())
    for account in accounts:
        rows = account.rows.filter(day__lte=last, balance__isnull=False)
        # Some banks list the newest row of a day first, others last; a day's end is either.
        newest = rows.order_by("-day", "-pk").values_list("balance", flat=True).first()
        if newest is None:
            return None
        total += newest
    return total if accounts else None


def _sum(postings: QuerySet[Posting]) -> int:
    return int(postings.aggregate(total=Sum("amount"))["total"] or 0)
