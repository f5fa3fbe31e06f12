"""Commitments over several needs wait for each other in a queue and never in a ring."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

import pytest
from django.db import OperationalError

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions import reserve
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import reject
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.models import Commitment
from ksbb.needs.locking import LockedNeed
from ksbb.needs.models import Need
from ksbb.shared.busy import is_busy
from tests.concurrency.writers import A_DOOR_FOR_EACH, at_once, behind
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, lines_for, make_commitment, make_plan
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db(transaction=True)

Outcome = Commitment | Exception
Rewrite = Callable[..., None]


def give(giver: Collaborator, quantities: dict[Need, int]) -> Commitment:
    return promise(
        programme=next(iter(quantities)).phase.programme,
        giver=giver,
        lines=lines_for(quantities),
        plan=make_plan(),
        actor=DESK,
        now=NOON,
    )


def give_and_withdraw(giver: Collaborator, needs: Sequence[Need]) -> list[Commitment]:
    """Promise something to three needs at a time, in this order of needs, and take half back."""
    made = [give(giver, dict.fromkeys(needs[at : at + 3], 1)) for at in range(4)]
    return [cancel(commitment_id=one.pk, reason="batal", actor=DESK, now=NOON) for one in made[::2]]


@pytest.mark.usefixtures("_either_way")
def test_eight_writers_in_every_order_all_come_through() -> None:
    needs, giver = [make_need(100) for _ in range(6)], make_collaborator()
    orders = [(needs[turn:] + needs[:turn])[::step] for turn in range(4) for step in (1, -1)]

    outcomes = at_once([partial(give_and_withdraw, giver, order) for order in orders])

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Commitment.objects.count() == 32
    assert faults() == []


def holding(need: Need) -> str:
    return f"SELECT 1 FROM needs_need WHERE id = {need.pk} FOR UPDATE"


def two_givers_cross() -> list[Outcome]:
    """Let one want the first need and the second, the other the second and the first.

    Both come while the first need is held, so a lock taken out of order is taken for sure.
    """
    one, two, giver = make_need(100), make_need(100), make_collaborator()
    there = partial(give, giver, {one: 1, two: 1})
    back = partial(give, giver, {two: 2, one: 2})
    return behind(holding(one), there, back)


def two_withdrawals_cross() -> list[Outcome]:
    """Let two commitments on the same two needs end at the same time."""
    needs = [make_need(100), make_need(100)]
    first, second = (make_commitment(dict.fromkeys(needs, 5)) for _ in range(2))
    there = partial(cancel, commitment_id=first.pk, reason="batal", actor=DESK, now=NOON)
    back = partial(reject, commitment_id=second.pk, reason="ganda", actor=DESK, now=NOON)
    return behind(holding(needs[0]), there, back)


def lock_in_the_order_asked_for(need_ids: Collection[int]) -> list[LockedNeed]:
    needs = Need.objects.select_for_update(of=("self",)).select_related(
        "target", "phase__programme", "aid_type"
    )
    return [LockedNeed(needs.get(pk=need_id)) for need_id in need_ids]


def assert_in_a_ring(outcomes: Sequence[Outcome]) -> None:
    """Expect that one was broken off for the other, and that a reader is told to try again."""
    broken_off = [one for one in outcomes if isinstance(one, OperationalError)]
    assert [is_busy(one) for one in broken_off] == [True]
    assert "deadlock detected" in str(broken_off[0])
    assert faults() == []


@pytest.mark.postgresql
@pytest.mark.usefixtures("_either_way")
def test_two_who_cross_are_both_served() -> None:
    assert [type(one) for one in two_givers_cross()] == [Commitment, Commitment]
    assert faults() == []


@pytest.mark.postgresql
@pytest.mark.usefixtures("_the_long_way")
def test_locked_in_the_order_asked_for_they_wait_in_a_ring(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reserve, "lock_needs", lock_in_the_order_asked_for)

    assert_in_a_ring(two_givers_cross())


@pytest.mark.postgresql
def test_at_once_too_locked_in_another_order_they_wait_in_a_ring(rewrite: Rewrite) -> None:
    turned = "ORDER BY n.id * (CASE WHEN 2 = ANY (wanted_quantities) THEN -1 ELSE 1 END)"
    rewrite("commitments_take_at_once", ("ORDER BY n.id", turned), A_DOOR_FOR_EACH)

    assert_in_a_ring(two_givers_cross())


@pytest.mark.postgresql
def test_two_withdrawals_are_both_written() -> None:
    assert [type(one) for one in two_withdrawals_cross()] == [Commitment, Commitment]
    assert set(Need.objects.values_list("committed", flat=True)) == {0}
    assert faults() == []


@pytest.mark.postgresql
def test_movements_counted_in_another_order_wait_in_a_ring(rewrite: Rewrite) -> None:
    turned = "ORDER BY id * (SELECT CASE max(reason) WHEN 'REJECT' THEN -1 ELSE 1 END FROM added)"
    rewrite("commitments_count_movements", ("ORDER BY id", turned))

    assert_in_a_ring(two_withdrawals_cross())
