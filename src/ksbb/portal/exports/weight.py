"""How large an export will be, told from a few of its rows: nobody waits for the whole to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from ksbb.portal.exports.csv_file import csv_lines
from ksbb.portal.exports.geojson_file import geojson_pieces
from ksbb.portal.exports.rows import Sheet
from ksbb.portal.exports.xlsx_file import xlsx_file
from ksbb.shared.formats import decimal

FEW: Final = 10
SOME: Final = 110
"""Rows of the two files that are made to measure; their difference is what a row weighs."""

_KILO: Final = 10**3
_MEGA: Final = 10**6


class Weights(NamedTuple):
    """About how many bytes the three files of one list have."""

    csv: int
    xlsx: int
    geojson: int


def weights(sheet: Sheet, count: int) -> Weights:
    """Return the sizes of the files of a sheet of `count` rows, right to about a tenth."""
    return Weights(
        csv=_extended(sheet, count, lambda part: _length(csv_lines(part))),
        xlsx=_extended(sheet, count, _length_of_xlsx),
        geojson=_extended(sheet, count, lambda part: _length(geojson_pieces(part))),
    )


def size_in_words(size: int, language: str | None = None) -> str:
    """Return ``1,5 MB`` or ``290 kB``: a thousand bytes each, as phones and contracts count."""
    if size >= _MEGA:
        return f"{decimal(size / _MEGA, language)} MB"
    return f"{max(1, round(size / _KILO))} kB"


def _extended(sheet: Sheet, count: int, measure: Callable[[Sheet], int]) -> int:
    few, some = (min(rows, count) for rows in (FEW, SOME))
    beginning = measure(_first(sheet, few))
    if some == few:
        return beginning
    a_row = (measure(_first(sheet, some)) - beginning) / (some - few)
    return round(beginning + a_row * (count - few))


def _first(sheet: Sheet, rows: int) -> Sheet:
    listing = sheet.listing
    return Sheet(listing._replace(needs=listing.needs[:rows]), sheet.scope)


def _length(pieces: Iterator[str]) -> int:
    return sum(len(piece.encode()) for piece in pieces)


def _length_of_xlsx(sheet: Sheet) -> int:
    with xlsx_file(sheet, []) as file:
        return len(file.read())
