"""The sums of an area stay right while its places turn and many write at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from ksbb.commitments.models import Commitment
from ksbb.needs.actions.verify import decide_target
from ksbb.needs.enums import Verification
from ksbb.needs.models import AreaTotal, Target
from tests.concurrency.writers import GATE, at_once, behind
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

STOP_WHEN_WRITTEN = (
    "RETURN NEXT made;",
    "PERFORM pg_advisory_xact_lock_shared(1441); RETURN NEXT made;",
)
LOCK = (
    "PERFORM 1 FROM needs_need WHERE target_id = ANY (turned)\n"
    "                ORDER BY id FOR NO KEY UPDATE;"
)
Rewrite = Callable[..., None]


def a_place_is_refused_while_somebody_commits_to_it() -> list[Any]:
    need, giver = make_need(100), make_collaborator()
    give = partial(make_commitment, {need: 40}, collaborator=giver)
    refuse = partial(
        decide_target, target_id=need.target_id, decision=Verification.REFUSED, actor=DESK, now=NOON
    )
    return behind(GATE, give, refuse)


def test_a_commitment_that_is_being_written_leaves_with_its_place(rewrite: Rewrite) -> None:
    rewrite("commitments_take_at_once", STOP_WHEN_WRITTEN)

    outcomes = a_place_is_refused_while_somebody_commits_to_it()

    assert [type(one) for one in outcomes] == [Commitment, Target]
    assert faults() == []


def test_without_the_lock_it_would_be_counted_for_a_refused_place(rewrite: Rewrite) -> None:
    rewrite("commitments_take_at_once", STOP_WHEN_WRITTEN)
    rewrite("needs_total_turned", (LOCK, ""))

    a_place_is_refused_while_somebody_commits_to_it()

    assert {name for name, _key in faults()} == {"areas"}


def test_who_commits_in_one_kelurahan_does_not_wait_for_its_sums(rewrite: Rewrite) -> None:
    rewrite("commitments_take_at_once", STOP_WHEN_WRITTEN)
    needs, giver = [make_need(100) for _ in range(3)], make_collaborator()

    outcomes = behind(
        GATE, *(partial(make_commitment, {one: 7}, collaborator=giver) for one in needs)
    )

    assert [type(one) for one in outcomes] == [Commitment] * 3
    # Each began a row of its own, since the others were still adding to theirs.
    assert AreaTotal.objects.filter(length=13).count() == 3
    assert faults() == []


def test_sixteen_at_once_in_one_kelurahan_add_up() -> None:
    needs, giver = [make_need(100) for _ in range(4)], make_collaborator()
    gives = [partial(make_commitment, {one: 3}, collaborator=giver) for one in needs * 4]

    outcomes = at_once(gives)

    assert [type(one) for one in outcomes] == [Commitment] * 16
    assert faults() == []
