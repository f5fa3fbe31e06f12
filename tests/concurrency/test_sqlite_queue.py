"""SQLite has one writer at a time; each transaction queues for that place when it begins."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction

from ksbb.commitments.actions import reserve
from ksbb.commitments.actions.reserve import NeedsFullError
from ksbb.commitments.models import Commitment
from ksbb.needs.locking import LockedNeed, lock_needs
from ksbb.shared.busy import is_busy
from tests.concurrency.writers import alone, at_once, give, wait_until_nobody_moves
from tests.factories.collaborators import make_collaborator
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


def two_want_seventy() -> list[Callable[[], Commitment]]:
    need = make_need(100)
    want = partial(give, need, make_collaborator(), 70)
    return [want, want]


def without_asking_for_a_turn(call: Callable[[], Commitment]) -> Commitment:
    """Let this thread's transactions begin as readers, which is what SQLite does by itself."""
    connection.ensure_connection()
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # of SQLite's wrapper
    return call()


def test_a_writer_waits_for_its_turn_before_it_reads() -> None:
    outcomes = at_once(two_want_seventy())

    assert {type(one) for one in outcomes} == {Commitment, NeedsFullError}
    assert faults() == []


def test_a_writer_that_read_before_its_turn_is_turned_away_by_the_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both_have_read = Barrier(2)

    def read_and_meet(need_ids: Collection[int]) -> list[LockedNeed]:
        needs = lock_needs(need_ids)
        both_have_read.wait()
        return needs

    monkeypatch.setattr(reserve, "lock_needs", read_and_meet)

    outcomes = at_once([partial(without_asking_for_a_turn, want) for want in two_want_seventy()])

    turned_away = [one for one in outcomes if isinstance(one, OperationalError)]
    assert [is_busy(one) for one in turned_away] == [True]
    assert faults() == []


def test_writers_are_served_in_the_order_in_which_they_came() -> None:
    served: list[str] = []

    def write(name: str) -> None:
        with transaction.atomic():
            served.append(name)

    with ThreadPoolExecutor(3) as pool:
        with transaction.atomic():
            waiting = []
            for name in ("first", "second", "third"):
                waiting.append(pool.submit(alone, partial(write, name)))
                wait_until_nobody_moves(waiting)
        write("one who has just been there")

    assert served == ["first", "second", "third", "one who has just been there"]
