from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import ChangedMeanwhileError, KeyReusedError, newest_entry_id
from ksbb.collaborators.enums import Verification
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.change import ChangeRefusedError, change
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.actions.reserve import CommitmentRefusedError, NeedsFullError
from ksbb.commitments.models import Commitment, Movement
from ksbb.commitments.rules import MoveRefusedError
from ksbb.needs.models import Need
from ksbb.shared.errors import DomainError
from tests.factories.commitments import DESK, NOON, line_of, make_commitment, make_draft
from tests.factories.deliveries import bring, make_planned
from tests.factories.needs import make_need
from tests.factories.programmes import make_phase, make_programme
from tests.recount import faults

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=3)


def alter(
    commitment: Commitment,
    more: Mapping[Need, int],
    less: Mapping[Need, int] | None = None,
    **options: Any,
) -> Commitment:
    """Change a commitment; both quantities are given by need."""
    return change(
        commitment_id=commitment.pk,
        less={line_of(commitment, need).pk: count for need, count in (less or {}).items()},
        more={need.pk: count for need, count in more.items()},
        reason="berbagi",
        actor=DESK,
        now=LATER,
        **options,
    )


def standing(need: Need) -> tuple[int, int]:
    """Return committed and open, fresh."""
    need.refresh_from_db()
    return need.committed, need.open


def test_more_for_the_same_place_is_added_to_its_line() -> None:
    need = make_need(100)
    commitment = make_commitment({need: 40})

    alter(commitment, {need: 25})

    line = line_of(commitment)
    assert (line.quantity, line.committed, standing(need)) == (65, 65, (65, 35))
    assert faults() == []


def test_the_rest_moves_to_another_place_in_one_step() -> None:
    here, there = make_need(100), make_need(100)
    commitment = make_commitment({here: 40})

    alter(commitment, {there: 30}, {here: 30})

    assert (standing(here), standing(there)) == ((10, 90), (30, 70))
    entry = Entry.objects.get(action="commitments.change")
    assert (entry.reason, entry.changes["added"]) == ("berbagi", {str(there.pk): 30})
    assert {move.entry_id for move in Movement.objects.filter(at=LATER)} == {entry.pk}
    assert faults() == []


def test_a_place_that_is_too_full_leaves_all_as_it_was() -> None:
    here, there, full = make_need(100), make_need(100), make_need(20)
    commitment = make_commitment({here: 40})

    with pytest.raises(NeedsFullError) as refusal:
        alter(commitment, {there: 10, full: 30}, {here: 40})

    assert [(one.wanted, one.open) for one in refusal.value.refusals] == [(30, 20)]
    assert (standing(here), standing(there), standing(full)) == ((40, 60), (0, 100), (0, 20))


def test_what_was_handed_over_stays_where_it_is() -> None:
    here, there = make_need(100), make_need(100)
    commitment = make_planned({here: 40})
    bring(commitment, {here: 30})

    with pytest.raises(ChangeRefusedError, match="10"):
        alter(commitment, {there: 11}, {here: 11})
    alter(commitment, {there: 10}, {here: 10})

    assert (standing(here), standing(there)) == ((30, 70), (10, 90))
    assert faults() == []


def test_the_clock_runs_on() -> None:
    need = make_need(100)
    commitment = accept(commitment_id=make_commitment({need: 40}).pk, actor=DESK, now=NOON)

    changed = alter(commitment, {need: 1})

    assert (changed.state, changed.due_at) == (commitment.state, commitment.due_at)


@pytest.mark.parametrize("quantity", [0, -5])
def test_nothing_or_less_than_nothing_cannot_be_added(quantity: int) -> None:
    need = make_need(100)
    commitment = make_commitment({need: 40})

    with pytest.raises(ChangeRefusedError):
        alter(commitment, {need: quantity})

    assert standing(need) == (40, 60)


def test_nobody_moves_a_promise_to_where_it_is() -> None:
    need = make_need(100)
    commitment = make_commitment({need: 40})

    with pytest.raises(ChangeRefusedError):
        alter(commitment, {need: 5}, {need: 5})


def test_to_give_only_less_there_is_another_way() -> None:
    need = make_need(100)

    with pytest.raises(ChangeRefusedError):
        alter(make_commitment({need: 40}), {}, {need: 5})


def test_a_need_of_another_programme_or_of_no_programme_is_refused() -> None:
    commitment = make_commitment({make_need(100): 40})
    strange = make_need(phase=make_phase(2, programme=make_programme("lain")))
    gone = Need(pk=999_999)

    for need in (strange, gone):
        with pytest.raises(CommitmentRefusedError):
            alter(commitment, {need: 5})


def test_a_line_of_somebody_else_is_refused() -> None:
    theirs = line_of(make_commitment({make_need(100): 40}))
    own = make_commitment({make_need(100): 40})

    with pytest.raises(ChangeRefusedError):
        change(
            commitment_id=own.pk,
            less={theirs.pk: 5},
            more={make_need(100).pk: 5},
            reason="",
            actor=DESK,
            now=LATER,
        )


def test_a_phase_that_is_over_takes_nothing() -> None:
    over = make_need(100, phase=make_phase(1))

    with pytest.raises(CommitmentRefusedError):
        alter(make_commitment({make_need(100): 40}), {over: 5})


def test_a_closed_commitment_and_a_refused_giver_change_nothing() -> None:
    need = make_need(100)
    closed, refused = make_commitment({need: 10}), make_commitment({need: 10})
    cancel(commitment_id=closed.pk, reason="batal", actor=DESK, now=NOON)
    giver = refused.collaborator
    giver.verification = Verification.REFUSED
    giver.save()

    with pytest.raises(MoveRefusedError):
        alter(closed, {need: 5})
    with pytest.raises(DomainError):
        alter(refused, {need: 5})


def test_the_same_request_changes_once_and_another_with_its_key_nothing() -> None:
    need = make_need(100)
    commitment = make_draft({need: 40})

    for _ in range(2):
        alter(commitment, {need: 5}, idempotency_key="satu")
    with pytest.raises(KeyReusedError):
        alter(commitment, {need: 6}, idempotency_key="satu")

    assert standing(need) == (45, 55)


def test_who_did_not_see_the_last_change_is_told_so() -> None:
    need = make_need(100)
    commitment = make_commitment({need: 40})
    seen = newest_entry_id(commitment)
    alter(commitment, {need: 5}, seen=seen)

    with pytest.raises(ChangedMeanwhileError):
        alter(commitment, {need: 5}, seen=seen)

    assert standing(need) == (45, 55)
