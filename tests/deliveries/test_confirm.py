from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.audit.queries import KeyReusedError
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Movement
from ksbb.commitments.rules import MoveRefusedError
from ksbb.deliveries.actions.confirm import (
    Answer,
    LinkEndedError,
    LinkUnknownError,
    ReceiptRefusedError,
    confirm,
)
from ksbb.deliveries.actions.correct import correct
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.deliveries.enums import Condition
from ksbb.deliveries.models import Delivery, Receipt, ReceiptLine, ReceiptLink
from ksbb.programmes.enums import Stage
from tests.factories.commitments import DESK, NOON, line_of
from tests.factories.deliveries import answers_for, bring, make_planned
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=2)
RECEIVER = Actor(channel=Channel.RECEIPT_LINK)


def make_link(delivery: Delivery) -> str:
    return issue_link(delivery_id=delivery.pk, actor=DESK, now=NOON)


def say(token: str, answers: dict[int, Answer], *, now: datetime = LATER, key: str = "") -> Receipt:
    return confirm(
        token=token,
        answers=answers,
        remark="terima kasih",
        actor=RECEIVER,
        now=now,
        idempotency_key=key,
    )


def settle(delivery: Delivery, *, delivered: int, received: int) -> None:
    correct(
        delivery_line_id=delivery.lines.get().pk,
        delivered=delivered,
        received=received,
        reason="lewat telepon",
        actor=DESK,
        now=NOON,
    )


def answered(delivery: Delivery, quantity: int) -> dict[int, Answer]:
    return {delivery.lines.get().pk: Answer(quantity, Condition.GOOD, "")}


def test_what_the_place_confirms_is_received_and_completes_the_promise() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    delivery = bring(commitment)

    receipt = say(make_link(delivery), answers_for(delivery))

    need.refresh_from_db()
    commitment.refresh_from_db()
    assert (need.committed, need.delivered, need.received) == (40, 40, 40)
    assert (commitment.state, commitment.closed_at) == (State.COMPLETED, LATER)
    assert (receipt.delivery, receipt.confirmed_at, receipt.remark) == (
        delivery,
        LATER,
        "terima kasih",
    )
    moved = Movement.objects.get(reason=Reason.RECEIVE)
    assert (moved.stage, moved.delta, moved.at) == (Stage.RECEIVED, 40, LATER)
    assert list(Entry.objects.order_by("-pk").values_list("action", "channel")[:2]) == [
        ("commitments.complete", Channel.RECEIPT_LINK),
        ("commitments.receive", Channel.RECEIPT_LINK),
    ]
    assert faults() == []


def test_what_is_missing_stays_open_beside_both_words() -> None:
    commitment = make_planned()
    delivery = bring(commitment)

    say(make_link(delivery), answered(delivery, 35))

    commitment.refresh_from_db()
    line, stated = line_of(commitment), ReceiptLine.objects.get()
    assert (line.delivered, line.received, line.unconfirmed) == (40, 35, 5)
    assert (stated.quantity, stated.handed_over, stated.difference) == (35, 40, -5)
    assert (commitment.state, commitment.closed_at) == (State.DELIVERING, None)
    assert faults() == []


def test_what_is_said_to_be_more_is_kept_as_said_and_counts_as_handed_over() -> None:
    commitment = make_planned()
    delivery = bring(commitment)

    say(make_link(delivery), answered(delivery, 45))

    line, stated = line_of(commitment), ReceiptLine.objects.get()
    assert (line.delivered, line.received) == (40, 40)
    assert (stated.quantity, stated.handed_over, stated.difference) == (45, 40, 5)


def test_nothing_arrived_is_an_answer() -> None:
    commitment = make_planned()
    delivery = bring(commitment)

    say(make_link(delivery), answered(delivery, 0))

    assert line_of(commitment).unconfirmed == 40
    assert Movement.objects.filter(stage=Stage.RECEIVED).count() == 0
    assert ReceiptLine.objects.get().difference == -40


def test_the_condition_and_the_remark_of_each_line_are_kept() -> None:
    delivery = bring(make_planned())
    answers = {delivery.lines.get().pk: Answer(40, Condition.OTHER, "kardus basah")}

    say(make_link(delivery), answers)

    stated = ReceiptLine.objects.get()
    assert (stated.condition, stated.remark) == (Condition.OTHER, "kardus basah")


def test_the_first_part_can_be_confirmed_before_the_second_is_brought() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    first = bring(commitment, {need: 30})
    say(make_link(first), answers_for(first))

    second = bring(commitment, {need: 10})
    say(make_link(second), answers_for(second))

    commitment.refresh_from_db()
    assert (commitment.state, line_of(commitment).received) == (State.COMPLETED, 40)
    assert faults() == []


def test_an_unknown_link_is_refused() -> None:
    delivery = bring(make_planned())
    make_link(delivery)

    with pytest.raises(LinkUnknownError):
        say("bukan-tautan", answers_for(delivery))

    assert list(Receipt.objects.all()) == []


def test_a_link_works_once() -> None:
    commitment = make_planned()
    delivery = bring(commitment)
    token = make_link(delivery)
    say(token, answered(delivery, 35))

    with pytest.raises(LinkEndedError):
        say(token, answered(delivery, 40))

    assert line_of(commitment).received == 35
    assert ReceiptLink.objects.get().used_at == LATER


def test_an_expired_link_is_refused() -> None:
    delivery = bring(make_planned())
    token = make_link(delivery)

    with pytest.raises(LinkEndedError):
        say(token, answers_for(delivery), now=NOON + timedelta(days=14))

    assert list(Receipt.objects.all()) == []


def test_a_replaced_link_is_refused() -> None:
    delivery = bring(make_planned())
    old = make_link(delivery)
    make_link(delivery)

    with pytest.raises(LinkEndedError):
        say(old, answers_for(delivery))

    assert list(Receipt.objects.all()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        Answer(-1, Condition.GOOD, ""),
        Answer(10**9 + 1, Condition.GOOD, ""),
        Answer(40, "FINE", ""),
        Answer(40, "", ""),
        Answer(40, Condition.OTHER, "  "),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_the_link_stays_good(wrong: Answer) -> None:
    commitment = make_planned()
    delivery = bring(commitment)
    token = make_link(delivery)

    with pytest.raises(ReceiptRefusedError):
        say(token, {delivery.lines.get().pk: wrong})

    assert line_of(commitment).received == 0
    assert say(token, answers_for(delivery)).delivery == delivery


def test_every_line_is_answered_for_and_no_other() -> None:
    delivery, other = bring(make_planned()), bring(make_planned())
    token = make_link(delivery)

    with pytest.raises(ReceiptRefusedError):
        say(token, {})
    with pytest.raises(ReceiptRefusedError):
        say(token, answers_for(delivery) | answers_for(other))

    assert list(Receipt.objects.all()) == []


def test_the_same_confirmation_sent_twice_counts_once() -> None:
    commitment = make_planned()
    delivery = bring(commitment)
    token = make_link(delivery)

    first, again = (say(token, answered(delivery, 35), key="klik") for _ in range(2))

    assert again == first
    assert line_of(commitment).received == 35
    with pytest.raises(KeyReusedError):
        say(token, answered(delivery, 36), key="klik")


@pytest.mark.parametrize("stated", [10, 20, 25])
def test_the_places_word_replaces_what_the_working_group_had_settled_before(stated: int) -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    delivery = bring(commitment, {need: 30})
    settle(delivery, delivered=30, received=20)

    say(make_link(delivery), answered(delivery, stated))

    assert (line_of(commitment).delivered, line_of(commitment).received) == (30, stated)
    assert faults() == []


def test_what_was_settled_whole_needs_no_confirmation_any_more() -> None:
    commitment = make_planned()
    delivery = bring(commitment)
    token = make_link(delivery)
    settle(delivery, delivered=40, received=40)

    with pytest.raises(MoveRefusedError):
        say(token, answers_for(delivery))

    assert list(Receipt.objects.all()) == []
