from __future__ import annotations

from datetime import timedelta

import pytest

from ksbb.collaborators.enums import Verification
from ksbb.commitments.actions.decide import DecisionRefusedError, accept, reject
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Movement
from ksbb.programmes.enums import Stage
from ksbb.programmes.models import Programme
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, line_of, make_commitment
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=3)


def test_acceptance_starts_the_two_days_to_call_the_contact() -> None:
    commitment = accept(commitment_id=make_commitment().pk, actor=DESK, now=LATER)

    commitment.refresh_from_db()
    assert (commitment.state, commitment.accepted_at) == (State.ACCEPTED, LATER)
    assert commitment.due_at == LATER + timedelta(hours=48)


def test_the_time_to_call_is_the_programmes_own() -> None:
    commitment = make_commitment()
    Programme.objects.update(follow_up_hours=6)

    assert accept(commitment_id=commitment.pk, actor=DESK, now=LATER).due_at == (
        LATER + timedelta(hours=6)
    )


@pytest.mark.parametrize("verification", [Verification.PENDING, Verification.REFUSED])
def test_nothing_is_accepted_of_somebody_who_is_not_verified(verification: Verification) -> None:
    giver = make_collaborator("PT Contoh", verification=Verification.PENDING)
    commitment = make_commitment(collaborator=giver)
    type(giver).objects.update(verification=verification)

    with pytest.raises(DecisionRefusedError, match="PT Contoh"):
        accept(commitment_id=commitment.pk, actor=DESK, now=LATER)

    commitment.refresh_from_db()
    assert (commitment.state, commitment.due_at) == (State.SUBMITTED, None)


def test_a_rejection_frees_everything_and_keeps_its_reason() -> None:
    rice, meals = make_need(100), make_need(50)
    commitment = make_commitment({rice: 40, meals: 50})

    reject(commitment_id=commitment.pk, reason="ganda", actor=DESK, now=LATER)

    rice.refresh_from_db()
    meals.refresh_from_db()
    commitment.refresh_from_db()
    assert (rice.open, meals.open) == (100, 50)
    assert (commitment.state, commitment.closed_at) == (State.REJECTED, LATER)
    freed = Movement.objects.filter(reason=Reason.REJECT).select_related("entry")
    assert [(move.stage, move.delta, move.entry.reason) for move in freed] == [
        (Stage.COMMITTED, -40, "ganda"),
        (Stage.COMMITTED, -50, "ganda"),
    ]


def test_what_was_promised_first_stays_to_be_read_after_a_rejection() -> None:
    commitment = make_commitment({make_need(100): 40})

    reject(commitment_id=commitment.pk, reason="ganda", actor=DESK, now=LATER)

    assert (line_of(commitment).quantity, line_of(commitment).committed) == (40, 0)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_rejection_without_a_reason_is_refused(reason: str) -> None:
    commitment = make_commitment()

    with pytest.raises(DecisionRefusedError):
        reject(commitment_id=commitment.pk, reason=reason, actor=DESK, now=LATER)

    commitment.refresh_from_db()
    assert (commitment.state, line_of(commitment).committed) == (State.SUBMITTED, 40)
