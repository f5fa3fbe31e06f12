from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions.close import CloseRefusedError, close
from ksbb.funds.actions.decide import amend
from ksbb.funds.actions.post import PeriodClosedError
from ksbb.funds.actions.spend import pay_cost
from ksbb.funds.models import Close, Posting
from ksbb.funds.queries_close import Beside, beside, end_of, unspent_at
from ksbb.reports.integrity import differences
from ksbb.shared.clock import WIB
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import (
    MILLION,
    make_aggregator,
    make_bank_row,
    make_confirmed,
    make_gift,
)
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db

APRIL = date(2020, 4, 30)
IN_APRIL = datetime(2020, 4, 29, 9, tzinfo=WIB)
JUNE = datetime(2020, 6, 1, 9, tzinfo=WIB)


@pytest.fixture
def baznas() -> Collaborator:
    return make_aggregator("BAZNAS")


@pytest.fixture
def opened(baznas: Collaborator) -> Collaborator:
    """Return an aggregator with a million from April and two from May."""
    make_confirmed(MILLION, aggregator=baznas, now=IN_APRIL)
    make_confirmed(2 * MILLION, aggregator=baznas)
    return baznas


def shut(aggregator: Collaborator, last: date = APRIL, rupiah: int = MILLION, **more: Any) -> Close:
    defaults: dict[str, Any] = {"bank": rupiah * 100, "actor": DESK, "now": NOON}
    return close(aggregator=aggregator, last=last, **defaults | more)


def test_a_period_is_closed_with_book_and_bank(opened: Collaborator) -> None:
    april = shut(opened)
    may = shut(opened, date(2020, 5, 31), 3 * MILLION, now=JUNE)

    assert (april.first, april.last, april.book, april.difference) == (
        date(2020, 4, 29),
        APRIL,
        MILLION,
        0,
    )
    assert (may.first, may.book) == (date(2020, 5, 1), 3 * MILLION)
    assert differences() == []


def test_a_difference_is_explained_or_nothing_is_closed(opened: Collaborator) -> None:
    with override("en"), pytest.raises(CloseRefusedError, match=r"difference of IDR 123\.45"):
        shut(opened, bank=MILLION * 100 + 12_345)
    assert Close.objects.count() == Entry.objects.filter(action="funds.close").count() == 0

    closed = shut(opened, bank=MILLION * 100 + 12_345, reason="bunga, dibukukan Mei")

    assert (closed.difference, closed.reason) == (12_345, "bunga, dibukukan Mei")


def test_the_database_wants_a_difference_explained_too(opened: Collaborator) -> None:
    entry = Entry.objects.order_by("pk")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Close.objects.create(
            aggregator=opened, since=IN_APRIL, until=NOON, book=1, bank=7, entry=entry
        )


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        (date(2020, 5, 1), "is not over yet"),
        (date(2020, 6, 30), "is not over yet"),
        (date(2020, 4, 28), "The open period begins after 28 April 2020"),
    ],
)
def test_a_wrong_period_is_refused_with_the_reason(
    opened: Collaborator, last: date, sentence: str
) -> None:
    with override("en"), pytest.raises(CloseRefusedError, match=sentence):
        shut(opened, last)
    assert Close.objects.count() == 0


def test_a_period_is_closed_once_and_a_repeated_request_closes_it_once(
    opened: Collaborator,
) -> None:
    closes = {shut(opened, idempotency_key="k").pk for _time in range(2)}

    assert len(closes) == 1
    with override("en"), pytest.raises(CloseRefusedError, match="begins after 30 April 2020"):
        shut(opened)
    with pytest.raises(CloseRefusedError):
        shut(make_aggregator())


def test_nothing_enters_a_closed_period_whatever_code_writes(opened: Collaborator) -> None:
    gift = make_gift(aggregator=opened)
    shut(opened)
    before = Posting.objects.count()
    late = end_of(APRIL) - timedelta(microseconds=1)

    with override("en"), pytest.raises(PeriodClosedError, match="up to and including 30 April"):
        pay_cost(
            aggregator=opened,
            programme=make_programme(),
            amount=5,
            what_for="truk",
            actor=DESK,
            now=late,
        )
    one = Posting.objects.order_by("pk")[0]
    copy = {
        name: getattr(one, name) for name in ("debit_id", "credit_id", "amount", "reason", "entry")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(at=late, **copy)
    with pytest.raises(IntegrityError), transaction.atomic():
        Close.objects.all().delete()

    assert Posting.objects.count() == before
    assert gift.accepted is None
    Posting.objects.create(at=end_of(APRIL), **copy)


def test_what_was_wrong_is_mended_in_the_open_period(opened: Collaborator) -> None:
    gift = opened.gifts_taken.order_by("pk")[0]
    closed = shut(opened)

    amend(gift_id=gift.pk, amount=400_000, reason="salah hitung", actor=DESK, now=NOON)

    assert unspent_at(opened, end_of(APRIL)) == closed.book == MILLION
    assert differences() == []


def test_book_and_bank_stand_beside_each_other(opened: Collaborator) -> None:
    make_bank_row(opened, 700_000, day=date(2020, 4, 28), balance=70_000_000)
    make_bank_row(opened, 5, day=APRIL, balance=70_000_500, text="BUNGA")
    make_bank_row(opened, 9, day=date(2020, 5, 1), balance=70_001_400)

    assert beside(opened, APRIL) == Beside(MILLION, 70_000_500, 2, 70_000_500, 1, MILLION)


def test_a_close_that_no_longer_fits_the_postings_is_found(opened: Collaborator) -> None:
    entry = Entry.objects.order_by("pk")[0]
    Close.objects.create(
        aggregator=opened, since=IN_APRIL, until=end_of(APRIL), book=7, bank=700, entry=entry
    )

    assert [(one.table, one.stored, one.recounted) for one in differences()] == [
        ("funds_close", "7", str(MILLION))
    ]
