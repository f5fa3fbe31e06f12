"""The list of places as files: the whole request, beside the writing library with rows at hand."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from functools import partial
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.http import QueryDict
from django.test import Client
from xlsxwriter import Workbook

from benchmarks.books import Book, Read, book_of, take_turns
from benchmarks.results import MILLISECONDS, Case, Goal
from ksbb.portal.exports.columns import COLUMNS
from ksbb.portal.exports.rows import CHUNK, Row, Sheet
from ksbb.portal.scope import read_scope
from ksbb.web.listing import find
from ksbb.web.target_filter import TargetFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.sizes import Size

ENDINGS: Final = ("csv", "geojson", "xlsx")
ROUNDS: Final = {"csv": 3, "geojson": 3, "xlsx": 1}
"""A workbook takes so long that one round says enough."""
LIBRARY: Final = 1.5
READ: Final = 1.5
"""Beside the library together with the same rows fetched by the driver: no file without them."""
MOST_MB: Final = 8
"""For 100,000 rows: a thousand of them, and the names of 5,000 kelurahan (some 600 bytes each)."""
MEGABYTE: Final = 1_048_576


def measure(size: Size) -> Iterator[Case]:
    """Yield a case for each format, and one for the memory all of them take."""
    small, large = (book_of(one, f"{one.targets:,} rows") for one in size.ends)
    large.open()
    rows = list(_sheet().rows())
    for ending in ENDINGS:
        ours, library = f"export, {large.label}", "the library alone"
        both = "bare SQL, then the library"
        reads = [
            Read(ours, large, partial(_export, ending)),
            Read(library, large, partial(ALONE[ending], rows)),
            Read(both, large, partial(_read_and_write, ending, rows)),
        ]
        case = Case(
            title=f"{large.label} as {ending}",
            unit=MILLISECONDS,
            goals=[Goal(ours, library, at_most=LIBRARY), Goal(ours, both, at_most=READ)],
        )
        yield take_turns(case, reads, size._replace(rounds=ROUNDS[ending], repeats=1), warm=False)
    del rows
    yield from (_memory(ending, small, large) for ending in ENDINGS)


def _memory(ending: str, small: Book, large: Book) -> Case:
    case = Case(
        title=f"most memory at a time, {ending}",
        unit="MB",
        goals=[Goal(large.label, at_most=MOST_MB, unit="MB")],
    )
    for book in (small, large):
        book.open()
        tracemalloc.start()
        _export(ending)
        case.rounds[book.label] = [tracemalloc.get_traced_memory()[1] / MEGABYTE]
        tracemalloc.stop()
    return case


def _export(ending: str) -> None:
    """Take the file as it comes and keep nothing of it."""
    response: Any = Client(headers={"host": "localhost"}).get(f"/sasaran.{ending}")
    assert response.status_code == 200  # noqa: PLR2004 - the one that has a file
    assert sum(map(len, response.streaming_content)) > MEGABYTE // 10


def _sheet() -> Sheet:
    scope = read_scope()
    form = TargetFilter(QueryDict(), scope)
    assert form.is_valid()
    return Sheet(find(form.cleaned_data, scope), scope)


def _read_and_write(ending: str, rows: list[Row]) -> None:
    query, values = _sheet().values().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        while cursor.fetchmany(CHUNK):
            pass
    ALONE[ending](rows)


def _csv(rows: list[Row]) -> None:
    piece = io.StringIO()
    constant = _sheet().constant
    csv.writer(piece).writerows([*row, *constant] for row in rows)


def _geojson(rows: list[Row]) -> None:
    names = [column.name for column in COLUMNS]
    features = [{"type": "Feature", "properties": dict(zip(names, row))} for row in rows]  # noqa: B905
    json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _xlsx(rows: list[Row]) -> None:
    with TemporaryFile() as file, Workbook(file, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for line, row in enumerate(rows):
            page.write_row(line, 0, row)


ALONE: Final[dict[str, Callable[[list[Row]], None]]] = {
    "csv": _csv,
    "geojson": _geojson,
    "xlsx": _xlsx,
}
