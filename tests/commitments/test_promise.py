from __future__ import annotations

from typing import Any

import pytest

from ksbb.audit.models import Entry
from ksbb.collaborators.actions.register import Applicant, ApplicantRefusedError
from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.actions.reserve import NeedsFullError
from ksbb.commitments.actions.submit import PlanRefusedError
from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment, Movement
from ksbb.needs.models import Need
from tests.factories.collaborators import make_applicant, make_collaborator
from tests.factories.commitments import DESK, NOON, lines_for, make_plan
from tests.factories.needs import make_need
from tests.factories.programmes import make_programme
from tests.recount import faults

pytestmark = pytest.mark.django_db


def give(
    need: Need,
    *,
    quantity: int = 40,
    giver: Collaborator | Applicant | None = None,
    agreed: bool = True,
    key: str = "",
) -> Commitment:
    return promise(
        programme=make_programme(),
        giver=giver or make_applicant(),
        lines=lines_for({need: quantity}),
        plan=make_plan(statement_accepted=agreed),
        actor=DESK,
        now=NOON,
        idempotency_key=key,
    )


def test_a_promise_of_somebody_new_registers_them_takes_the_lines_and_submits() -> None:
    need = make_need(100)

    commitment = give(need, giver=make_applicant(name="Barisan Bangun Negeri"))

    need.refresh_from_db()
    assert (commitment.state, commitment.due_at, need.committed) == (State.SUBMITTED, None, 40)
    assert commitment.collaborator.name == "Barisan Bangun Negeri"
    assert commitment.collaborator.verification == Verification.PENDING
    assert list(Entry.objects.order_by("id").values_list("action", flat=True)[1:]) == [
        "collaborators.register",
        "commitments.reserve",
        "commitments.submit",
    ]
    assert faults() == []


def test_a_promise_of_a_known_collaborator_registers_nobody() -> None:
    giver = make_collaborator()

    commitment = give(make_need(), giver=giver)

    assert commitment.collaborator == giver
    assert list(Collaborator.objects.all()) == [giver]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [({"quantity": 101}, NeedsFullError), ({"agreed": False}, PlanRefusedError)],
)
def test_a_refused_promise_leaves_nothing_behind_not_even_the_giver(
    wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    need = make_need(100)

    with pytest.raises(refusal):
        give(need, **wrong)

    need.refresh_from_db()
    assert need.committed == 0
    rows = (Commitment, Collaborator, CollaboratorContact, Movement)
    assert [model.objects.count() for model in rows] == [0, 0, 0, 0]


def test_a_giver_nobody_can_reach_is_refused() -> None:
    with pytest.raises(ApplicantRefusedError):
        give(make_need(), giver=make_applicant(email="", phone=""))

    assert list(Commitment.objects.all()) == []


def test_the_same_promise_sent_twice_registers_and_takes_once() -> None:
    need = make_need(100)

    first, again = give(need, key="klik"), give(need, key="klik")

    need.refresh_from_db()
    assert again == first
    assert need.committed == 40
    assert Collaborator.objects.get() == first.collaborator


def test_a_promise_refused_for_want_of_quantity_may_be_sent_again_when_there_is_some() -> None:
    need, other = make_need(100), make_need(100)
    with pytest.raises(NeedsFullError):
        give(need, quantity=101, key="klik")

    assert give(other, quantity=100, key="klik").state == State.SUBMITTED
