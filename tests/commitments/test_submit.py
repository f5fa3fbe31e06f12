from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from ksbb.audit.models import Entry
from ksbb.commitments.actions.submit import PlanRefusedError, submit
from ksbb.commitments.enums import State, Window
from ksbb.commitments.locking import UnknownCommitmentError
from ksbb.shared.clock import WIB
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, make_draft, make_plan

pytestmark = pytest.mark.django_db


def test_a_submitted_draft_waits_for_the_working_group_without_a_clock() -> None:
    commitment = submit(
        commitment_id=make_draft().pk, plan=make_plan(remark="beras 5 kg"), actor=DESK, now=NOON
    )

    commitment.refresh_from_db()
    assert (commitment.state, commitment.submitted_at) == (State.SUBMITTED, NOON)
    assert (commitment.due_at, commitment.closed_at) == (None, None)
    assert (commitment.planned_for, commitment.delivery_window) == (DELIVERY_DAY, Window.AFTERNOON)
    assert commitment.remark == "beras 5 kg"


def test_the_audit_keeps_that_the_statement_was_agreed_to() -> None:
    submit(commitment_id=make_draft().pk, plan=make_plan(), actor=DESK, now=NOON)

    entry = Entry.objects.get(action="commitments.submit")
    assert entry.changes == {
        "state": [State.DRAFT, State.SUBMITTED],
        "statement_accepted": [False, True],
    }


@pytest.mark.parametrize(
    "plan",
    [
        {"statement_accepted": False},
        {"planned_for": date(2020, 4, 30)},
        {"planned_for": date(2020, 5, 24)},
        {"delivery_window": "MIDNIGHT"},
    ],
)
def test_without_agreement_or_a_possible_time_a_draft_stays_a_draft(plan: dict[str, Any]) -> None:
    draft = make_draft()

    with pytest.raises(PlanRefusedError):
        submit(commitment_id=draft.pk, plan=make_plan(**plan), actor=DESK, now=NOON)

    draft.refresh_from_db()
    assert (draft.state, draft.planned_for) == (State.DRAFT, None)


@pytest.mark.parametrize("day", [date(2020, 5, 1), date(2020, 5, 23)])
def test_today_and_the_last_day_of_the_programme_are_possible(day: date) -> None:
    draft = make_draft()

    commitment = submit(
        commitment_id=draft.pk, plan=make_plan(planned_for=day), actor=DESK, now=NOON
    )

    assert commitment.planned_for == day


def test_today_is_the_day_in_jakarta() -> None:
    just_past_midnight = datetime.combine(date(2020, 5, 2), time(0, 30), tzinfo=WIB)
    draft = make_draft(now=just_past_midnight)

    with pytest.raises(PlanRefusedError):
        submit(
            commitment_id=draft.pk,
            plan=make_plan(planned_for=date(2020, 5, 1)),
            actor=DESK,
            now=just_past_midnight,
        )


def test_what_is_not_there_cannot_be_submitted() -> None:
    with pytest.raises(UnknownCommitmentError):
        submit(commitment_id=4_711, plan=make_plan(), actor=DESK, now=NOON)
