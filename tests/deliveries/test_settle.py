from __future__ import annotations

from datetime import timedelta

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import ChangedMeanwhileError, KeyReusedError, newest_entry_id
from ksbb.commitments.models import Movement
from ksbb.deliveries.actions.correct import CorrectionRefusedError, correct
from ksbb.deliveries.actions.settle import SettlementRefusedError, settle
from ksbb.deliveries.models import Delivery, DeliveryLine, ReceiptLine
from ksbb.deliveries.queries import awaiting_receipt, with_difference
from tests.factories.commitments import DESK, NOON, line_of
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)


@pytest.fixture
def surplus() -> Delivery:
    """Return a delivery recorded as 5 of 7 promised, of which the place counted 9."""
    need = make_need(100)
    delivery = bring(make_planned({need: 7}), {need: 5})
    answer(delivery, less=-4)
    return delivery


def leave(
    delivery: Delivery, *, reason: str = "dari tetangga", seen: int | None = None, key: str = ""
) -> DeliveryLine:
    return settle(
        delivery_line_id=delivery.lines.get().pk,
        reason=reason,
        actor=DESK,
        now=LATER,
        seen=seen,
        idempotency_key=key,
    )


def raised(delivery: Delivery, quantity: int) -> DeliveryLine:
    return correct(
        delivery_line_id=delivery.lines.get().pk,
        delivered=quantity,
        received=quantity,
        reason="dihitung ulang",
        actor=DESK,
        now=LATER,
    )


def test_what_the_receiver_counted_more_is_an_open_difference(surplus: Delivery) -> None:
    assert list(with_difference()) == [surplus]
    assert list(awaiting_receipt()) == []
    assert surplus.lines.get().surplus == 4


def test_a_surplus_left_as_it_stands_moves_nothing_and_is_not_open_any_more(
    surplus: Delivery,
) -> None:
    before = Movement.objects.count()

    leave(surplus)

    line = surplus.lines.get()
    assert (line.quantity, line.received, line.surplus, line.settled_at) == (5, 5, 0, LATER)
    assert list(with_difference()) == []
    assert Movement.objects.count() == before
    assert list(ReceiptLine.objects.values_list("quantity", "handed_over")) == [(9, 5)]
    entry = Entry.objects.get(action="deliveries.settle")
    assert (entry.reason, entry.changes) == ("dari tetangga", {"recorded": 5, "counted": 9})
    assert faults() == []


def test_a_surplus_of_this_promise_is_written_down_up_to_what_is_promised(
    surplus: Delivery,
) -> None:
    with pytest.raises(CorrectionRefusedError, match="7"):
        raised(surplus, 9)

    raised(surplus, 7)

    line = line_of(surplus.commitment)
    assert (line.committed, line.delivered, line.received) == (7, 7, 7)
    assert list(with_difference()) == []
    assert faults() == []


def test_a_correction_before_the_receipt_does_not_settle_what_is_counted_later() -> None:
    need = make_need(100)
    delivery = bring(make_planned({need: 7}), {need: 5})
    raised(delivery, 6)

    answer(delivery, less=-1)

    assert list(with_difference()) == [delivery]


def test_one_surplus_among_many_lines_is_found() -> None:
    settled, opened = (bring(make_planned({make_need(100): 5})) for _ in range(2))
    for delivery in (settled, opened):
        answer(delivery, less=-1)
    leave(settled)

    assert list(with_difference()) == [opened]


def test_without_a_reason_nothing_is_settled(surplus: Delivery) -> None:
    with pytest.raises(SettlementRefusedError):
        leave(surplus, reason=" ")

    assert list(with_difference()) == [surplus]


@pytest.mark.parametrize("less", [0, 1])
def test_where_nothing_is_too_much_nothing_can_be_left(less: int) -> None:
    delivery = bring(make_planned())
    answer(delivery, less=less)

    with pytest.raises(SettlementRefusedError):
        leave(delivery)


def test_before_the_receiver_has_spoken_nothing_can_be_left() -> None:
    with pytest.raises(SettlementRefusedError):
        leave(bring(make_planned()))


def test_the_same_settlement_sent_twice_acts_once(surplus: Delivery) -> None:
    first, again = (leave(surplus, key="klik") for _ in range(2))

    assert again == first
    assert Entry.objects.filter(action="deliveries.settle").count() == 1
    with pytest.raises(KeyReusedError):
        leave(surplus, reason="lain", key="klik")


def test_whoever_saw_an_older_state_settles_nothing(surplus: Delivery) -> None:
    seen = newest_entry_id(surplus.commitment)
    raised(surplus, 6)

    with pytest.raises(ChangedMeanwhileError):
        leave(surplus, seen=seen)
