"""Many clients at once, each a thread with a connection of its own, in a few processes."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier

    Work = Callable[[], object]
    Session = Callable[[int], Work]

PROCESSES: Final = 8
WARM_UP: Final = 6
"""Calls before the clock starts; psycopg prepares a statement the sixth time it is sent."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one round brought: calls per second, and how long 95 of 100 calls took at most."""

    per_second: float
    p95_ms: float


def run(session: Session, *, clients: int, seconds: float) -> Round:
    """Let every client repeat its work until the time is over.

    `session` is called in the client's own thread with the client's number, opens what it needs
    (not measured) and returns the work to repeat. Raises RuntimeError where a client fails.
    """
    context = multiprocessing.get_context("fork")
    processes = min(PROCESSES, clients)
    barrier = context.Barrier(clients)
    answers = []
    for number in range(processes):
        here, there = context.Pipe(duplex=False)
        numbers = range(number, clients, processes)
        work = (session, numbers, barrier, seconds, there)
        context.Process(target=_process, args=work, daemon=True).start()
        there.close()
        answers.append(here)
    times = [one for answer in answers for one in _received(answer)]
    taken = [one for client in times for one in client]
    return Round(
        per_second=sum(len(client) / sum(client) for client in times),
        p95_ms=quantiles(taken, n=20)[-1] * 1000,
    )


def _received(answer: Connection) -> list[list[float]]:
    try:
        times: list[list[float]] = answer.recv()
    except EOFError as error:
        message = "A client failed; its traceback stands above."
        raise RuntimeError(message) from error
    return times


def _process(
    session: Session, numbers: range, barrier: Barrier, seconds: float, answer: Connection
) -> None:
    def client(number: int) -> list[float]:
        try:
            work = session(number)
            for _ in range(WARM_UP):
                work()
            barrier.wait()
            return _repeat(work, seconds)
        except Exception:
            barrier.abort()
            raise

    with ThreadPoolExecutor(len(numbers)) as threads:
        answer.send(list(threads.map(client, numbers)))


def _repeat(work: Work, seconds: float) -> list[float]:
    taken = []
    start = time.perf_counter()
    deadline = start + seconds
    while start < deadline:
        work()
        end = time.perf_counter()
        taken.append(end - start)
        start = end
    return taken
