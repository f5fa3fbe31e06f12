from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ksbb.audit.models import Entry
from ksbb.commitments.actions.cancel import CancellationRefusedError, cancel
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Commitment, Movement
from tests.factories.commitments import DESK, NOON, line_of, make_commitment, make_draft
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=3)


def withdraw(
    commitment: Commitment, quantities: dict[int, int] | None = None, *, key: str = ""
) -> Commitment:
    return cancel(
        commitment_id=commitment.pk,
        quantities=quantities,
        reason="truk rusak",
        actor=DESK,
        now=LATER,
        idempotency_key=key,
    )


@pytest.mark.parametrize("make", [make_draft, make_commitment, make_planned])
def test_a_cancelled_commitment_frees_all_of_its_quantity_at_once(
    make: Callable[..., Commitment],
) -> None:
    need = make_need(100)
    commitment = make({need: 40})

    withdraw(commitment)

    need.refresh_from_db()
    commitment.refresh_from_db()
    assert (need.committed, need.open) == (0, 100)
    assert (commitment.state, commitment.closed_at) == (State.CANCELLED, LATER)
    assert commitment.due_at is None
    freed = Movement.objects.get(reason=Reason.CANCEL)
    assert (freed.delta, freed.at, freed.entry.reason) == (-40, LATER, "truk rusak")
    assert faults() == []


def test_freed_quantity_can_be_taken_by_another_in_the_same_minute() -> None:
    need = make_need(40)
    withdraw(make_commitment({need: 40}))

    make_commitment({need: 40}, now=LATER)

    need.refresh_from_db()
    assert (need.committed, need.open) == (40, 0)


def test_a_part_can_be_cancelled_and_the_rest_stands() -> None:
    rice, meals = make_need(100), make_need(50)
    commitment = make_commitment({rice: 40, meals: 50})
    line = line_of(commitment, rice)

    withdraw(commitment, {line.pk: 15})

    rice.refresh_from_db()
    meals.refresh_from_db()
    commitment.refresh_from_db()
    assert (rice.committed, meals.committed) == (25, 50)
    assert (commitment.state, commitment.closed_at) == (State.SUBMITTED, None)
    assert line_of(commitment, rice).quantity == 40
    entry = Entry.objects.get(action="commitments.reduce")
    assert entry.changes == {"freed": {str(line.pk): 15}}


def test_cancelling_every_part_is_cancelling_the_whole() -> None:
    rice, meals = make_need(100), make_need(50)
    commitment = make_commitment({rice: 40, meals: 50})

    withdraw(commitment, {line_of(commitment, rice).pk: 40, line_of(commitment, meals).pk: 50})

    commitment.refresh_from_db()
    assert commitment.state == State.CANCELLED


def test_what_is_handed_over_cannot_be_cancelled_any_more() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    bring(commitment, {need: 30})

    with pytest.raises(CancellationRefusedError, match="10"):
        withdraw(commitment, {line_of(commitment).pk: 11})

    assert (line_of(commitment).committed, line_of(commitment).delivered) == (40, 30)


def test_cancelling_the_whole_leaves_what_is_handed_over() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    bring(commitment, {need: 30})

    withdraw(commitment)

    need.refresh_from_db()
    commitment.refresh_from_db()
    assert (need.committed, need.delivered) == (30, 30)
    assert commitment.state == State.DELIVERING


def test_cancelling_the_rest_completes_what_is_handed_over_and_confirmed() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    answer(bring(commitment, {need: 30}))

    withdraw(commitment)

    commitment.refresh_from_db()
    assert (commitment.state, commitment.closed_at) == (State.COMPLETED, LATER)
    assert faults() == []


def test_when_all_is_handed_over_nothing_is_left_to_cancel() -> None:
    commitment = make_planned()
    bring(commitment)

    with pytest.raises(CancellationRefusedError):
        withdraw(commitment)

    commitment.refresh_from_db()
    assert commitment.state == State.DELIVERING


@pytest.mark.parametrize("quantity", [-1, 41, 10**30])
def test_less_than_nothing_and_more_than_promised_cannot_be_cancelled(quantity: int) -> None:
    commitment = make_commitment({make_need(100): 40})

    with pytest.raises(CancellationRefusedError):
        withdraw(commitment, {line_of(commitment).pk: quantity})

    assert line_of(commitment).committed == 40


@pytest.mark.parametrize("nothing", [{}, {"line": 0}])
def test_cancelling_nothing_is_refused(nothing: dict[str, int]) -> None:
    commitment = make_commitment()
    quantities = dict.fromkeys((line_of(commitment).pk for _ in nothing), 0)

    with pytest.raises(CancellationRefusedError):
        withdraw(commitment, quantities)

    assert line_of(commitment).committed == 40


def test_a_line_of_another_commitment_is_refused() -> None:
    commitment, other = make_commitment(), make_commitment()

    with pytest.raises(CancellationRefusedError):
        withdraw(commitment, {line_of(other).pk: 1})

    assert line_of(other).committed == 40
