from __future__ import annotations

from datetime import date, timedelta

import pytest

from ksbb.audit.models import Entry
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.actions.schedule import schedule
from ksbb.commitments.actions.submit import PlanRefusedError
from ksbb.commitments.enums import State, Window
from ksbb.commitments.models import Commitment
from tests.factories.commitments import DESK, NOON, make_commitment

pytestmark = pytest.mark.django_db


def make_accepted() -> Commitment:
    return accept(commitment_id=make_commitment().pk, actor=DESK, now=NOON)


def fix(commitment: Commitment, day: date, window: str = Window.MORNING) -> Commitment:
    return schedule(
        commitment_id=commitment.pk,
        planned_for=day,
        delivery_window=window,
        actor=DESK,
        now=NOON + timedelta(hours=1),
    )


def test_an_agreed_day_stops_the_clock() -> None:
    commitment = fix(make_accepted(), date(2020, 5, 4))

    commitment.refresh_from_db()
    assert (commitment.state, commitment.due_at) == (State.SCHEDULED, None)
    assert (commitment.planned_for, commitment.delivery_window) == (
        date(2020, 5, 4),
        Window.MORNING,
    )


def test_the_day_can_be_moved_and_the_audit_keeps_both() -> None:
    commitment = fix(make_accepted(), date(2020, 5, 4))

    fix(commitment, date(2020, 5, 6))

    entry = Entry.objects.filter(action="commitments.schedule").latest("id")
    assert entry.changes == {
        "state": [State.SCHEDULED, State.SCHEDULED],
        "planned_for": ["2020-05-04", "2020-05-06"],
    }


@pytest.mark.parametrize(
    ("day", "window"),
    [
        (date(2020, 4, 30), Window.MORNING),
        (date(2020, 5, 24), Window.MORNING),
        (date(2020, 5, 4), "MIDNIGHT"),
    ],
)
def test_a_day_or_part_of_it_that_cannot_be_leaves_the_clock_running(
    day: date, window: str
) -> None:
    commitment = make_accepted()

    with pytest.raises(PlanRefusedError):
        fix(commitment, day, window)

    commitment.refresh_from_db()
    assert (commitment.state, commitment.due_at) == (State.ACCEPTED, NOON + timedelta(hours=48))
