from __future__ import annotations

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import ChangedMeanwhileError, KeyReusedError, newest_entry_id
from ksbb.needs.actions.adjust import NeedNotAdjustableError, adjust
from ksbb.needs.models import Need, NeedAdjustment
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db


def set_to(
    need: Need,
    quantity: int,
    *,
    reason: str = "pendataan ulang",
    seen: int | None = None,
    key: str = "",
) -> Need:
    return adjust(
        need_id=need.pk,
        quantity=quantity,
        reason=reason,
        actor=DESK,
        now=NOON,
        seen=seen,
        idempotency_key=key,
    )


@pytest.mark.parametrize(("quantity", "delta"), [(130, 30), (60, -40), (40, -60)])
def test_a_new_quantity_is_kept_as_a_difference_with_its_reason(quantity: int, delta: int) -> None:
    need = make_need(100)
    make_commitment({need: 40})

    adjusted = set_to(need, quantity)

    newest = NeedAdjustment.objects.latest("pk")
    assert (adjusted.quantity, adjusted.open) == (quantity, quantity - 40)
    assert (newest.delta, newest.at, newest.reason) == (delta, NOON, "pendataan ulang")
    assert (newest.entry.action, newest.entry.changes) == (
        "needs.adjust",
        {"quantity": [100, quantity]},
    )
    assert faults() == []


@pytest.mark.parametrize("quantity", [39, 0, -1, 10**9 + 1, 10**30])
def test_a_need_stays_between_what_is_committed_and_a_milliard(quantity: int) -> None:
    need = make_need(100)
    make_commitment({need: 40})

    with pytest.raises(NeedNotAdjustableError):
        set_to(need, quantity)

    assert NeedAdjustment.objects.count() == 1


def test_nobody_changes_a_need_without_saying_why() -> None:
    with pytest.raises(NeedNotAdjustableError):
        set_to(make_need(100), 120, reason=" ")


def test_a_long_reason_is_kept_whole() -> None:
    reason = "sebab " * 2_000

    set_to(make_need(100), 120, reason=reason)

    assert NeedAdjustment.objects.latest("pk").reason == reason


def test_the_quantity_that_stands_already_leaves_no_trace() -> None:
    need = make_need(100)

    assert set_to(need, 100).quantity == 100
    assert NeedAdjustment.objects.count() == 1
    assert list(Entry.objects.filter(action="needs.adjust")) == []


def test_a_need_that_is_not_there_is_refused() -> None:
    with pytest.raises(NeedNotAdjustableError):
        set_to(Need(pk=4_711), 10)


def test_the_same_change_sent_twice_is_one_change() -> None:
    need = make_need(100)

    set_to(need, 120, key="klik")
    set_to(need, 90)
    again = set_to(need, 120, key="klik")

    assert again.quantity == 90
    assert NeedAdjustment.objects.count() == 3
    with pytest.raises(KeyReusedError):
        set_to(need, 121, key="klik")


def test_whoever_saw_an_older_quantity_changes_nothing() -> None:
    need = make_need(100)
    seen = newest_entry_id(need)
    set_to(need, 120, seen=seen)

    with pytest.raises(ChangedMeanwhileError):
        set_to(need, 130, seen=seen)

    assert Need.objects.get().quantity == 120
