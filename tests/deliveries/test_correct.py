from __future__ import annotations

from datetime import timedelta

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import ChangedMeanwhileError, KeyReusedError, newest_entry_id
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Movement
from ksbb.deliveries.actions.correct import CorrectionRefusedError, correct
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine, ReceiptLine
from ksbb.programmes.enums import Stage
from tests.factories.commitments import DESK, NOON, line_of
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)


def settle(
    delivery: Delivery,
    delivered: int,
    received: int,
    *,
    reason: str = "dihitung ulang",
    seen: int | None = None,
    key: str = "",
) -> DeliveryLine:
    return correct(
        delivery_line_id=delivery.lines.get().pk,
        delivered=delivered,
        received=received,
        reason=reason,
        actor=DESK,
        now=LATER,
        seen=seen,
        idempotency_key=key,
    )


def test_a_difference_is_settled_by_new_movements_with_a_reason() -> None:
    commitment = make_planned()
    delivery = bring(commitment)
    answer(delivery, less=5)

    settle(delivery, 40, 40)

    commitment.refresh_from_db()
    assert line_of(commitment).unconfirmed == 0
    assert (commitment.state, commitment.closed_at) == (State.COMPLETED, LATER)
    moved = Movement.objects.get(reason=Reason.CORRECT)
    assert (moved.stage, moved.delta, moved.at) == (Stage.RECEIVED, 5, LATER)
    assert Entry.objects.get(pk=moved.entry_id).reason == "dihitung ulang"
    assert faults() == []


def test_the_receivers_own_words_stay_as_they_were_written() -> None:
    delivery = bring(make_planned())
    answer(delivery, less=5)

    settle(delivery, 40, 40)

    assert list(ReceiptLine.objects.values_list("quantity", "handed_over")) == [(35, 40)]


def test_what_was_not_brought_after_all_is_to_be_brought_again() -> None:
    commitment = make_planned()
    delivery = bring(commitment)
    answer(delivery, less=5)

    settle(delivery, 35, 35)

    commitment.refresh_from_db()
    rest = commitment.deliveries.get(state=DeliveryState.PLANNED)
    assert (line_of(commitment).delivered, line_of(commitment).received) == (35, 35)
    assert commitment.state == State.DELIVERING
    assert list(rest.lines.values_list("planned", flat=True)) == [5]
    assert bring(commitment).state == DeliveryState.DONE
    assert faults() == []


def test_a_completed_promise_can_be_corrected_and_is_open_again() -> None:
    commitment = make_planned()
    delivery = bring(commitment)
    answer(delivery)

    settle(delivery, 40, 38)

    commitment.refresh_from_db()
    assert (commitment.state, commitment.closed_at) == (State.DELIVERING, None)
    assert line_of(commitment).unconfirmed == 2
    assert faults() == []


@pytest.mark.parametrize(
    ("delivered", "received"), [(40, 40), (40, 30), (30, 30), (20, 0), (0, 0), (32, 28), (26, 26)]
)
def test_any_pair_that_can_be_true_can_be_set(delivered: int, received: int) -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    delivery = bring(commitment, {need: 30})
    answer(delivery, less=5)

    line = settle(delivery, delivered, received)

    need.refresh_from_db()
    assert (line.quantity, line.received) == (delivered, received)
    assert (need.delivered, need.received) == (delivered, received)
    assert faults() == []


@pytest.mark.parametrize(
    ("delivered", "received"), [(41, 40), (30, 31), (-1, -1), (30, -1), (10**30, 0), (30, 25)]
)
def test_a_pair_that_cannot_be_true_or_stands_already_is_refused(
    delivered: int, received: int
) -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    delivery = bring(commitment, {need: 30})
    answer(delivery, less=5)

    with pytest.raises(CorrectionRefusedError):
        settle(delivery, delivered, received)

    assert (line_of(commitment).delivered, line_of(commitment).received) == (30, 25)


def test_a_correction_without_a_reason_is_refused() -> None:
    delivery = bring(make_planned())

    with pytest.raises(CorrectionRefusedError):
        settle(delivery, 30, 30, reason=" ")


def test_a_delivery_that_is_only_planned_cannot_be_corrected_into_one_that_is_done() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    bring(commitment, {need: 30})
    rest = commitment.deliveries.get(state=DeliveryState.PLANNED)

    with pytest.raises(CorrectionRefusedError):
        settle(rest, 10, 10)

    assert line_of(commitment).delivered == 30


def test_the_same_correction_sent_twice_counts_once() -> None:
    commitment = make_planned()
    delivery = bring(commitment)

    first, again = (settle(delivery, 38, 38, key="klik") for _ in range(2))

    assert again == first
    assert (line_of(commitment).delivered, line_of(commitment).received) == (38, 38)
    with pytest.raises(KeyReusedError):
        settle(delivery, 37, 37, key="klik")


def test_whoever_saw_an_older_state_corrects_nothing() -> None:
    commitment = make_planned()
    delivery = bring(commitment)
    seen = newest_entry_id(commitment)
    settle(delivery, 38, 38, seen=seen)

    with pytest.raises(ChangedMeanwhileError):
        settle(delivery, 36, 36, seen=seen)

    assert line_of(commitment).delivered == 38
