"""Public pages through the real server: from a copy, as 304, as a file, and after each write."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connections

from benchmarks import setting
from benchmarks.books import Book, address_of, book_of
from benchmarks.clients import run
from benchmarks.results import MILLISECONDS, PER_SECOND, Case, Goal
from benchmarks.server import Visitor, asking, header, served
from ksbb.needs.models import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

CLIENTS: Final = 4
COLD: Final = 20
"""How often a page is asked for after a write, in each round."""

WARM, TOLD, FILE, AFTER = "page", "page, 304", "same bytes as a file", "after a write"
FAST_ENOUGH: Final = 100
FLAT: Final = 1.5
SHARE, ROUNDS = 4, 3
"""There are many cases, so each gets this part of the usual time, and so many rounds."""

PAGES: Final = {
    "home": "/",
    "list, one kecamatan, still open": "/sasaran/?wilayah=31.01.05&terbuka=1",
    "place": "/sasaran/{code}/",
    "achievement": "/capaian/",
    "map data, kelurahan": "/peta/data/kelurahan.json",
}


class Served(NamedTuple):
    """A book with a server of its own."""

    book: Book
    port: int
    files: Path


def measure(size: Size) -> Iterator[Case]:
    """Yield for each page how many come a second in each book, then how long a new one takes."""
    books = [(book_of(one), address_of(one)) for one in size.corners]
    size = size._replace(rounds=min(ROUNDS, size.rounds))
    code = Target.objects.order_by("pk").values_list("code", flat=True)[0]
    pages = {name: address.format(code=code) for name, address in PAGES.items()}
    with ExitStack() as stack:
        served_books = [_serve(stack, book, url, pages) for book, url in books]
        for one in served_books:
            for name, address in pages.items():
                yield _warm(name, address, one, size)
        for name, address in pages.items():
            yield _cold(name, address, served_books, size)


def _serve(stack: ExitStack, book: Book, url: str, pages: dict[str, str]) -> Served:
    """Serve a book with its pages as files beside them: what is a file is known at the start."""
    files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    with served(url, files) as port:
        for name, address in pages.items():
            _, body = Visitor(port, address).ask()
            (files / _file(name)).write_bytes(body)
    return Served(book, stack.enter_context(served(url, files)), files)


def _file(name: str) -> str:
    return f"bench-{''.join(filter(str.isalnum, name))}.html"


def _warm(name: str, address: str, one: Served, size: Size) -> Case:
    head, _ = Visitor(one.port, address).ask()
    etag = header(head, "etag")
    contenders = {
        WARM: partial(asking, one.port, address, status=200),
        TOLD: partial(asking, one.port, address, status=304, etag=etag),
        FILE: partial(asking, one.port, f"/static/{_file(name)}", status=200),
    }
    case = Case(
        title=f"{name}: {one.book.label}",
        unit=PER_SECOND,
        goals=[Goal(WARM, FILE, at_least=0.25), Goal(TOLD, FILE, at_least=0.33)],
    )
    for _ in range(size.rounds):
        for contender, connect in contenders.items():
            taken = run(
                lambda _, connect=connect: connect(), clients=CLIENTS, seconds=size.seconds / SHARE
            )
            case.rounds.setdefault(contender, []).append(taken.per_second)
            case.p95_ms.setdefault(contender, []).append(taken.p95_ms)
    return case


def _cold(name: str, address: str, books: list[Served], size: Size) -> Case:
    case = Case(title=f"{name}: first time after a write", unit=MILLISECONDS)
    for _ in range(size.rounds):
        for one in books:
            times = _after_writes(one, address)
            case.rounds.setdefault(one.book.label, []).append(median(times))
            case.p95_ms.setdefault(one.book.label, []).append(quantiles(times, n=20)[-1])
    labels = [one.book.label for one in books]
    case.goals = [Goal(labels[-1], at_most=FAST_ENOUGH)]
    case.goals += [Goal(label, labels[0], at_most=FLAT) for label in labels[1:]]
    return case


def _after_writes(one: Served, address: str) -> list[float]:
    one.book.open()
    visitor = Visitor(one.port, address)
    visitor.ask()
    times = []
    for _ in range(COLD):
        setting.entry()
        start = time.perf_counter()
        visitor.ask()
        times.append((time.perf_counter() - start) * 1000)
    connections["default"].close()
    return times
