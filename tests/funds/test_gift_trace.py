"""From the gift to the place and back; the tables of docs/algorithms/gift-trace.md are run here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils.translation import override

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.models import Commitment
from ksbb.deliveries.actions.change import change
from ksbb.deliveries.actions.correct import correct
from ksbb.funds.actions.allot import AlreadySetAsideError, StockShortError, set_aside_for
from ksbb.funds.actions.follow import NotSetAsideError, bring_back
from ksbb.funds.actions.stock import lose
from ksbb.funds.earmarks import Purpose
from ksbb.funds.enums import AccountKind, GiftKind
from ksbb.funds.models import Gift, Lot
from ksbb.funds.queries_mending import lacking, without_stock
from ksbb.funds.queries_money import goods_with, money_with
from ksbb.funds.queries_trace import payers_of, trace_of
from ksbb.needs.models import Need
from ksbb.reports.integrity import differences
from tests.factories.commitments import DESK, NOON, line_of
from tests.factories.deliveries import bring, plan_it
from tests.factories.funds import (
    MILLION,
    balance,
    make_aggregator,
    make_confirmed,
    make_lot,
    set_aside,
)
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[2] / "docs" / "algorithms" / "gift-trace.md"


class Story(NamedTuple):
    """The worked example: two gifts, one lot of seven packages, two places."""

    aggregator: Collaborator
    gifts: tuple[Gift, Gift]
    lot: Lot
    needs: tuple[Need, Need]
    commitment: Commitment


@pytest.fixture
def told() -> Story:
    """Tell the worked example to the end of its third step."""
    aggregator = make_aggregator("Agregator Contoh")
    gifts = (
        make_confirmed(1_000_000, aggregator=aggregator),
        make_confirmed(545_000, aggregator=aggregator),
    )
    lot = make_lot(7, 200_000, aggregator=aggregator)
    needs = (make_need(100), make_need(100))
    commitment = set_aside(aggregator, {needs[0]: 3, needs[1]: 2})
    return Story(aggregator, gifts, lot, needs, commitment)


def table(number: int) -> list[list[str]]:
    """Return the cells of a table of the page, without its head."""
    tables = re.findall(r"(?:^\|.*\|\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in tables[number].split("\n")
        if row
    ]
    return rows[2:]


def rupiah(text: str) -> int:
    return int(text.replace(",", ""))


def standing(gift: Gift) -> list[int]:
    """Return unspent, in stock, set aside, handed over, lost: as the page's tables have them."""
    money = trace_of(gift).money
    return [money.unspent, money.in_stock, money.set_aside, money.delivered, money.lost]


def expected(number: int) -> list[list[int]]:
    return [[rupiah(cell) for cell in row[1:]] for row in table(number)]


def test_the_worked_example_is_what_the_program_says(told: Story) -> None:
    assert [standing(gift) for gift in told.gifts] == expected(0)

    bring(plan_it(told.commitment), {told.needs[0]: 3})
    lose(lot_id=told.lot.pk, quantity=1, reason="basah", actor=DESK, now=NOON)

    assert [standing(gift) for gift in told.gifts] == expected(1)
    assert differences() == []


def test_a_gift_is_traced_to_places_and_a_place_to_its_gifts(told: Story) -> None:
    bring(plan_it(told.commitment), {told.needs[0]: 3})

    traces = [trace_of(gift) for gift in told.gifts]
    steps = [
        [(step.place, step.is_delivered, step.packages, step.rupiah) for step in one.steps]
        for one in traces
    ]
    payers = payers_of(told.commitment)

    first, second = (need.target.code for need in told.needs)
    assert steps == [
        [(first, True, 3, 428_571), (second, False, 2, 285_715)],
        [(first, True, 3, 171_429), (second, False, 2, 114_285)],
    ]
    assert [
        [(payer.gift.pk, payer.rupiah) for payer in payers[line_of(told.commitment, need).pk]]
        for need in told.needs
    ] == [
        [(told.gifts[0].pk, 428_571), (told.gifts[1].pk, 171_429)],
        [(told.gifts[0].pk, 285_715), (told.gifts[1].pk, 114_285)],
    ]


def test_what_is_cancelled_comes_back_into_stock_with_its_money(told: Story) -> None:
    cancel(commitment_id=told.commitment.pk, reason="batal", actor=DESK, now=NOON)

    assert bring_back(aggregator=told.aggregator, actor=DESK, now=NOON) == 5
    assert bring_back(aggregator=told.aggregator, actor=DESK, now=NOON) == 0
    assert balance(AccountKind.STOCK, lot=told.lot, aid_type=told.lot.aid_type) == 7
    assert balance(AccountKind.STOCK, gift=told.gifts[0]) == 1_000_000
    assert differences() == []


def test_the_next_promise_takes_what_a_cancelled_one_has_left(told: Story) -> None:
    cancel(commitment_id=told.commitment.pk, reason="batal", actor=DESK, now=NOON)

    set_aside(told.aggregator, {told.needs[0]: 7})

    assert balance(AccountKind.ALLOTTED, aid_type=told.lot.aid_type) == 7


def test_a_corrected_hand_over_takes_packages_and_money_back(told: Story) -> None:
    delivery = bring(plan_it(told.commitment), {told.needs[0]: 3})

    correct(
        delivery_line_id=delivery.lines.get().pk,
        delivered=1,
        received=0,
        reason="dihitung ulang",
        actor=DESK,
        now=NOON,
    )

    assert balance(AccountKind.DELIVERED, aid_type=told.lot.aid_type) == 1
    assert balance(AccountKind.DELIVERED, aid_type=None) == 200_000
    assert differences() == []


def test_more_than_is_in_stock_commits_nothing(told: Story) -> None:
    with override("en"), pytest.raises(StockShortError, match="1 are missing in stock"):
        set_aside(told.aggregator, {told.needs[0]: 3})

    assert Commitment.objects.count() == 1
    assert balance(AccountKind.STOCK, aid_type=told.lot.aid_type) == 2


def test_packages_with_a_purpose_go_nowhere_else() -> None:
    aggregator = make_aggregator()
    make_confirmed(1_000, aggregator=aggregator)
    here, there = make_need(9), make_need(9, target=make_target(village="31.71.01.1001"))
    make_lot(5, 1, aggregator=aggregator)
    bound = make_lot(5, 1, aggregator=aggregator, purpose=Purpose("31.74", None))

    set_aside(aggregator, {here: 3})

    assert balance(AccountKind.STOCK, lot=bound, aid_type=bound.aid_type) == 2
    with pytest.raises(StockShortError):
        set_aside(aggregator, {there: 6})
    set_aside(aggregator, {there: 5})


def test_goods_in_kind_are_traced_in_packages() -> None:
    aggregator = make_aggregator()
    gift = make_confirmed(10, aggregator=aggregator, kind=GiftKind.GOODS)
    need = make_need(9)
    commitment = set_aside(aggregator, {need: 4})
    bring(plan_it(commitment))

    trace = trace_of(gift)

    assert trace.goods == {"STOCK": 6, "ALLOTTED": 0, "DELIVERED": 4}
    assert [(step.packages, step.rupiah) for step in trace.steps] == [(4, 0)]
    assert [payer.packages for payer in payers_of(commitment)[line_of(commitment).pk]] == [4]
    assert money_with(aggregator, make_programme()).received == 0
    assert goods_with(aggregator, make_programme())[0].delivered == 4


def move(commitment: Commitment, less: dict[int, int], more: dict[Need, int]) -> None:
    change(
        commitment_id=commitment.pk,
        less=less,
        more={need.pk: quantity for need, quantity in more.items()},
        reason="",
        actor=DESK,
        now=NOON,
    )


def test_what_moves_to_another_place_takes_its_stock_along(told: Story) -> None:
    line, there = line_of(told.commitment, told.needs[0]), make_need(9)

    move(told.commitment, {line.pk: 3}, {there: 3})

    new = line_of(told.commitment, there)
    assert balance(AccountKind.ALLOTTED, line=line, aid_type=told.lot.aid_type) == 0
    assert balance(AccountKind.ALLOTTED, line=new, aid_type=told.lot.aid_type) == 3
    assert balance(AccountKind.ALLOTTED, line=new, aid_type=None) == 600_000
    assert lacking(told.commitment) == 0
    assert differences() == []


def test_what_is_added_beyond_the_stock_is_set_aside_later(told: Story) -> None:
    move(told.commitment, {}, {told.needs[0]: 6})

    assert lacking(told.commitment) == 4
    assert list(without_stock(told.aggregator)) == [told.commitment]
    with override("en"), pytest.raises(StockShortError, match="4 are missing in stock"):
        set_aside_for(commitment_id=told.commitment.pk, actor=DESK, now=NOON)
    make_confirmed(MILLION, aggregator=told.aggregator)
    make_lot(5, 200_000, aggregator=told.aggregator)
    set_aside_for(commitment_id=told.commitment.pk, actor=DESK, now=NOON)

    assert (lacking(told.commitment), list(without_stock(told.aggregator))) == (0, [])
    with pytest.raises(AlreadySetAsideError):
        set_aside_for(commitment_id=told.commitment.pk, actor=DESK, now=NOON)
    assert differences() == []


def test_of_a_promise_from_stock_nothing_else_is_handed_over(told: Story) -> None:
    need = told.needs[0]
    move(told.commitment, {}, {need: 6})
    plan_it(told.commitment)

    with override("en"), pytest.raises(NotSetAsideError, match="only 5 are set aside"):
        bring(told.commitment, {need: 9})

    assert balance(AccountKind.DELIVERED) == 0
    bring(told.commitment, {need: 5})
    assert balance(AccountKind.DELIVERED, aid_type=told.lot.aid_type) == 5
