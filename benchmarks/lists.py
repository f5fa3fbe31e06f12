"""The list of places in books of different sizes: the whole page, and its rows in bare SQL."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.books import Read, book_of, take_turns
from benchmarks.results import MILLISECONDS, Case, Goal
from ksbb.portal.views.targets import PER_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

FLAT: Final = 1.5

# The address, and beside it what the list would ask in SQL: a condition and an order.
QUERIES: Final = {
    "default list": ("", "", "n.open DESC, n.id"),
    "filter: one kecamatan, still open": (
        "?wilayah=31.01.05&terbuka=1",
        "AND t.region_id LIKE '31.01.05.%' AND n.open > 0",
        "n.open DESC, n.id",
    ),
    "filter: institutions of one kota, still open, least covered first": (
        "?wilayah=31.01&jenis=pesantren&terbuka=1&urut=tercakup",
        "AND t.region_id LIKE '31.01.%' AND t.kind_id = 2 AND n.open > 0",
        "n.coverage, n.open DESC, n.id",
    ),
    "by name, page 50": ("?urut=nama&hal=50", "", "t.name, t.code"),
    "search: an RW by its number in a kecamatan": (
        "?q=rw+5+contoh+31.01.05",
        "AND t.region_id LIKE '31.01.05.%' AND t.region_id LIKE '%.005' AND k.is_area",
        "n.open DESC, n.id",
    ),
    "search: a kecamatan with a typing error": (
        "?q=contho+31.01.05",
        "AND t.region_id LIKE '31.01.05.%'",
        "n.open DESC, n.id",
    ),
    "search: an institution by its name": (
        "?q=contoh+2000",
        "AND t.name = 'Contoh 2000' AND t.kind_id = 2",
        "n.open DESC, n.id",
    ),
    "nearest": (
        "?dekat=-6.15,106.81",
        "",
        "(t.lat + 6.15) * (t.lat + 6.15) + 0.9886 * (t.lon - 106.81) * (t.lon - 106.81), n.id",
    ),
}
_FROM: Final = """
    FROM needs_need n
    JOIN needs_target t ON t.id = n.target_id
    JOIN programmes_targetkind k ON k.id = t.kind_id
    JOIN regions_region r ON r.code = t.region_id
    WHERE n.phase_id = 4 AND n.aid_type_id = 1 AND t.verification = 'VERIFIED' {condition}
"""
_ROWS: Final = (
    "SELECT n.*, t.*, k.*, r.* " + _FROM + " ORDER BY {order} LIMIT {limit} OFFSET {offset}"
)
_COUNT: Final = "SELECT count(*) " + _FROM


def measure(size: Size) -> Iterator[Case]:
    """Yield a case for each way to look at the list; every page is made anew."""
    settings.PAGE_COPIES_BYTES = 0
    books = [book_of(one) for one in size.ends]
    small, large = (book.label for book in books)
    for title, (address, condition, order) in QUERIES.items():
        offset = 980 if "hal=50" in address else 0
        reads = []
        for book in books:
            reads += [
                Read(f"page, {book.label}", book, partial(_page, address)),
                Read(f"bare SQL, {book.label}", book, partial(_bare, condition, order, offset)),
            ]
        flat = Goal(f"page, {large}", f"page, {small}", at_most=FLAT)
        yield take_turns(Case(title=title, unit=MILLISECONDS, goals=[flat]), reads, size)


def _page(address: str) -> None:
    response = Client(headers={"host": "localhost"}).get(f"/sasaran/{address}")
    cards = response.content.count(b'<li class="card">')
    assert 0 < cards <= PER_PAGE, response.status_code


def _bare(condition: str, order: str, offset: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _ROWS.format(condition=condition, order=order, limit=PER_PAGE, offset=offset)
        )
        assert cursor.fetchall()
        cursor.execute(_COUNT.format(condition=condition))
        cursor.fetchone()
