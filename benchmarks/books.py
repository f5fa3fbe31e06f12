"""Several databases in one process, taken in turn: reads are compared across sizes of the book."""

from __future__ import annotations

import json
import os
import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from django.db import connections
from django.db.utils import load_backend

from benchmarks.ground import Ground, ground_of
from ksbb.config.settings.database import database

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper

    from benchmarks.results import Case
    from benchmarks.sizes import Extent, Size


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


def address_of(extent: Extent) -> str:
    """Return the address of a book that was filled for this process."""
    url: str = json.loads(os.environ["KSBB_BENCH_BOOKS"])[extent.name]
    return url


def book_of(extent: Extent, label: str = "") -> Book:
    """Open a book that was filled for this process, and leave it open."""
    configured = connections.configure_settings({"default": database(address_of(extent))})
    of_engine = configured["default"]
    wrapper = load_backend(of_engine["ENGINE"]).DatabaseWrapper(of_engine, "default")
    connections["default"] = wrapper
    return Book(label or extent.label, wrapper, ground_of(extent.targets))


def take_turns(case: Case, reads: list[Read], size: Size, *, warm: bool = True) -> Case:
    """Time all reads round by round, in milliseconds; a round's figure is its median.

    Without `warm` the first time counts: for work so long that it is no matter.
    """
    for read in reads if warm else ():
        read.book.open()
        read.work()
    for _ in range(size.rounds):
        for read in reads:
            read.book.open()
            times = [timed(read.work) for _ in range(size.repeats)]
            case.rounds.setdefault(read.name, []).append(median(times))
    return case


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
