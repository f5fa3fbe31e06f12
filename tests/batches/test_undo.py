"""A file is taken back whole, or stays whole where something was built on it."""

from __future__ import annotations

from typing import Any

import pytest

from ksbb.batches.actions.commit import commit
from ksbb.batches.actions.undo import NothingToUndoError, UndoRefusedError, undo
from ksbb.batches.enums import State
from ksbb.batches.models import Batch
from ksbb.needs.actions.adjust import adjust
from ksbb.needs.actions.admit import admit
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, Target
from tests.batches.test_commit import snapshot, verified
from tests.factories.batches import effects, make_batch
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import VILLAGE, make_contact, make_target
from tests.recount import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_ground")]

BY: dict[str, Any] = {"actor": DESK, "now": NOON}


def written(families: dict[int, int | str]) -> Batch:
    return commit(batch_id=make_batch(families).pk, **BY)


def take_back(batch: Batch) -> Batch:
    return undo(batch_id=batch.pk, reason="salah berkas", **BY)


def test_everything_is_as_it_was_before() -> None:
    verified(100)
    make_target(families=50, verification=Verification.PENDING)
    before = snapshot()

    batch = take_back(written({1: 130, 2: 40, 7: 20}))

    assert snapshot() == before
    assert (batch.state, faults()) == (State.UNDONE, [])
    assert effects(make_batch({1: 130, 2: 40, 7: 20})) == {1: "CHANGED", 2: "CHANGED", 7: "NEW"}


def promise_all(need: Need) -> None:
    make_commitment({need: 120})


def change_need(need: Need) -> None:
    adjust(need_id=need.pk, quantity=125, reason="pendataan ulang", **BY)


def change_count(need: Need) -> None:
    Target.objects.filter(pk=need.target_id).update(families=131)


def verify_new(_need: Need) -> None:
    admit(target_id=Target.objects.get(code=f"{VILLAGE}.007").pk, **BY)


def enter_contact(_need: Need) -> None:
    make_contact(Target.objects.get(code=f"{VILLAGE}.007"))


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (promise_all, "RW 001: 120 sudah dikomitmenkan"),
        (change_need, "RW 001: kebutuhannya"),
        (change_count, "RW 001: jumlah"),
        (verify_new, "RW 007 Kebayoran Lama Selatan: sudah"),
        (enter_contact, "RW 007 Kebayoran Lama Selatan: kontaknya"),
    ],
)
def test_what_something_was_built_on_stays_whole_and_says_why(build: Any, sentence: str) -> None:
    need = verified(100)
    batch = written({1: 130, 7: 20})
    build(need)
    before = snapshot()

    with pytest.raises(UndoRefusedError) as refused:
        take_back(batch)

    assert [one for one in refused.value.obstacles if one.startswith(sentence)]
    assert len(refused.value.obstacles) == 1
    assert (snapshot(), Batch.objects.get().state) == (before, State.COMMITTED)


def test_what_does_not_stand_in_the_book_cannot_be_taken_back() -> None:
    batch = take_back(written({7: 20}))

    with pytest.raises(NothingToUndoError):
        take_back(batch)


def test_a_second_press_takes_back_once() -> None:
    batch = written({7: 20})

    states = [
        undo(batch_id=batch.pk, reason="x", idempotency_key="satu", **BY).state for _ in range(2)
    ]

    assert states == [State.UNDONE, State.UNDONE]
