"""Many writers on one need: it is never oversold, and whoever is late is told what is open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import chain

import pytest

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions import reserve
from ksbb.commitments.actions.reserve import NeedsFullError
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.needs.locking import LockedNeed, lock_needs
from ksbb.needs.models import Need
from tests.concurrency.writers import (
    A_DOOR_FOR_EACH,
    GATE,
    at_once,
    behind,
    give,
    wait_at_the_gate,
)
from tests.factories.collaborators import make_collaborator
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db(transaction=True)

QUANTITIES = (5, 10, 5, 20) * 16
"""64 wishes with more than enough fives, so that a hundred is filled to the last package."""

STOP_AFTER_THE_CHECK = (
    "IF fitting <>",
    "PERFORM pg_advisory_xact_lock_shared(1441); IF fitting <>",
)
WITHOUT_THE_LOCK = (("FOR NO KEY UPDATE OF n", ""), A_DOOR_FOR_EACH)

Outcome = Commitment | Exception
Rewrite = Callable[..., None]
Read = Callable[[Collection[int]], list[LockedNeed]]


def give_each(need: Need, giver: Collaborator, quantities: Sequence[int]) -> list[Outcome]:
    """Give one quantity after the other; return what became of each."""
    return [given_or_refused(need, giver, quantity) for quantity in quantities]


def given_or_refused(need: Need, giver: Collaborator, quantity: int) -> Outcome:
    try:
        return give(need, giver, quantity)
    except NeedsFullError as refusal:
        return refusal


def assert_filled_to_the_last(need: Need, outcomes: Sequence[Outcome]) -> None:
    taken = [one for one in outcomes if isinstance(one, Commitment)]
    refused = [one.refusals[0] for one in outcomes if isinstance(one, NeedsFullError)]
    lines = CommitmentLine.objects.all()
    need.refresh_from_db()
    assert len(taken) + len(refused) == len(outcomes) == 64
    assert {line.commitment_id for line in lines} == {one.pk for one in taken}
    assert sum(line.committed for line in lines) == 100
    assert [one for one in refused if not 0 <= one.open < one.wanted] == []
    assert (need.committed, need.open) == (100, 0)
    assert faults() == []


@pytest.mark.postgresql
@pytest.mark.usefixtures("_either_way")
def test_of_64_writers_at_once_as_many_are_served_as_there_is_room_for() -> None:
    need, giver = make_need(100), make_collaborator()

    outcomes = at_once([partial(give, need, giver, quantity) for quantity in QUANTITIES])

    assert_filled_to_the_last(need, outcomes)


@pytest.mark.sqlite
def test_of_8_writers_on_sqlite_each_with_8_wishes_none_oversells() -> None:
    need, giver = make_need(100), make_collaborator()
    wishes = [QUANTITIES[writer::8] for writer in range(8)]

    outcomes = at_once([partial(give_each, need, giver, mine) for mine in wishes])

    answered = [one for one in outcomes if isinstance(one, list)]
    assert_filled_to_the_last(need, list(chain.from_iterable(answered)))


def then_stop(read: Read) -> Read:
    """Return the same reading of needs, after which the writer stands at the gate."""

    def read_and_stop(need_ids: Collection[int]) -> list[LockedNeed]:
        needs = read(need_ids)
        wait_at_the_gate()
        return needs

    return read_and_stop


def read_without_locking(need_ids: Collection[int]) -> list[LockedNeed]:
    rows = Need.objects.filter(pk__in=need_ids).order_by("pk")
    return [LockedNeed(row) for row in rows]


def two_of_seventy_meet_at_the_gate() -> tuple[Need, list[Outcome]]:
    """Let two writers want seventy of a hundred; both stop after they saw what is open."""
    need, giver = make_need(100), make_collaborator()
    want = partial(give, need, giver, 70)
    return need, behind(GATE, want, want)


def assert_the_late_one_is_told(need: Need, outcomes: Sequence[Outcome]) -> None:
    first, second = outcomes
    need.refresh_from_db()
    assert isinstance(first, Commitment)
    assert isinstance(second, NeedsFullError)
    assert [(line.wanted, line.open) for line in second.refusals] == [(70, 30)]
    assert need.committed == 70


@pytest.mark.postgresql
@pytest.mark.usefixtures("_the_long_way")
def test_with_the_lock_the_late_writer_sees_what_the_early_one_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reserve, "lock_needs", then_stop(lock_needs))

    assert_the_late_one_is_told(*two_of_seventy_meet_at_the_gate())


@pytest.mark.postgresql
def test_at_once_too_the_late_writer_sees_what_the_early_one_took(rewrite: Rewrite) -> None:
    rewrite("commitments_take_at_once", STOP_AFTER_THE_CHECK)

    assert_the_late_one_is_told(*two_of_seventy_meet_at_the_gate())


def assert_the_late_one_meets_a_bare_error(need: Need, outcomes: Sequence[Outcome]) -> None:
    need.refresh_from_db()
    assert sorted(type(one).__name__ for one in outcomes) == ["Commitment", "IntegrityError"]
    assert need.committed == 70


@pytest.mark.postgresql
@pytest.mark.usefixtures("_the_long_way")
def test_without_the_lock_the_late_writer_meets_a_bare_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reserve, "lock_needs", then_stop(read_without_locking))

    assert_the_late_one_meets_a_bare_error(*two_of_seventy_meet_at_the_gate())


@pytest.mark.postgresql
def test_at_once_too_without_the_lock_the_late_writer_meets_a_bare_error(rewrite: Rewrite) -> None:
    rewrite("commitments_take_at_once", STOP_AFTER_THE_CHECK, *WITHOUT_THE_LOCK)

    assert_the_late_one_meets_a_bare_error(*two_of_seventy_meet_at_the_gate())


@pytest.mark.postgresql
@pytest.mark.usefixtures("_the_long_way", "_without_the_constraint")
def test_without_lock_and_constraint_the_need_is_oversold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve, "lock_needs", then_stop(read_without_locking))

    need, outcomes = two_of_seventy_meet_at_the_gate()

    need.refresh_from_db()
    assert [type(one) for one in outcomes] == [Commitment, Commitment]
    assert (need.committed, need.open) == (140, -40)
    assert faults() == [("need order", need.pk)]


@pytest.mark.postgresql
@pytest.mark.usefixtures("_without_the_constraint")
def test_at_once_too_without_lock_and_constraint_the_need_is_oversold(rewrite: Rewrite) -> None:
    rewrite("commitments_take_at_once", STOP_AFTER_THE_CHECK, *WITHOUT_THE_LOCK)

    need, _outcomes = two_of_seventy_meet_at_the_gate()

    need.refresh_from_db()
    assert (need.committed, need.open) == (140, -40)
    assert faults() == [("need order", need.pk)]
