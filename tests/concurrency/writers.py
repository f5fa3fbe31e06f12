"""Several writers at once, each with a connection of its own, and how to stop them half way."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TypeVar

from django.db import connection, transaction

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.models import Commitment
from ksbb.config.sqlite.turns import line_of
from ksbb.needs.models import Need
from tests.factories.commitments import DESK, NOON, lines_for, make_plan

T = TypeVar("T")

GATE = "SELECT pg_advisory_xact_lock(1441)"
"""Held by a test, this stops every writer who comes to `wait_at_the_gate`."""

A_DOOR_FOR_EACH = ("pg_backend_pid() % 8", "pg_backend_pid()")
"""Changes `commitments_take_at_once` so that nobody waits at a door of a need, only at its row."""

PATIENCE = 20
"""Seconds after which a test that waits for others gives up."""


def give(need: Need, giver: Collaborator, quantity: int) -> Commitment:
    """Promise a quantity of one need."""
    return promise(
        programme=need.phase.programme,
        giver=giver,
        lines=lines_for({need: quantity}),
        plan=make_plan(),
        actor=DESK,
        now=NOON,
    )


def at_once(calls: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Let all calls go at the same moment; return what each of them returned or raised."""
    start = Barrier(len(calls))

    def begin(call: Callable[[], T]) -> T:
        connection.ensure_connection()
        start.wait(PATIENCE)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(alone, [partial(begin, call) for call in calls]))


def behind(held: str, *calls: Callable[[], T]) -> list[T | Exception]:
    """Start the calls behind a lock, one by one, then let them go; return what became of them.

    `held` is the statement that takes the lock. The next call starts when all before it stand
    still (or are done), so who stands where in which queue is the same every time. PostgreSQL
    only.
    """
    started: list[Future[T | Exception]] = []
    with ThreadPoolExecutor(len(calls)) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(held)
            for call in calls:
                started.append(pool.submit(alone, call))
                wait_until_nobody_moves(started)
        return [one.result(PATIENCE) for one in started]


def wait_at_the_gate() -> None:
    """Stop here, in the middle of a writer's transaction, as long as the test holds GATE."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(1441)")


def alone(call: Callable[[], T]) -> T | Exception:
    """Return what a call in a thread of its own returned or raised, and close its connection."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - what a writer meets is what the tests are about
        return error
    finally:
        connection.close()


def wait_until_nobody_moves(started: Sequence[Future[T]]) -> None:
    """Wait until each of these stands in a queue of the database, or is done."""
    deadline = time.monotonic() + PATIENCE
    while _standing() + sum(one.done() for one in started) < len(started):
        assert time.monotonic() < deadline, "a writer neither stands still nor is done"
        time.sleep(0.005)


def _standing() -> int:
    if connection.vendor == "sqlite":
        return len(line_of(connection.queue_file()).waiting)  # type: ignore[attr-defined]  # ours
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])
