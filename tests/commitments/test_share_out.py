from __future__ import annotations

from typing import Any

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import KeyReusedError
from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions import share_out as module
from ksbb.commitments.actions.reserve import CommitmentRefusedError, NeedsFullError
from ksbb.commitments.actions.share_out import SharedOut, share_out
from ksbb.commitments.actions.submit import PlanRefusedError
from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from ksbb.needs.models import Need
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, lines_for, make_commitment, make_plan
from tests.factories.needs import make_need
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def needs() -> list[Need]:
    """Return five needs of 100."""
    return [make_need(100) for _ in range(5)]


@pytest.fixture
def giver() -> Collaborator:
    return make_collaborator("ACT", is_aggregator=True)


@pytest.fixture(autouse=True)
def _two_lines_a_commitment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LINES", 2)


def shared(needs: list[Need], giver: Collaborator, **fields: Any) -> SharedOut:
    defaults: dict[str, Any] = {
        "programme": make_programme(),
        "giver": giver,
        "lines": lines_for(dict.fromkeys(needs, 30)),
        "plan": make_plan(),
        "keep_rest": False,
        "actor": DESK,
        "now": NOON,
    }
    return share_out(**defaults | fields)


def committed(needs: list[Need]) -> list[int]:
    return list(
        Need.objects.filter(pk__in=[need.pk for need in needs])
        .order_by("pk")
        .values_list("committed", flat=True)
    )


def test_all_lines_become_commitments_in_one_act(needs: list[Need], giver: Collaborator) -> None:
    made = shared(needs, giver)

    assert committed(needs) == [30] * 5
    assert [one.lines.count() for one in made.commitments] == [2, 2, 1]
    assert {one.state for one in made.commitments} == {State.SUBMITTED}
    entry = Entry.objects.get(action="commitments.share_out")
    assert entry.changes["shared"] == {
        one.code: count for one, count in zip(made.commitments, (60, 60, 30), strict=True)
    }


def test_nothing_is_committed_where_one_line_is_no_longer_open(
    needs: list[Need], giver: Collaborator
) -> None:
    make_commitment({needs[1]: 80})

    with pytest.raises(NeedsFullError) as refusal:
        shared(needs, giver)

    assert [(one.wanted, one.open) for one in refusal.value.refusals] == [(30, 20)]
    assert committed(needs) == [0, 80, 0, 0, 0]


def test_the_rest_is_kept_and_the_refused_line_named(
    needs: list[Need], giver: Collaborator
) -> None:
    make_commitment({needs[1]: 80})

    made = shared(needs, giver, keep_rest=True)

    assert committed(needs) == [30, 80, 30, 30, 30]
    assert [one.target_name for one in made.refusals] == [needs[1].target.name]


def test_where_nothing_can_be_kept_nothing_is_written(
    needs: list[Need], giver: Collaborator
) -> None:
    make_commitment(dict.fromkeys(needs, 80))
    before = Commitment.objects.count()

    with pytest.raises(NeedsFullError):
        shared(needs, giver, keep_rest=True)

    assert Commitment.objects.count() == before


def test_the_same_request_acts_once_and_gets_the_same_answer(
    needs: list[Need], giver: Collaborator
) -> None:
    make_commitment({needs[1]: 80})

    first, second = (shared(needs, giver, keep_rest=True, idempotency_key="bagi") for _ in range(2))

    assert committed(needs) == [30, 80, 30, 30, 30]
    assert (second.commitments, second.refusals) == (first.commitments, first.refusals)
    with pytest.raises(KeyReusedError):
        shared(needs[:1], giver, idempotency_key="bagi")


def test_a_commitment_that_is_refused_late_takes_all_others_along(
    needs: list[Need], giver: Collaborator
) -> None:
    with pytest.raises(PlanRefusedError):
        shared(needs, giver, plan=make_plan(statement_accepted=False))

    assert committed(needs) == [0] * 5


@pytest.mark.parametrize("case", ["none", "zero", "twice", "gone", "many", "refused"])
def test_a_request_that_cannot_be_is_refused(
    case: str, needs: list[Need], giver: Collaborator, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lines_for({needs[0]: 0 if case == "zero" else 10})
    if case == "none":
        lines = []
    if case == "twice":
        lines *= 2
    if case == "gone":
        lines = [lines[0]._replace(need_id=2**62)]
    if case == "many":
        monkeypatch.setattr(module, "MOST_PLACES", 0)
    if case == "refused":
        giver.verification = Verification.REFUSED
        giver.save()

    with pytest.raises(CommitmentRefusedError):
        shared(needs, giver, lines=lines)

    assert committed(needs) == [0] * 5
