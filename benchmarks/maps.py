"""What the map fetches, in books of different sizes, and the same sums in bare SQL."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.books import Read, book_of, take_turns
from benchmarks.lists import FLAT
from benchmarks.results import MILLISECONDS, Case, Goal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

AFTER_A_CHANGE: Final = 100
"""Milliseconds until the first answer after something was written; the next ones are copies."""

WHERE: Final = """
    FROM needs_need n JOIN needs_target t ON t.id = n.target_id
    WHERE n.phase_id = 4 AND n.aid_type_id = 1 AND t.verification = 'VERIFIED'
"""
AREAS: Final = """
    SELECT substr(t.region_id, 1, {length}), sum(n.quantity), sum(n.committed), count(*),
        sum(CASE WHEN n.open > 0 THEN 1 ELSE 0 END) {where} GROUP BY 1
"""
PLACES: Final = """
    SELECT t.code, t.name, t.lat, t.lon, n.quantity, n.committed, t.kind_id {where}
    AND t.lat BETWEEN -6.15 AND -6.145 AND t.lon BETWEEN 106.789 AND 106.8
    ORDER BY n.open DESC, n.id LIMIT 1501
"""

# The address, and beside it the same in SQL.
QUERIES: Final = {
    "every kota": ("kota.json", AREAS.format(length=5, where=WHERE)),
    "the kelurahan of one kecamatan": (
        "kelurahan.json?wilayah=31.01.05",
        AREAS.format(length=13, where=f"{WHERE} AND t.region_id LIKE '31.01.05.%'"),
    ),
    "places in a box of a kilometre": (
        "tempat.json?kotak=106.789,-6.15,106.8,-6.145",
        PLACES.format(where=WHERE),
    ),
}


def measure(size: Size) -> Iterator[Case]:
    """Yield a case for each way to look at the map; a copy of the page is never asked for."""
    books = [book_of(one) for one in size.ends]
    small, large = (book.label for book in books)
    for title, (address, statement) in QUERIES.items():
        reads = []
        for book in books:
            reads += [
                Read(f"answer, {book.label}", book, partial(_answer, address)),
                Read(f"bare SQL, {book.label}", book, partial(_bare, statement)),
            ]
        first = f"answer, {large}"
        goals = [Goal(first, at_most=AFTER_A_CHANGE)]
        # A larger programme has more kota, and an answer has a row for each.
        if "?" in address:
            goals.append(Goal(first, f"answer, {small}", at_most=FLAT))
        yield take_turns(Case(title=title, unit=MILLISECONDS, goals=goals), reads, size)


@cache
def _client() -> Client:
    """Return a client to whom no copies are sent."""
    settings.PAGE_COPIES_BYTES = 0
    return Client(headers={"host": "localhost"})


def _answer(address: str) -> None:
    response = _client().get(f"/peta/data/{address}")
    assert b'"rows":[[' in response.content, response.status_code


def _bare(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.fetchall()
