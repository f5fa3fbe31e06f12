"""Two who act for one giver at the same time, and two givers who move toward each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from ksbb.audit.queries import ChangedMeanwhileError, newest_entry_id
from ksbb.commitments.actions import change as changing
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.change import ChangeRefusedError, change
from ksbb.commitments.actions.reserve import NeedsFullError
from ksbb.commitments.locking import LockedCommitment
from ksbb.commitments.models import Commitment
from ksbb.deliveries.actions.hand_over import hand_over
from ksbb.needs.models import Need
from tests.concurrency.writers import GATE, behind, wait_at_the_gate
from tests.factories.commitments import DESK, NOON, line_of, make_commitment
from tests.factories.deliveries import make_planned
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

BY: dict[str, Any] = {"actor": DESK, "now": NOON}
Call = Callable[[], Any]


def holding(row: Commitment | Need) -> str:
    return f"SELECT 1 FROM {row._meta.db_table} WHERE id = {row.pk} FOR UPDATE"


def read_without_locking(commitment_id: int) -> LockedCommitment:
    """Read a commitment as its lock does, but without one, and stop there."""
    row = Commitment.objects.select_related("programme", "collaborator").get(pk=commitment_id)
    wait_at_the_gate()
    return LockedCommitment(row)


def read_needs_without_locking(need_ids: set[int]) -> list[Need]:
    """Read needs as their lock does, but without one, and stop there."""
    rows = Need.objects.filter(pk__in=need_ids).select_related("target", "phase__programme")
    found = list(rows.order_by("pk"))
    wait_at_the_gate()
    return found


def moving(commitment: Commitment, source: Need, place: Need, quantity: int, **more: Any) -> Call:
    less = {line_of(commitment, source).pk: quantity}
    return partial(
        change,
        commitment_id=commitment.pk,
        less=less,
        more={place.pk: quantity},
        reason="",
        **BY | more,
    )


def test_two_members_move_the_same_rest_and_the_second_is_told_what_is_left() -> None:
    here, there, elsewhere = make_need(100), make_need(100), make_need(100)
    one = make_commitment({here: 40})

    first, second = behind(
        holding(one), moving(one, here, there, 40), moving(one, here, elsewhere, 40)
    )

    assert first == one
    assert isinstance(second, ChangeRefusedError)
    assert (line_of(one, here).committed, line_of(one, there).committed) == (0, 40)
    assert faults() == []


def test_without_the_lock_the_second_move_meets_a_bare_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changing, "lock_commitment", read_without_locking)
    here, there, elsewhere = make_need(100), make_need(100), make_need(100)
    one = make_commitment({here: 40})
    calls = moving(one, here, there, 40), moving(one, here, elsewhere, 40)

    # Both saw 40 that could be moved; only the constraint of the line is left to say no.
    assert IntegrityError in map(type, behind(GATE, *calls))


def test_two_members_who_saw_the_same_page_do_not_both_move() -> None:
    here, there = make_need(100), make_need(100)
    one = make_commitment({here: 40})
    move = moving(one, here, there, 10, seen=newest_entry_id(one))

    first, second = behind(holding(one), move, move)

    assert (first, type(second)) == (one, ChangedMeanwhileError)
    assert line_of(one, there).committed == 10
    assert faults() == []


def test_two_givers_who_swap_places_come_through_in_either_order() -> None:
    here, there = make_need(40), make_need(40)
    one, two = make_commitment({here: 20}), make_commitment({there: 20})

    moved = behind(holding(here), moving(one, here, there, 20), moving(two, there, here, 20))

    assert moved == [one, two]
    assert (line_of(one, there).committed, line_of(two, here).committed) == (20, 20)
    assert faults() == []


def test_the_last_of_a_place_goes_to_one_of_two_who_move_there() -> None:
    here, last = make_need(100), make_need(30)
    one, two = make_commitment({here: 30}), make_commitment({here: 30})

    first, second = behind(holding(last), moving(one, here, last, 30), moving(two, here, last, 30))

    assert first == one
    assert isinstance(second, NeedsFullError)
    assert [refusal.open for refusal in second.refusals] == [0]
    assert faults() == []


def test_without_the_lock_on_needs_the_second_meets_a_bare_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changing, "lock_needs", read_needs_without_locking)
    here, last = make_need(100), make_need(30)
    one, two = make_commitment({here: 30}), make_commitment({here: 30})
    calls = moving(one, here, last, 30), moving(two, here, last, 30)

    assert IntegrityError in map(type, behind(GATE, *calls))


def test_what_one_member_hands_over_the_other_cannot_move_away() -> None:
    here, there = make_need(100), make_need(100)
    one = make_planned({here: 40})
    delivery = one.deliveries.get()
    brings = partial(
        hand_over, delivery_id=delivery.pk, quantities={delivery.lines.get().pk: 30}, **BY
    )

    first, second = behind(holding(one), brings, moving(one, here, there, 40))

    assert first == delivery
    assert isinstance(second, ChangeRefusedError)
    assert line_of(one, here).committed == 40
    assert faults() == []


def test_a_rest_is_left_to_others_or_moved_and_never_both() -> None:
    here, there = make_need(100), make_need(100)
    one = make_planned({here: 40})
    leave = partial(cancel, commitment_id=one.pk, reason="batal", for_others=True, **BY)

    left, moved = behind(holding(one), leave, moving(one, here, there, 40))

    assert left == one
    assert not isinstance(moved, Commitment)
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.open, there.open) == (100, 100)
    assert faults() == []
