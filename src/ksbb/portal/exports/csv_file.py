"""Csv for programs and spreadsheets alike.

UTF-8 with a byte order mark, because without one Excel reads “Kali Baru’s” as another alphabet;
every program that reads csv today skips it. The second line holds the HXL hashtags.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from ksbb.portal.exports.columns import COLUMNS, CONSTANT
from ksbb.portal.exports.rows import CHUNK, Row, Sheet
from ksbb.shared.csv_cells import FORMULA, MARK, harmless

_NAMES: Final = [column.name for column in COLUMNS]
# What somebody typed; all other columns are codes, numbers and official names.
_NAME, _SOURCE = _NAMES.index("target_name"), _NAMES.index("source")

END: Final = "\r\n"
_QUOTED: Final = re.compile(r'["\r\n]')


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """Yield the file piece by piece."""
    columns = (*COLUMNS, *CONSTANT)
    heads = ([column.name for column in columns], [column.hashtag for column in columns])
    yield MARK + _written(heads)
    # What is the same in all rows is written once, and ends each of them.
    end = f",{_written([sheet.constant])}"
    rows = map(_harmless, sheet.rows())
    while piece := "".join([_line(row) + end for row in islice(rows, CHUNK)]):
        yield piece


def _harmless(row: Row) -> Row:
    if row[_NAME][:1] in FORMULA or row[_SOURCE][:1] in FORMULA:
        typed = {_NAME, _SOURCE}
        return tuple(harmless(one) if at in typed else one for at, one in enumerate(row))
    return row


def _line(row: Row) -> str:
    """Return a row without its end, as `csv` writes it, in a third of the time.

    Nearly no row holds anything to be quoted; one that does is left to `csv`.
    """
    cells = [one if type(one) is str else "" if one is None else repr(one) for one in row]
    line = ",".join(cells)
    if line.count(",") >= len(row) or _QUOTED.search(line):
        return _written([row]).removesuffix(END)
    return line


def _written(rows: Iterable[Sequence[object]]) -> str:
    piece = io.StringIO()
    csv.writer(piece, lineterminator=END).writerows(rows)
    return piece.getvalue()
