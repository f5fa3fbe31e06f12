from __future__ import annotations

from datetime import timedelta

import pytest

from ksbb.collaborators.actions.verify import AlreadyDecidedError, ReasonMissingError
from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.refuse_giver import refuse_giver
from ksbb.commitments.enums import State
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment, make_draft
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=10)


def turn_away(giver: Collaborator, *, reason: str = "palsu", key: str = "") -> Collaborator:
    return refuse_giver(
        collaborator_id=giver.pk, reason=reason, actor=DESK, now=LATER, idempotency_key=key
    )


def test_a_refused_giver_holds_nothing_any_more() -> None:
    giver = make_collaborator(verification=Verification.PENDING)
    need, other = make_need(100), make_need(100)
    promised = [make_commitment(lines, collaborator=giver) for lines in ({need: 40}, {other: 30})]

    turn_away(giver)

    need.refresh_from_db()
    other.refresh_from_db()
    assert (need.open, other.open) == (100, 100)
    assert [type(one).objects.get(pk=one.pk).state for one in promised] == [State.REJECTED] * 2
    assert Collaborator.objects.get().verification == Verification.REFUSED
    assert faults() == []


def test_the_promises_of_others_and_a_draft_with_a_clock_stay() -> None:
    giver = make_collaborator(verification=Verification.PENDING)
    draft, foreign = make_draft(collaborator=giver), make_commitment()

    turn_away(giver)

    draft.refresh_from_db()
    foreign.refresh_from_db()
    assert (draft.state, foreign.state) == (State.DRAFT, State.SUBMITTED)


def test_where_the_giver_cannot_be_refused_no_promise_is_rejected() -> None:
    verified, newcomer = make_collaborator(), make_collaborator(verification=Verification.PENDING)
    kept = [make_commitment(collaborator=verified), make_commitment(collaborator=newcomer)]

    with pytest.raises(AlreadyDecidedError):
        turn_away(verified)
    with pytest.raises(ReasonMissingError):
        turn_away(newcomer, reason="")

    assert [type(one).objects.get(pk=one.pk).state for one in kept] == [State.SUBMITTED] * 2


def test_a_giver_turned_away_twice_by_one_click_is_turned_away_once() -> None:
    giver = make_collaborator(verification=Verification.PENDING)
    make_commitment(collaborator=giver)

    first, again = (turn_away(giver, key="klik") for _ in range(2))

    assert again == first
    assert faults() == []
