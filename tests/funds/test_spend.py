from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from ksbb.audit.models import Entry
from ksbb.audit.queries import KeyReusedError
from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions.decide import DecisionRefusedError, amend
from ksbb.funds.actions.spend import (
    Bill,
    NotEnoughMoneyError,
    SpendingRefusedError,
    buy,
    pay_cost,
)
from ksbb.funds.actions.stock import StockRefusedError, lose, take_back
from ksbb.funds.earmarks import Purpose
from ksbb.funds.enums import AccountKind, GiftKind
from ksbb.funds.models import Gift, Lot
from ksbb.funds.queries_money import goods_with, lots_in_stock, money_with
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import MILLION, balance, make_aggregator, make_confirmed, make_lot
from tests.factories.programmes import make_aid_type, make_kind, make_programme
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def baznas() -> Collaborator:
    return make_aggregator("BAZNAS")


def unspent(*gifts: Gift) -> list[int]:
    return [balance(AccountKind.CASH, gift=gift) for gift in gifts]


def cost(aggregator: Collaborator, amount: int, **fields: Any) -> Entry:
    defaults: dict[str, Any] = {"what_for": "sewa truk", "actor": DESK, "now": NOON}
    return pay_cost(
        aggregator=aggregator, programme=make_programme(), amount=amount, **defaults | fields
    )


def test_a_purchase_turns_money_into_packages_in_stock(baznas: Collaborator) -> None:
    gift = make_confirmed(3 * MILLION, aggregator=baznas)

    lot = make_lot(10, 200_000, aggregator=baznas)

    assert unspent(gift) == [MILLION]
    assert balance(AccountKind.STOCK, lot=lot, aid_type=None) == 2 * MILLION
    assert balance(AccountKind.STOCK, lot=lot, aid_type=lot.aid_type) == 10
    assert lots_in_stock(baznas, lot.programme) == [(lot, 10)]


def test_several_gifts_pool_oldest_first_and_one_splits_over_several(baznas: Collaborator) -> None:
    gifts = [make_confirmed(amount, aggregator=baznas) for amount in (300_000, 500_000, 700_000)]

    make_lot(2, 200_000, aggregator=baznas)
    make_lot(3, 200_000, aggregator=baznas)

    assert unspent(*gifts) == [0, 0, 500_000]


def test_the_money_of_others_pays_nothing(baznas: Collaborator) -> None:
    make_confirmed(MILLION)
    make_confirmed(100_000, aggregator=baznas)

    with override("en"), pytest.raises(NotEnoughMoneyError, match="and IDR 100,000 is unspent"):
        make_lot(1, 200_000, aggregator=baznas)

    assert Lot.objects.count() == 0


def test_an_earmarked_gift_pays_only_for_what_it_was_given_for(baznas: Collaborator) -> None:
    south, district, rw = make_region("31.74"), make_region("31.74.05"), make_kind()
    make_programme().target_kinds.add(rw)
    meals = make_aid_type("makanan-siap-saji")
    for_area = make_confirmed(100, aggregator=baznas, area=south)
    for_kind = make_confirmed(100, aggregator=baznas, target_kind=rw)
    for_meals = make_confirmed(100, aggregator=baznas, aid_type=meals)
    free = make_confirmed(100, aggregator=baznas)

    with pytest.raises(NotEnoughMoneyError):
        make_lot(101, 1, aggregator=baznas)
    make_lot(50, 1, aggregator=baznas)
    make_lot(120, 1, aggregator=baznas, purpose=Purpose(district.pk, None))
    make_lot(90, 1, aggregator=baznas, aid_type=meals)
    make_lot(60, 1, aggregator=baznas, purpose=Purpose(None, rw.pk))

    assert unspent(for_area, for_kind, for_meals, free) == [0, 40, 10, 30]


def test_a_bill_that_cannot_be_right_is_refused(baznas: Collaborator) -> None:
    make_confirmed(MILLION, aggregator=baznas)
    for fields in (
        {"quantity": 0},
        {"unit_price": 0},
        {"quantity": 10**9, "unit_price": 10**8},
        {"supplier": " "},
        {"invoice": ""},
        {"aid_type": make_aid_type(programme=make_programme("lain"))},
        {"purpose": Purpose("32", None)},
    ):
        bill: dict[str, Any] = {
            "aid_type": make_aid_type(),
            "quantity": 1,
            "unit_price": 5,
            "supplier": "CV Contoh",
            "invoice": "F-1",
        }
        with pytest.raises(SpendingRefusedError):
            buy(
                aggregator=baznas,
                programme=make_programme(),
                bill=Bill(**bill | fields),
                actor=DESK,
                now=NOON,
            )


def test_an_invoice_is_booked_once_until_it_is_reversed(baznas: Collaborator) -> None:
    make_confirmed(MILLION, aggregator=baznas)
    make_lot(1, 5, aggregator=baznas, invoice="F-1")
    entry = Entry.objects.get(action="funds.buy")

    with pytest.raises(SpendingRefusedError):
        make_lot(2, 5, aggregator=baznas, invoice="f-1")
    take_back(entry_id=entry.pk, aggregator=baznas, reason="salah", actor=DESK, now=NOON)

    assert make_lot(2, 5, aggregator=baznas, invoice="F-1").quantity == 2


def test_what_is_spent_of_a_gift_cannot_be_mended_away(baznas: Collaborator) -> None:
    gift = make_confirmed(MILLION, aggregator=baznas)
    make_lot(4, 200_000, aggregator=baznas)

    with pytest.raises(DecisionRefusedError):
        amend(gift_id=gift.pk, amount=799_999, reason="x", actor=DESK, now=NOON)
    amend(gift_id=gift.pk, amount=800_000, reason="biaya", actor=DESK, now=NOON)

    assert unspent(gift) == [0]


def test_costs_are_paid_by_free_gifts_and_named_against_the_cap(baznas: Collaborator) -> None:
    earmarked = make_confirmed(MILLION, aggregator=baznas, area=make_region("31.74"))
    free = make_confirmed(100_000, aggregator=baznas)
    programme = make_programme()

    cost(baznas, 100_000)
    within = money_with(baznas, programme)
    with pytest.raises(NotEnoughMoneyError):
        cost(baznas, 1)

    assert unspent(earmarked, free) == [MILLION, 0]
    assert (within.costs, within.received) == (100_000, 1_100_000)
    assert not within.passes_cap(programme)
    programme.cost_cap_percent = 9
    assert within.passes_cap(programme)


@pytest.mark.parametrize(("amount", "what_for"), [(0, "x"), (-1, "x"), (5, " ")])
def test_costs_need_an_amount_and_a_word(baznas: Collaborator, amount: int, what_for: str) -> None:
    make_confirmed(aggregator=baznas)

    with pytest.raises(SpendingRefusedError):
        cost(baznas, amount, what_for=what_for)


def test_lost_packages_leave_the_stock_with_their_money(baznas: Collaborator) -> None:
    first = make_confirmed(100_000, aggregator=baznas)
    second = make_confirmed(300_000, aggregator=baznas)
    lot = make_lot(4, 100_000, aggregator=baznas)

    for quantity, reason in ((0, "x"), (5, "x"), (1, " ")):
        with pytest.raises(StockRefusedError):
            lose(lot_id=lot.pk, quantity=quantity, reason=reason, actor=DESK, now=NOON)
    lose(lot_id=lot.pk, quantity=1, reason="basah", actor=DESK, now=NOON)

    assert balance(AccountKind.LOST, aid_type=lot.aid_type) == 1
    assert balance(AccountKind.LOST, gift=first) == 25_000
    assert balance(AccountKind.LOST, gift=second) == 75_000
    assert balance(AccountKind.STOCK, lot=lot, aid_type=None) == 300_000


def test_a_purchase_is_reversed_as_a_whole_or_not_at_all(baznas: Collaborator) -> None:
    gift = make_confirmed(MILLION, aggregator=baznas)
    lot = make_lot(4, 200_000, aggregator=baznas)
    bought = Entry.objects.get(action="funds.buy")
    lose(lot_id=lot.pk, quantity=1, reason="basah", actor=DESK, now=NOON)
    loss = Entry.objects.get(action="funds.lose")

    def back(entry: Entry, aggregator: Collaborator = baznas, reason: str = "salah") -> None:
        take_back(entry_id=entry.pk, aggregator=aggregator, reason=reason, actor=DESK, now=NOON)

    for attempt in ((bought,), (loss, make_aggregator()), (loss, baznas, " ")):
        with pytest.raises(StockRefusedError):
            back(*attempt)
    back(loss)
    back(bought)
    with pytest.raises(StockRefusedError):
        back(bought)

    assert unspent(gift) == [MILLION]
    assert money_with(baznas, lot.programme).spent == 0
    assert goods_with(baznas, lot.programme) == []


def test_goods_in_kind_stand_beside_what_was_bought(baznas: Collaborator) -> None:
    make_confirmed(MILLION, aggregator=baznas)
    make_confirmed(30, aggregator=baznas, kind=GiftKind.GOODS)
    make_lot(4, 200_000, aggregator=baznas)
    make_lot(1, 190_000, aggregator=baznas)

    (goods,) = goods_with(baznas, make_programme())

    assert (goods.bought, goods.given, goods.in_stock) == (5, 30, 35)
    assert (goods.paid, goods.mean_price) == (990_000, 198_000)


def test_the_same_purchase_sent_twice_is_made_once(baznas: Collaborator) -> None:
    make_confirmed(MILLION, aggregator=baznas)

    lots = {make_lot(1, 5, aggregator=baznas, invoice="F-1", key="sama").pk for _ in range(2)}

    assert len(lots) == 1
    assert balance(AccountKind.CASH) == MILLION - 5


def test_a_request_that_comes_twice_pays_costs_once_and_another_under_its_key_is_refused(
    baznas: Collaborator,
) -> None:
    make_confirmed(MILLION, aggregator=baznas)

    first, again = (cost(baznas, 40_000, idempotency_key="k") for _ in range(2))
    with pytest.raises(KeyReusedError):
        cost(baznas, 50_000, idempotency_key="k")

    assert first == again
    assert (first.action, first.object_id, first.reason, first.changes) == (
        "funds.pay_cost",
        str(baznas.pk),
        "sewa truk",
        {"amount": 40_000, "programme": make_programme().slug},
    )
    assert balance(AccountKind.COSTS) == 40_000


def test_costs_are_paid_by_the_oldest_gifts_for_anything_each_to_its_last_rupiah(
    baznas: Collaborator,
) -> None:
    bound = make_confirmed(MILLION, aggregator=baznas, aid_type=make_aid_type())
    gifts = [make_confirmed(amount, aggregator=baznas) for amount in (300, 500, 700)]

    cost(baznas, 900)

    assert unspent(bound, *gifts) == [MILLION, 0, 0, 600]
    with override("en"), pytest.raises(NotEnoughMoneyError, match="IDR 600 is unspent"):
        cost(baznas, 601)
