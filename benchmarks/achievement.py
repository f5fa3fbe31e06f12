"""Results, the rows behind a number, collaborators and home in books of more and more movements.

Pages are made anew each time: the query holds a word no page knows, and no copy is kept of that.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.test import Client

from benchmarks.books import Read, book_of, take_turns
from benchmarks.results import MILLISECONDS, Case, Goal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

FLAT: Final = 1.5

PAGES: Final = {
    "home": "/",
    "achievement of now": "/capaian/",
    "achievement as of a past moment": "/capaian/?per=2020-05-07T13:17",
    "achievement, two days compared": "/capaian/?per=2020-05-14&banding=2020-05-07",
    "newest rows behind a number of the province": "/capaian/baris/?tahap=komitmen",
    "rows behind a number of a past moment": "/capaian/baris/?tahap=kurang&per=2020-05-07",
    "directory of collaborators": "/kolaborator/",
}
GROWING: Final = {
    "rows behind a number of a kecamatan": "/capaian/baris/?tahap=komitmen&wilayah=31.01.05",
    "record of one collaborator": "/kolaborator/contoh-1/",
}
"""What is allowed to grow with the movements of its own places or of its own giver."""


def measure(size: Size) -> Iterator[Case]:
    """Yield a case for each page."""
    books = [
        book_of(one, f"{one.movements:,} movements") for one in size.history(connection.vendor)
    ]
    least, most = books[0].label, books[-1].label
    for title, address in (PAGES | GROWING).items():
        reads = [Read(book.label, book, partial(_page, address)) for book in books]
        goals = [Goal(most, at_most=400)]
        if title in PAGES:
            goals.append(Goal(most, least, at_most=FLAT))
        yield take_turns(
            Case(title=title, unit=MILLISECONDS, goals=goals),
            reads,
            size._replace(repeats=size.repeats // 2),
        )


def _page(address: str) -> None:
    unknown = "&ukur=1" if "?" in address else "?ukur=1"
    response = Client(headers={"host": "localhost"}).get(address + unknown)
    assert response.status_code == HTTPStatus.OK, response.status_code
