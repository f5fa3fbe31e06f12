from __future__ import annotations

import pytest
from django.utils.translation import override

from ksbb.audit.models import Entry
from ksbb.funds.actions.decide import DecisionRefusedError, amend, confirm, refuse
from ksbb.funds.enums import AccountKind, GiftKind, GiftState, Reason
from ksbb.funds.models import Lot, Posting
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import MILLION, balance, make_aggregator, make_confirmed, make_gift
from tests.factories.programmes import make_aid_type
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


def test_confirmed_money_stands_unspent_with_the_aggregator() -> None:
    gift = make_gift(20 * MILLION)

    confirmed = confirm(gift_id=gift.pk, counted=20 * MILLION, actor=DESK, now=NOON)

    assert (confirmed.state, confirmed.accepted) == (GiftState.CONFIRMED, 20 * MILLION)
    assert confirmed.receipt_number == f"TTD-2020-{gift.pk:06d}"
    assert balance(AccountKind.CASH, aggregator=gift.aggregator) == 20 * MILLION
    assert balance(AccountKind.GIVEN, gift=gift) == -20 * MILLION


def test_what_arrived_otherwise_is_booked_as_it_arrived_with_the_reason() -> None:
    gift = make_gift(20 * MILLION)

    with override("en"), pytest.raises(DecisionRefusedError, match="IDR 19,993,500 arrived and"):
        confirm(gift_id=gift.pk, counted=19_993_500, actor=DESK, now=NOON)
    confirm(gift_id=gift.pk, counted=19_993_500, reason="biaya transfer", actor=DESK, now=NOON)

    gift.refresh_from_db()
    assert (gift.declared, gift.accepted, gift.reason) == (
        20 * MILLION,
        19_993_500,
        "biaya transfer",
    )
    assert balance(AccountKind.CASH) == 19_993_500


def test_goods_come_into_stock_as_far_as_they_are_fit_for_use() -> None:
    area = make_region("31.74")
    gift = make_gift(100, kind=GiftKind.GOODS, area=area)

    confirm(gift_id=gift.pk, counted=98, accepted=90, reason="8 rusak", actor=DESK, now=NOON)

    lot = Lot.objects.get()
    assert (lot.gift, lot.quantity, lot.unit_price, lot.area) == (gift, 90, 0, area)
    assert balance(AccountKind.STOCK, lot=lot, aid_type=make_aid_type()) == 90
    assert balance(AccountKind.GIVEN, gift=gift) == -90


@pytest.mark.parametrize(
    ("counted", "accepted"), [(0, None), (-5, None), (10, 11), (10, 0), (10**15 + 1, None)]
)
def test_figures_that_cannot_be_true_are_refused(counted: int, accepted: int | None) -> None:
    gift = make_gift(10, kind=GiftKind.GOODS)

    with pytest.raises(DecisionRefusedError):
        confirm(
            gift_id=gift.pk, counted=counted, accepted=accepted, reason="x", actor=DESK, now=NOON
        )

    assert Posting.objects.count() == 0


def test_a_part_of_money_cannot_be_refused() -> None:
    gift = make_gift(10)

    with pytest.raises(DecisionRefusedError):
        confirm(gift_id=gift.pk, counted=10, accepted=9, reason="x", actor=DESK, now=NOON)


def test_a_refused_gift_is_never_booked_and_says_why() -> None:
    gift = make_gift()

    with pytest.raises(DecisionRefusedError):
        refuse(gift_id=gift.pk, reason=" ", actor=DESK, now=NOON)
    refuse(gift_id=gift.pk, reason="tidak masuk ke rekening", actor=DESK, now=NOON)

    gift.refresh_from_db()
    assert (gift.state, gift.reason) == (GiftState.REFUSED, "tidak masuk ke rekening")
    assert Posting.objects.count() == 0
    with pytest.raises(DecisionRefusedError):
        confirm(gift_id=gift.pk, counted=MILLION, actor=DESK, now=NOON)


def test_a_decision_sent_twice_is_taken_once() -> None:
    gift = make_gift()
    for _ in range(2):
        confirm(gift_id=gift.pk, counted=MILLION, actor=DESK, now=NOON, idempotency_key="ya")

    assert Entry.objects.filter(action="funds.confirm").count() == 1
    assert balance(AccountKind.CASH) == MILLION
    with pytest.raises(DecisionRefusedError):
        confirm(gift_id=gift.pk, counted=MILLION, actor=DESK, now=NOON)


def test_a_mended_amount_reverses_the_old_posting_and_keeps_it() -> None:
    gift = make_confirmed(10 * MILLION)

    amend(gift_id=gift.pk, amount=9 * MILLION, reason="salah ketik", actor=DESK, now=NOON)

    gift.refresh_from_db()
    assert gift.accepted == 9 * MILLION
    assert balance(AccountKind.CASH) == 9 * MILLION
    rows = Posting.objects.order_by("pk").values_list("reason", "amount")
    assert list(rows) == [
        (Reason.GIFT, 10 * MILLION),
        (Reason.GIFT, 9 * MILLION),
        (Reason.REVERSE, 10 * MILLION),
    ]


def test_mending_needs_a_reason_another_amount_and_confirmed_money() -> None:
    gift = make_confirmed()

    for amount, reason in ((5, " "), (MILLION, "sama"), (-1, "kurang"), (10**15 + 1, "besar")):
        with pytest.raises(DecisionRefusedError):
            amend(gift_id=gift.pk, amount=amount, reason=reason, actor=DESK, now=NOON)
    with pytest.raises(DecisionRefusedError):
        amend(gift_id=make_gift().pk, amount=1, reason="x", actor=DESK, now=NOON)
    assert balance(AccountKind.CASH) == MILLION


def test_each_gift_and_aggregator_has_accounts_of_its_own() -> None:
    first = make_confirmed(5, aggregator=make_aggregator())
    second = make_confirmed(7, aggregator=first.aggregator)
    third = make_confirmed(11)

    assert [balance(AccountKind.CASH, gift=gift) for gift in (first, second, third)] == [5, 7, 11]
    assert balance(AccountKind.CASH, aggregator=first.aggregator) == 12
