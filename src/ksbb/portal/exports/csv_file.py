"""Csv for programs and spreadsheets alike.

UTF-8 with a byte order mark, because without one Excel reads “Kali Baru’s” as another alphabet;
every program that reads csv today skips it. The second line holds the HXL hashtags.
"""

from __future__ import annotations

import csv
import io
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
_CELLS: Final = ",".join(["%s"] * len(_NAMES))
_BETWEEN: Final = len(_NAMES) - 1


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """Yield the file piece by piece."""
    columns = (*COLUMNS, *CONSTANT)
    heads = ([column.name for column in columns], [column.hashtag for column in columns])
    yield MARK + _written(heads)
    # What is the same in all rows is written once, and ends each of them.
    end = f",{_written([sheet.constant])}"
    rows = sheet.rows()
    while piece := "".join([_line(row) + end for row in islice(rows, CHUNK)]):
        yield piece


def _line(row: Row) -> str:
    """Return a row without its end, as `csv` writes it, in half the time.

    Nearly no row holds anything to be quoted or disarmed; one that does is left to `csv`.
    """
    line = _CELLS % tuple(["" if one is None else one for one in row])
    quoted = '"' in line or "\r" in line or "\n" in line or line.count(",") != _BETWEEN
    if not quoted and row[_NAME][:1] not in FORMULA and row[_SOURCE][:1] not in FORMULA:
        return line
    return _written([_harmless(row)]).removesuffix(END)


def _harmless(row: Row) -> Row:
    typed = {_NAME, _SOURCE}
    return tuple(harmless(one) if at in typed else one for at, one in enumerate(row))


def _written(rows: Iterable[Sequence[object]]) -> str:
    piece = io.StringIO()
    csv.writer(piece, lineterminator=END).writerows(rows)
    return piece.getvalue()
