"""Two who act on one file of targets, or on two files about one place, at the same time."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from ksbb.batches.actions import commit as committing
from ksbb.batches.actions.commit import CommitRefusedError, StalePreviewError, commit
from ksbb.batches.actions.undo import NothingToUndoError, undo
from ksbb.batches.models import Batch
from ksbb.needs.models import Need, Target
from tests.batches.test_commit import verified
from tests.concurrency.writers import behind
from tests.factories.batches import make_batch, make_ground
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.recount import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

BY: dict[str, Any] = {"actor": DESK, "now": NOON}
TURN = "SELECT pg_advisory_xact_lock(hashtextextended('batches.turn', 0))"


@pytest.fixture(autouse=True)
def _ground(settings: Settings, tmp_path: Path) -> None:
    settings.BATCH_INBOX = tmp_path / "inbox"
    make_ground()


def test_two_officers_write_one_file_once() -> None:
    batch = make_batch({3: 30})
    write = partial(commit, batch_id=batch.pk, **BY)

    first, second = behind(TURN, write, write)

    assert first == batch
    assert isinstance(second, CommitRefusedError)
    assert Target.objects.count() == 1


def test_two_files_with_the_same_new_place_enter_it_once() -> None:
    one, other = make_batch({3: 30}), make_batch({3: 31, 4: 40})

    first, second = behind(
        TURN, partial(commit, batch_id=one.pk, **BY), partial(commit, batch_id=other.pk, **BY)
    )

    assert first == one
    assert isinstance(second, StalePreviewError)
    assert list(Target.objects.values_list("families", flat=True)) == [30]


def test_without_turns_the_second_file_meets_the_place_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(committing, "take_turn", lambda: None)
    one, other = make_batch({3: 30}), make_batch({3: 31, 4: 40})
    held = f"SELECT 1 FROM batches_batch WHERE id IN ({one.pk}, {other.pk}) FOR UPDATE"

    outcomes = behind(
        held, partial(commit, batch_id=one.pk, **BY), partial(commit, batch_id=other.pk, **BY)
    )

    assert len([one for one in outcomes if isinstance(one, Batch)]) == 1
    assert Target.objects.count() in {1, 2}


def test_a_promise_that_comes_first_is_not_disturbed_by_a_file() -> None:
    need = verified(100)
    batch = make_batch({1: 60})
    promise = partial(make_commitment, {need: 80})
    held = f"SELECT 1 FROM needs_need WHERE id = {need.pk} FOR UPDATE"

    promised, written = behind(held, promise, partial(commit, batch_id=batch.pk, **BY))

    need.refresh_from_db()
    assert not isinstance(promised, Exception)
    assert isinstance(written, StalePreviewError)
    assert (need.quantity, need.committed) == (100, 80)
    assert faults() == []


def test_two_officers_take_one_file_back_once() -> None:
    batch = commit(batch_id=make_batch({3: 30}).pk, **BY)
    take_back = partial(undo, batch_id=batch.pk, reason="salah berkas", **BY)

    first, second = behind(TURN, take_back, take_back)

    assert first == batch
    assert isinstance(second, NothingToUndoError)
    assert (Target.objects.count(), Need.objects.count()) == (0, 0)
