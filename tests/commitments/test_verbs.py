"""Every verb on a commitment in every state, through the actions themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from ksbb.audit.actors import SYSTEM
from ksbb.audit.models import Entry
from ksbb.audit.queries import NO_REQUEST
from ksbb.commitments.actions import fulfil
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept, reject
from ksbb.commitments.actions.expire import expire, expire_due
from ksbb.commitments.actions.fulfil import Part
from ksbb.commitments.actions.schedule import schedule
from ksbb.commitments.actions.submit import submit
from ksbb.commitments.enums import State
from ksbb.commitments.locking import lock_commitment
from ksbb.commitments.models import Commitment, Movement
from ksbb.commitments.rules import MOVES, MoveRefusedError
from tests.factories.commitments import (
    DELIVERY_DAY,
    DESK,
    NOON,
    line_of,
    make_commitment,
    make_draft,
    make_plan,
)
from tests.factories.deliveries import answer, bring, make_planned
from tests.recount import faults

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=10)
BY: dict[str, Any] = {"actor": DESK, "now": LATER}


def make_delivering() -> Commitment:
    commitment = make_planned()
    bring(commitment, {line_of(commitment).need: 30})
    return commitment


def make_completed() -> Commitment:
    commitment = make_planned()
    answer(bring(commitment))
    return commitment


def make_expired() -> Commitment:
    return expire_due(actor=SYSTEM, now=make_draft().created_at + timedelta(hours=1))[0]


IN_STATE: dict[State, Callable[[], Commitment]] = {
    State.DRAFT: make_draft,
    State.SUBMITTED: make_commitment,
    State.ACCEPTED: lambda: accept(commitment_id=make_commitment().pk, actor=DESK, now=NOON),
    State.SCHEDULED: make_planned,
    State.DELIVERING: make_delivering,
    State.COMPLETED: make_completed,
    State.CANCELLED: lambda: cancel(commitment_id=make_draft().pk, reason="", **BY),
    State.REJECTED: lambda: reject(commitment_id=make_commitment().pk, reason="ganda", **BY),
    State.EXPIRED: make_expired,
}


def deliver(commitment: Commitment) -> object:
    with transaction.atomic():
        locked, part = lock_commitment(commitment.pk), Part(line_of(commitment), 10)
        return fulfil.deliver(locked, [part], request=NO_REQUEST, **BY)


def receive(commitment: Commitment) -> object:
    with transaction.atomic():
        locked, part = lock_commitment(commitment.pk), Part(line_of(commitment), 10)
        return fulfil.receive(locked, [part], request=NO_REQUEST, **BY)


def correct(commitment: Commitment) -> object:
    nothing, less = Part(line_of(commitment), 0), Part(line_of(commitment), -10)
    with transaction.atomic():
        return fulfil.correct(
            lock_commitment(commitment.pk),
            delivered=less,
            received=less if line_of(commitment).received else nothing,
            reason="salah hitung",
            request=NO_REQUEST,
            **BY,
        )


VERBS: dict[str, Callable[[Commitment], object]] = {
    "submit": lambda one: submit(commitment_id=one.pk, plan=make_plan(), **BY),
    "accept": lambda one: accept(commitment_id=one.pk, **BY),
    "reject": lambda one: reject(commitment_id=one.pk, reason="ganda", **BY),
    "schedule": lambda one: schedule(
        commitment_id=one.pk, planned_for=DELIVERY_DAY, delivery_window="", **BY
    ),
    "cancel": lambda one: cancel(commitment_id=one.pk, reason="batal", **BY),
    "deliver": deliver,
    "receive": receive,
    "correct": correct,
}
EVERY = [(verb, state) for verb in VERBS for state in State]
POSSIBLE = [(verb, state) for verb, state in EVERY if state in MOVES[verb].sources]
IMPOSSIBLE = sorted(set(EVERY) - set(POSSIBLE))
WITHOUT_CLOCK = sorted(set(State) - MOVES["expire"].sources)


@pytest.mark.parametrize("state", State)
def test_every_state_is_reached_by_actions_and_leaves_the_book_in_order(state: State) -> None:
    commitment = IN_STATE[state]()

    assert Commitment.objects.get(pk=commitment.pk).state == state
    assert faults() == []


@pytest.mark.parametrize(("verb", "state"), POSSIBLE)
def test_a_possible_verb_acts_and_leaves_one_audit_row_of_its_own(verb: str, state: State) -> None:
    commitment = IN_STATE[state]()
    before = Entry.objects.latest("id").pk

    VERBS[verb](commitment)

    done = Entry.objects.filter(pk__gt=before).order_by("pk")[0]
    partly = (verb, state) == ("cancel", State.DELIVERING)
    assert done.action == ("commitments.reduce" if partly else f"commitments.{verb}")
    assert (done.object_id, done.at, done.channel) == (str(commitment.pk), LATER, DESK.channel)


@pytest.mark.parametrize(("verb", "state"), IMPOSSIBLE)
def test_an_impossible_verb_changes_nothing(verb: str, state: State) -> None:
    commitment = IN_STATE[state]()
    before = snapshot(commitment)

    with pytest.raises(MoveRefusedError):
        VERBS[verb](commitment)

    assert snapshot(commitment) == before


@pytest.mark.parametrize("state", sorted(MOVES["expire"].sources))
def test_what_waits_with_a_clock_expires(state: State) -> None:
    commitment = IN_STATE[state]()
    due_at = commitment.due_at or NOON

    assert expire(commitment_id=commitment.pk, actor=SYSTEM, now=due_at) == commitment
    assert Commitment.objects.get(pk=commitment.pk).state == State.EXPIRED


@pytest.mark.parametrize("state", WITHOUT_CLOCK)
def test_what_has_no_clock_does_not_expire(state: State) -> None:
    commitment = IN_STATE[state]()
    before = snapshot(commitment)

    assert expire(commitment_id=commitment.pk, actor=SYSTEM, now=LATER.replace(year=2030)) is None
    assert snapshot(commitment) == before


def snapshot(commitment: Commitment) -> list[object]:
    """Return all that a verb could have written."""
    return [
        *Commitment.objects.filter(pk=commitment.pk).values(),
        *commitment.lines.order_by("pk").values(),
        *Movement.objects.order_by("pk").values(),
        *Entry.objects.order_by("pk").values(),
    ]
