from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import KeyReusedError
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.fulfil import TooMuchError
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Commitment, Movement
from ksbb.commitments.rules import MoveRefusedError
from ksbb.deliveries.actions.hand_over import HandOverRefusedError, hand_over, handover_number
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine
from ksbb.programmes.enums import Stage
from ksbb.shared.clock import WIB
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, line_of
from tests.factories.deliveries import bring, make_planned
from tests.factories.needs import make_need, make_target
from tests.recount import faults

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=2)


def first_of(commitment: Commitment) -> tuple[Delivery, DeliveryLine]:
    delivery = commitment.deliveries.order_by("pk")[0]
    return delivery, delivery.lines.order_by("pk")[0]


def brought(delivery: Delivery, quantities: dict[int, int], *, key: str = "") -> Delivery:
    return hand_over(
        delivery_id=delivery.pk,
        quantities=quantities,
        actor=DESK,
        now=LATER,
        idempotency_key=key,
    )


def test_a_hand_over_counts_as_delivered_and_has_a_number() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})

    delivery = bring(commitment, now=LATER)

    need.refresh_from_db()
    commitment.refresh_from_db()
    assert (need.committed, need.delivered, need.received) == (40, 40, 0)
    assert (delivery.state, delivery.done_at) == (DeliveryState.DONE, LATER)
    assert delivery.handover_number == f"BA-2020-{delivery.pk:06d}"
    assert commitment.state == State.DELIVERING
    moved = Movement.objects.get(reason=Reason.DELIVER)
    assert (moved.stage, moved.delta, moved.at) == (Stage.DELIVERED, 40, LATER)
    assert Entry.objects.get(pk=moved.entry_id).action == "commitments.deliver"
    assert faults() == []


def test_the_number_carries_the_year_in_jakarta() -> None:
    new_year = datetime(2021, 1, 1, 0, 30, tzinfo=WIB)

    assert handover_number(Delivery(pk=123), new_year) == "BA-2021-000123"


def test_what_was_not_brought_gets_a_plan_of_its_own_on_the_same_day() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})

    done = bring(commitment, {need: 30}, now=LATER)

    rest = commitment.deliveries.get(state=DeliveryState.PLANNED)
    assert rest != done
    assert (rest.planned_for, rest.delivery_window) == (DELIVERY_DAY, done.delivery_window)
    assert list(rest.lines.values_list("planned", "quantity")) == [(10, 0)]
    assert list(done.lines.values_list("planned", "quantity")) == [(40, 30)]


def test_a_promise_can_be_brought_in_parts_until_nothing_is_left() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})

    bring(commitment, {need: 15})
    bring(commitment, {need: 25})

    assert line_of(commitment).delivered == 40
    assert list(commitment.deliveries.filter(state=DeliveryState.PLANNED)) == []
    assert faults() == []


def test_one_place_can_be_served_while_the_other_waits() -> None:
    here, there = make_need(100), make_need(100)
    commitment = make_planned({here: 40, there: 30})

    bring(commitment, {here: 40})

    assert (line_of(commitment, here).delivered, line_of(commitment, there).delivered) == (40, 0)
    waiting = commitment.deliveries.get(state=DeliveryState.PLANNED)
    assert waiting.target == there.target


def test_more_than_promised_is_refused_and_nothing_is_written() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})

    with pytest.raises(TooMuchError, match="40"):
        bring(commitment, {need: 41})

    delivery, line = first_of(commitment)
    assert (delivery.state, line.quantity, line_of(commitment).delivered) == (
        DeliveryState.PLANNED,
        0,
        0,
    )


def test_a_plan_made_before_a_part_was_cancelled_promises_no_more_than_is_left() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    part = {line_of(commitment).pk: 15}
    cancel(commitment_id=commitment.pk, quantities=part, reason="", actor=DESK, now=NOON)

    with pytest.raises(TooMuchError, match="25"):
        bring(commitment)

    assert bring(commitment, {need: 25}).state == DeliveryState.DONE


@pytest.mark.parametrize("quantity", [0, -1, -(10**30)])
def test_nothing_or_less_than_nothing_cannot_be_handed_over(quantity: int) -> None:
    commitment = make_planned()
    delivery, line = first_of(commitment)

    with pytest.raises(HandOverRefusedError):
        brought(delivery, {line.pk: quantity})

    assert Movement.objects.filter(stage=Stage.DELIVERED).count() == 0


def test_a_line_of_another_delivery_is_refused() -> None:
    target = make_target()
    rice, meals = make_need(100, target=target), make_need(100)
    commitment = make_planned({rice: 40, meals: 40})
    delivery, line = first_of(commitment)

    with pytest.raises(HandOverRefusedError):
        brought(delivery, {line.pk: 10, line.pk + 1_000: 1})

    assert line_of(commitment, rice).delivered == 0


def test_a_delivery_is_recorded_once() -> None:
    commitment = make_planned()
    delivery, line = first_of(commitment)
    done = brought(delivery, {line.pk: 30})

    with pytest.raises(HandOverRefusedError, match=done.handover_number):
        brought(delivery, {line.pk: 10})

    assert line_of(commitment).delivered == 30


def test_the_same_hand_over_sent_twice_counts_once() -> None:
    commitment = make_planned()
    delivery, line = first_of(commitment)

    first, again = (brought(delivery, {line.pk: 30}, key="klik") for _ in range(2))

    assert again == first
    assert line_of(commitment).delivered == 30
    with pytest.raises(KeyReusedError):
        brought(delivery, {line.pk: 31}, key="klik")


def test_a_plan_of_a_withdrawn_promise_cannot_be_carried_out() -> None:
    commitment = make_planned()
    cancel(commitment_id=commitment.pk, reason="batal", actor=DESK, now=NOON)

    with pytest.raises(MoveRefusedError):
        bring(commitment)


def at(commitment: Commitment, done_at: datetime, *, key: str = "") -> Delivery:
    delivery, line = first_of(commitment)
    return hand_over(
        delivery_id=delivery.pk,
        quantities={line.pk: 40},
        done_at=done_at,
        actor=DESK,
        now=LATER,
        idempotency_key=key,
    )


def test_a_hand_over_of_the_past_is_dated_then_and_counted_from_when_it_was_recorded() -> None:
    commitment = make_planned()
    done_at = NOON + timedelta(days=1)

    delivery = at(commitment, done_at)

    moved = Movement.objects.get(reason=Reason.DELIVER)
    assert (delivery.done_at, moved.at) == (done_at, LATER)
    entry = Entry.objects.get(pk=moved.entry_id)
    assert (entry.at, entry.changes["done_at"]) == (LATER, "2020-05-02T12:00:00+07:00")
    assert faults() == []


@pytest.mark.parametrize(
    ("done_at", "sentence"),
    [
        (LATER + timedelta(seconds=1), "belum tiba"),
        (NOON - timedelta(minutes=1), "diterima"),
        (datetime(1, 1, 1, tzinfo=WIB), "diterima"),
        (datetime(9999, 12, 31, 23, 59, tzinfo=WIB), "belum tiba"),
    ],
)
def test_a_moment_at_which_it_cannot_have_been_is_refused(done_at: datetime, sentence: str) -> None:
    commitment = make_planned()

    with pytest.raises(HandOverRefusedError, match=sentence):
        at(commitment, done_at)

    assert line_of(commitment).delivered == 0


def test_before_the_programme_began_nothing_was_handed_over() -> None:
    commitment = make_planned()
    Commitment.objects.filter(pk=commitment.pk).update(accepted_at=NOON - timedelta(days=90))

    with pytest.raises(HandOverRefusedError, match="dimulai"):
        at(commitment, NOON - timedelta(days=60))

    assert line_of(commitment).delivered == 0


def test_the_minute_of_the_acceptance_is_early_enough() -> None:
    commitment = make_planned(now=NOON + timedelta(seconds=40))

    assert at(commitment, NOON).done_at == NOON


def test_the_same_past_hand_over_sent_twice_counts_once_and_another_moment_is_another() -> None:
    commitment = make_planned()

    first, again = (at(commitment, NOON, key="klik") for _ in range(2))

    assert (again, line_of(commitment).delivered) == (first, 40)
    with pytest.raises(KeyReusedError):
        at(commitment, NOON + timedelta(hours=1), key="klik")
