from __future__ import annotations

import pytest

from ksbb.commitments.enums import CLOSED, WAITING, State
from ksbb.commitments.models import Commitment
from ksbb.commitments.rules import MOVES, MoveRefusedError, next_state

ALLOWED = {
    ("submit", State.DRAFT): State.SUBMITTED,
    ("accept", State.SUBMITTED): State.ACCEPTED,
    ("reject", State.SUBMITTED): State.REJECTED,
    ("schedule", State.ACCEPTED): State.SCHEDULED,
    ("schedule", State.SCHEDULED): State.SCHEDULED,
    ("deliver", State.SCHEDULED): State.DELIVERING,
    ("deliver", State.DELIVERING): State.DELIVERING,
    ("receive", State.DELIVERING): State.DELIVERING,
    ("correct", State.DELIVERING): State.DELIVERING,
    ("correct", State.COMPLETED): State.DELIVERING,
    ("complete", State.DELIVERING): State.COMPLETED,
    ("cancel", State.DRAFT): State.CANCELLED,
    ("cancel", State.SUBMITTED): State.CANCELLED,
    ("cancel", State.ACCEPTED): State.CANCELLED,
    ("cancel", State.SCHEDULED): State.CANCELLED,
    ("cancel", State.DELIVERING): State.CANCELLED,
    ("expire", State.DRAFT): State.EXPIRED,
    ("expire", State.ACCEPTED): State.EXPIRED,
}
REFUSED = [(verb, state) for verb in MOVES for state in State if (verb, state) not in ALLOWED]


@pytest.mark.parametrize(("verb", "state", "to"), [(*start, to) for start, to in ALLOWED.items()])
def test_a_verb_leads_where_the_table_says(verb: str, state: State, to: State) -> None:
    assert next_state(Commitment(state=state), verb) == to


@pytest.mark.parametrize(("verb", "state"), REFUSED)
def test_every_other_move_is_refused(verb: str, state: State) -> None:
    commitment = Commitment(code="K7F3-9Q2M", state=state)

    with pytest.raises(MoveRefusedError, match="K7F3-9Q2M"):
        next_state(commitment, verb)


def test_every_state_can_be_reached_and_only_closed_ones_can_be_stayed_in() -> None:
    reached = {move.to for move in MOVES.values()} | {State.DRAFT}
    left = {source for verb, move in MOVES.items() if verb != "correct" for source in move.sources}

    assert reached == set(State)
    assert set(State) - left == set(CLOSED)


def test_every_state_with_a_clock_can_expire() -> None:
    assert MOVES["expire"].sources == set(WAITING)
