"""Two who act on one commitment at the same time: the second sees what the first did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from ksbb.audit.actors import SYSTEM
from ksbb.audit.models import Entry
from ksbb.commitments.actions import cancel as cancelling
from ksbb.commitments.actions import expire as expiring
from ksbb.commitments.actions import schedule as scheduling
from ksbb.commitments.actions.cancel import CancellationRefusedError, cancel
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.actions.expire import expire
from ksbb.commitments.actions.reserve import NeedsFullError, reserve
from ksbb.commitments.actions.schedule import schedule
from ksbb.commitments.enums import State
from ksbb.commitments.locking import LockedCommitment
from ksbb.commitments.models import Commitment
from ksbb.commitments.rules import MoveRefusedError
from ksbb.deliveries.actions.confirm import LinkEndedError, confirm
from ksbb.deliveries.actions.hand_over import HandOverRefusedError, hand_over
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.deliveries.actions.settle import SettlementRefusedError, settle
from ksbb.deliveries.models import Delivery, Receipt
from ksbb.needs.models import Need
from tests.concurrency.writers import GATE, behind, wait_at_the_gate
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import (
    DELIVERY_DAY,
    DESK,
    NOON,
    line_of,
    lines_for,
    make_commitment,
)
from tests.factories.deliveries import answer, answers_for, bring, make_planned
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

Call = Callable[[], Any]
BY: dict[str, Any] = {"actor": DESK, "now": NOON}
TWO_DAYS = NOON + timedelta(hours=48)


def holding(row: Commitment | Need) -> str:
    return f"SELECT 1 FROM {row._meta.db_table} WHERE id = {row.pk} FOR UPDATE"


def read_without_locking(commitment_id: int) -> LockedCommitment:
    """Read a commitment as its lock does, but without one, and stop there."""
    row = Commitment.objects.select_related("programme").get(pk=commitment_id)
    wait_at_the_gate()
    return LockedCommitment(row)


def make_accepted() -> Commitment:
    return accept(commitment_id=make_commitment({make_need(100): 40}).pk, **BY)


def scheduling_of(commitment: Commitment) -> Call:
    return partial(
        schedule, commitment_id=commitment.pk, planned_for=DELIVERY_DAY, delivery_window="", **BY
    )


def expiry_of(commitment: Commitment) -> Call:
    return partial(expire, commitment_id=commitment.pk, actor=SYSTEM, now=TWO_DAYS)


def test_whoever_schedules_first_keeps_the_commitment() -> None:
    one = make_accepted()

    scheduled, expired = behind(holding(one), scheduling_of(one), expiry_of(one))

    one.refresh_from_db()
    assert (scheduled, expired) == (one, None)
    assert (one.state, line_of(one).committed) == (State.SCHEDULED, 40)
    assert faults() == []


def test_what_expired_first_cannot_be_scheduled_any_more() -> None:
    one = make_accepted()

    expired, scheduled = behind(holding(one), expiry_of(one), scheduling_of(one))

    one.refresh_from_db()
    assert expired == one
    assert isinstance(scheduled, MoveRefusedError)
    assert (one.state, line_of(one).committed) == (State.EXPIRED, 0)
    assert faults() == []


def test_without_the_lock_it_is_both_scheduled_and_expired(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scheduling, "lock_commitment", read_without_locking)
    monkeypatch.setattr(expiring, "lock_commitment", read_without_locking)
    one = make_accepted()

    assert behind(GATE, scheduling_of(one), expiry_of(one)) == [one, one]


def test_two_workers_expire_one_commitment_once() -> None:
    one = make_accepted()

    assert behind(holding(one), expiry_of(one), expiry_of(one)) == [one, None]
    assert faults() == []


def withdrawal_of_thirty(commitment: Commitment) -> Call:
    part = {line_of(commitment).pk: 30}
    return partial(cancel, commitment_id=commitment.pk, quantities=part, reason="batal", **BY)


def test_two_withdrawals_take_back_no_more_than_was_promised() -> None:
    one = make_commitment({make_need(100): 40})
    thirty = withdrawal_of_thirty(one)

    first, second = behind(holding(line_of(one).need), thirty, thirty)

    assert first == one
    assert isinstance(second, CancellationRefusedError)
    assert line_of(one).committed == 10
    assert faults() == []


def test_without_the_lock_the_second_withdrawal_meets_a_bare_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cancelling, "lock_commitment", read_without_locking)
    one = make_commitment({make_need(100): 40})
    thirty = withdrawal_of_thirty(one)

    outcomes = behind(GATE, thirty, thirty)

    assert {type(outcome) for outcome in outcomes} == {Commitment, IntegrityError}
    assert line_of(one).committed == 10


def reservation_of(need: Need, quantity: int) -> Call:
    return partial(
        reserve,
        programme=need.phase.programme,
        collaborator=make_collaborator(),
        lines=lines_for({need: quantity}),
        **BY,
    )


@pytest.mark.usefixtures("_either_way")
def test_what_a_withdrawal_frees_is_there_for_who_waits_behind_it() -> None:
    need = make_need(40)
    one = make_commitment({need: 40})
    withdrawal = partial(cancel, commitment_id=one.pk, reason="batal", **BY)

    withdrawn, taken = behind(holding(need), withdrawal, reservation_of(need, 40))

    need.refresh_from_db()
    assert withdrawn == one
    assert isinstance(taken, Commitment)
    assert (need.committed, need.open) == (40, 0)
    assert faults() == []


@pytest.mark.usefixtures("_the_long_way")
def test_who_comes_before_a_withdrawal_is_told_that_nothing_is_open() -> None:
    need = make_need(40)
    one = make_commitment({need: 40})
    withdrawal = partial(cancel, commitment_id=one.pk, reason="batal", **BY)

    refused, withdrawn = behind(holding(need), reservation_of(need, 40), withdrawal)

    need.refresh_from_db()
    assert isinstance(refused, NeedsFullError)
    assert [line.open for line in refused.refusals] == [0]
    assert (withdrawn, need.open) == (one, 40)
    assert faults() == []


def test_who_finds_nothing_open_at_once_asks_again_behind_those_who_wait() -> None:
    need = make_need(40)
    one = make_commitment({need: 40})
    withdrawal = partial(cancel, commitment_id=one.pk, reason="batal", **BY)

    taken, withdrawn = behind(holding(need), reservation_of(need, 40), withdrawal)

    need.refresh_from_db()
    assert isinstance(taken, Commitment)
    assert (withdrawn, need.open) == (one, 0)
    assert faults() == []


def test_two_officers_record_one_hand_over() -> None:
    one = make_planned()
    delivery = Delivery.objects.get()
    record = partial(
        hand_over, delivery_id=delivery.pk, quantities={delivery.lines.get().pk: 30}, **BY
    )

    first, second = behind(holding(one), record, record)

    assert first == delivery
    assert isinstance(second, HandOverRefusedError)
    assert line_of(one).delivered == 30
    assert faults() == []


def test_two_officers_settle_one_surplus_once() -> None:
    one = make_planned()
    delivery = bring(one)
    answer(delivery, less=-4)
    line = delivery.lines.get()
    leave = partial(settle, delivery_line_id=line.pk, reason="dari tetangga", **BY)

    first, second = behind(holding(one), leave, leave)

    assert first == line
    assert isinstance(second, SettlementRefusedError)
    assert Entry.objects.filter(action="deliveries.settle").count() == 1
    assert faults() == []


def test_two_phones_confirm_with_one_link_once() -> None:
    one = make_planned()
    delivery = bring(one)
    token = issue_link(delivery_id=delivery.pk, **BY)
    answers = answers_for(delivery)
    say = partial(confirm, token=token, answers=answers, remark="", **BY)

    first, second = behind(holding(one), say, say)

    assert first == Receipt.objects.get()
    assert isinstance(second, LinkEndedError)
    assert line_of(one).received == 40
    assert faults() == []
