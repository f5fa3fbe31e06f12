"""Several databases in one process, taken in turn: reads are compared across sizes of the book."""

from __future__ import annotations

import os
import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from django.db import connections
from django.db.utils import load_backend

from benchmarks.ground import Ground, lay
from ksbb.config.settings.database import database

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper

    from benchmarks.results import Case
    from benchmarks.sizes import Size


class Book(NamedTuple):
    """A filled database and what its size is called."""

    label: str
    wrapper: BaseDatabaseWrapper
    ground: Ground

    def open(self) -> None:
        """Make this the database that Django works on."""
        connections["default"] = self.wrapper


class Read(NamedTuple):
    """A way to read in one of the books."""

    name: str
    book: Book
    work: Callable[[], object]


def addresses() -> list[str]:
    """Return the addresses of the databases which were made for this process."""
    return os.environ["KSBB_BENCH_BOOKS"].split()


def fill(url: str, label: str, *, targets: int, movements: int) -> Book:
    """Fill one of the databases and leave it open."""
    configured = connections.configure_settings({"default": database(url)})["default"]
    wrapper = load_backend(configured["ENGINE"]).DatabaseWrapper(configured, "default")
    connections["default"] = wrapper
    return Book(label, wrapper, lay(targets=targets, movements=movements))


def take_turns(case: Case, reads: list[Read], size: Size) -> Case:
    """Time all reads round by round, in milliseconds; a round's figure is its median."""
    for read in reads:
        read.book.open()
        read.work()
    for _ in range(size.rounds):
        for read in reads:
            read.book.open()
            times = [_timed(read.work) for _ in range(size.repeats)]
            case.rounds.setdefault(read.name, []).append(median(times))
    return case


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
