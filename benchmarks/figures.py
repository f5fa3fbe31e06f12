"""A programme's figures, now and as of a past moment, beside the plain sum over all movements."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import connection

from benchmarks.books import Book, Read, book_of, take_turns
from benchmarks.results import MILLISECONDS, Case, Goal
from benchmarks.setting import AID_TYPES, BEGUN, NOW
from ksbb.reports.figures import Figures, figures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from benchmarks.sizes import Size

PAST: Final = BEGUN + timedelta(days=13, hours=5, minutes=17)
FLAT: Final = 1.5
MANY: Final = 1_000_000
"""The number of movements which the goal beside the plain sum speaks of."""

_PLAIN: Final = """
    SELECT n.aid_type_id, m.stage, SUM(m.delta)
    FROM commitments_movement m
    JOIN commitments_commitmentline l ON l.id = m.line_id
    JOIN needs_need n ON n.id = l.need_id
    WHERE m.at <= %s
    GROUP BY n.aid_type_id, m.stage
"""


def measure(size: Size) -> Iterator[Case]:
    """Yield the figures now and then, in books with more and more movements."""
    books = [
        book_of(one, f"{one.movements:,} movements") for one in size.history(connection.vendor)
    ]
    for title, moment in (("figures of now", NOW), ("figures as of a past moment", PAST)):
        reads = []
        for book in books:
            book.open()
            _check(book, moment)
            reads += [
                Read(f"figures, {book.label}", book, partial(_ours, book, moment)),
                Read(f"plain sum, {book.label}", book, partial(_plain, moment)),
            ]
        case = Case(title=title, unit=MILLISECONDS, goals=_goals(books))
        yield take_turns(case, reads, size)


def _goals(books: list[Book]) -> list[Goal]:
    least, most = books[0].label, books[-1].label
    goals = [
        Goal(f"figures, {most}", f"figures, {least}", at_most=FLAT),
        Goal(f"figures, {most}", at_most=50),
    ]
    if most == f"{MANY:,} movements":
        goals.append(Goal(f"plain sum, {most}", f"figures, {most}", at_least=50))
    return goals


def _ours(book: Book, moment: datetime) -> Figures:
    return figures(book.ground.programme, moment)


def _plain(moment: datetime) -> list[tuple[int, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN, [connection.ops.adapt_datetimefield_value(moment)])
        rows: list[tuple[int, str, int]] = cursor.fetchall()
        return rows


def _check(book: Book, moment: datetime) -> None:
    """Raise AssertionError unless both ways come to the same packages."""
    plain = {(kind, stage): int(packages) for kind, stage, packages in _plain(moment)}
    ours = _ours(book, moment)
    for key, slug in enumerate(AID_TYPES, 1):
        assert ours.committed[slug] == plain[key, "COMMITTED"]
        assert ours.delivered[slug] == plain[key, "DELIVERED"]
