"""Csv for programs and spreadsheets alike.

UTF-8 with a byte order mark, because without one Excel reads “Kali Baru’s” as another alphabet;
every program that reads csv today skips it. The second line holds the HXL hashtags.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

from ksbb.portal.exports.columns import COLUMNS, CONSTANT
from ksbb.portal.exports.rows import CHUNK, Row, Sheet

MARK: Final = "\ufeff"
_NAMES: Final = [column.name for column in COLUMNS]
# What somebody typed; all other columns are codes, numbers and official names.
_NAME, _SOURCE = _NAMES.index("target_name"), _NAMES.index("source")

_FORMULA: Final = frozenset("=+-@\t\r\n")


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """Yield the file piece by piece."""
    columns = (*COLUMNS, *CONSTANT)
    heads = [[column.name for column in columns], [column.hashtag for column in columns]]
    yield MARK + _written(heads)
    constant = sheet.constant
    rows = sheet.rows()
    while part := list(islice(rows, CHUNK)):
        for row in part:
            row[_NAME], row[_SOURCE] = harmless(row[_NAME]), harmless(row[_SOURCE])
            row.extend(constant)
        yield _written(part)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _FORMULA else text


def _written(rows: list[Row] | list[list[str]]) -> str:
    piece = io.StringIO()
    csv.writer(piece).writerows(rows)
    return piece.getvalue()
