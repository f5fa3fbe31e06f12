"""A file is written whole or not at all, and never takes from what is committed."""

from __future__ import annotations

from typing import Any

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import ChangedMeanwhileError
from ksbb.batches.actions.commit import CommitRefusedError, StalePreviewError, commit
from ksbb.batches.actions.decide import decide
from ksbb.batches.actions.look_again import look_again
from ksbb.batches.enums import Decision, State
from ksbb.batches.models import Batch
from ksbb.needs.actions.adjust import adjust
from ksbb.needs.actions.admit import admit
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, Target
from ksbb.regions.models import Region
from tests.factories.batches import effects, make_batch
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import VILLAGE, make_target
from tests.recount import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_ground")]

BY: dict[str, Any] = {"actor": DESK, "now": NOON}


def verified(families: int) -> Need:
    """Return the need of a place that was verified with so many families."""
    place = make_target(families=families, verification=Verification.PENDING)
    admit(target_id=place.pk, **BY)
    return Need.objects.get(target=place)


def write(batch: Batch, **fields: Any) -> Batch:
    return commit(batch_id=batch.pk, **BY | fields)


def test_new_places_wait_for_verification_with_the_counts_of_the_file() -> None:
    batch = write(make_batch({4: 120}))

    place = Target.objects.get()
    assert (place.code, place.name) == (f"{VILLAGE}.004", "RW 004 Kebayoran Lama Selatan")
    assert (place.families, place.verification) == (120, Verification.PENDING)
    assert place.source == "Kelurahan Contoh: rekap.csv"
    assert str(place.counted_on) == "2020-04-30"
    assert place.region.name == "RW 004"
    assert batch.state == State.COMMITTED


def test_the_needs_of_a_verified_place_follow_the_rule() -> None:
    need = verified(100)

    write(make_batch({1: 130}))

    need.refresh_from_db()
    assert (need.quantity, need.target.families) == (130, 130)
    actions = Entry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions)[-3:] == ["needs.recount", "needs.adjust", "batches.commit"]
    assert faults() == []


def test_a_need_that_was_set_by_hand_stays() -> None:
    need = verified(100)
    adjust(need_id=need.pk, quantity=111, reason="pengungsi", **BY)

    write(make_batch({1: 130}))

    need.refresh_from_db()
    assert (need.quantity, Target.objects.get().families) == (111, 130)


def test_a_verified_place_that_had_no_count_gets_its_needs() -> None:
    place = make_target(families=None)

    write(make_batch({1: 70}))

    assert Need.objects.get(target=place).quantity == 70


def test_what_is_committed_is_never_taken_back_by_a_list() -> None:
    need = verified(100)
    make_commitment({need: 80})
    batch = make_batch({1: 60, 2: 50})
    assert effects(batch) == {1: "HELD", 2: "NEW"}

    write(batch)

    need.refresh_from_db()
    assert (need.quantity, need.committed, need.target.families) == (100, 80, 100)
    assert Target.objects.filter(code=f"{VILLAGE}.002").exists()
    assert effects(make_batch({1: 60, 2: 50})) == {1: "HELD", 2: "UNCHANGED"}


@pytest.mark.parametrize(("decision", "quantity"), [(Decision.TAKE, 80), (Decision.COUNT, 100)])
def test_a_held_row_goes_in_as_it_was_decided(decision: Decision, quantity: int) -> None:
    need = verified(100)
    make_commitment({need: 80})
    batch = make_batch({1: 60})
    decide(batch_id=batch.pk, decisions=decision, **BY)

    write(batch)

    need.refresh_from_db()
    assert (need.quantity, need.target.families) == (quantity, 60)
    assert faults() == []


def test_an_older_count_waits_for_a_decision() -> None:
    make_target(families=100, counted_on="2020-05-01")

    assert effects(make_batch({1: 90})) == {1: "HELD"}


def test_the_same_file_twice_changes_nothing() -> None:
    verified(100)
    write(make_batch({1: 130, 2: 20}))
    again = make_batch({1: 130, 2: 20})

    with pytest.raises(CommitRefusedError, match="tidak ada yang perlu ditulis"):
        write(again)

    assert effects(again) == {1: "UNCHANGED", 2: "UNCHANGED"}


def test_a_double_press_writes_once() -> None:
    batch = make_batch({1: 10})

    first, second = (write(batch, idempotency_key="satu") for _ in range(2))

    assert first == second
    assert Entry.objects.filter(action="batches.commit").count() == 1
    with pytest.raises(CommitRefusedError, match="sudah ditulis"):
        write(batch, idempotency_key="dua")


def test_a_stale_preview_is_noticed_and_nothing_is_written() -> None:
    need = verified(100)
    batch = make_batch({1: 130, 2: 20})
    Target.objects.filter(pk=need.target_id).update(families=105)
    before = snapshot()

    with pytest.raises(StalePreviewError):
        write(batch)

    assert snapshot() == before
    assert look_again(batch_id=batch.pk, today=NOON.date()) == 1
    write(batch)
    need.target.refresh_from_db()
    assert need.target.families == 130


def test_a_commitment_made_after_the_preview_is_noticed() -> None:
    need = verified(100)
    batch = make_batch({1: 60})
    make_commitment({need: 80})

    with pytest.raises(StalePreviewError):
        write(batch)

    look_again(batch_id=batch.pk, today=NOON.date())
    assert effects(batch) == {1: "HELD"}


def test_whoever_did_not_see_a_decision_cannot_write() -> None:
    need = verified(100)
    make_commitment({need: 80})
    batch = make_batch({1: 60, 2: 10})
    decide(batch_id=batch.pk, decisions=Decision.TAKE, **BY)

    with pytest.raises(ChangedMeanwhileError):
        write(batch, seen=0)


def snapshot() -> tuple[object, ...]:
    """Return the book of places as it stands."""
    return (
        list(Target.objects.order_by("pk").values_list("code", "families", "verification")),
        list(Need.objects.order_by("pk").values_list("pk", "quantity", "committed")),
        list(Region.objects.order_by("code").values_list("code", flat=True)),
    )
