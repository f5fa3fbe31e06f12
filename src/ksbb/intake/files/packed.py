"""A look into a zipped workbook before anything lays it out in memory.

Every XML part is unpacked once in small pieces: a part that is longer than it says, or all of
them beyond `MOST_UNPACKED`, ends the reading (zip bombs). On the way the farthest cell and the
hidden rows and columns of each sheet are found.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from posixpath import join, normpath
from typing import Final

from ksbb.intake.errors import UnreadableError
from ksbb.intake.reasons import Refusal

MEGABYTE: Final = 1_048_576
MOST_UNPACKED: Final = 256 * MEGABYTE
MOST_PARTS: Final = 2_000
MOST_CELLS: Final = 5_000_000
"""Rows times columns of one sheet: 100,000 rows of 50 columns."""

_PIECE: Final = 1 << 18
_COLUMNS: Final = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_FIRST_AND_LAST: Final = (re.compile(rb'\bmin="(\d{1,5})"'), re.compile(rb'\bmax="(\d{1,5})"'))
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_ROW_NUMBER: Final = re.compile(rb'\br="(\d{1,7})"')
_HIDDEN: Final = re.compile(rb'\bhidden="(?:1|true)"')
_CELL: Final = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_FAR_CELL: Final = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{2,3})\d{1,7}"[^>]*?(?<!/)>')
_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE: Final = re.compile(r'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_ODS_PIECE: Final = re.compile(
    rb"<table:table\s[^>]*>|<table:table-row\b[^>]*>|<table:(?:covered-)?table-cell\b[^>]*>"
)
_ODS_NAME: Final = re.compile(rb'table:name="([^"]*)"')
_ODS_ROWS: Final = re.compile(rb'number-rows-repeated="(\d+)"')
_ODS_COLUMNS: Final = re.compile(rb'number-columns-repeated="(\d+)"')
_LETTERS: Final = 26
_MOST_HIDDEN: Final = 16_384


@dataclass(slots=True)
class Extent:
    """How far a sheet reaches (rows and columns with something in them), and its hidden rows."""

    rows: int = 0
    columns: int = 0
    hidden: set[int] = field(default_factory=set)
    """Rows, counted from 0."""
    hidden_columns: set[int] = field(default_factory=set)


def measure(archive: zipfile.ZipFile) -> dict[str, Extent]:
    """Return the extent of each sheet by its name. Raises `UnreadableError` and zip's own."""
    names = set(archive.namelist())
    _check_whole(archive)
    if "xl/workbook.xml" in names:
        return _measure_xlsx(archive)
    if "content.xml" in names and "mimetype" in names:
        return _measure_ods(archive)
    raise UnreadableError(Refusal.OTHER_KIND, kind=_kind(names))


def _kind(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        return "word"
    return "zip"


def _check_whole(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError(Refusal.ENCRYPTED)
    said = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or said > MOST_UNPACKED:
        raise UnreadableError(Refusal.UNPACKS_TOO_LARGE, most=MOST_UNPACKED // MEGABYTE)


def _measure_xlsx(archive: zipfile.ZipFile) -> dict[str, Extent]:
    sheets = _sheet_parts(archive)
    extents = {}
    for part in archive.infolist():
        if part.filename in sheets:
            extents[sheets[part.filename]] = _extent(archive, part.filename)
        elif part.filename.startswith("xl/") and part.filename.endswith(".xml"):
            for _ in _pieces(archive, part.filename):
                pass
    for name, extent in extents.items():
        if extent.rows * extent.columns > MOST_CELLS:
            raise UnreadableError(Refusal.TOO_WIDE, sheet=name)
    return extents


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of the sheet for each part that holds one."""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    try:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return {}
    targets = {
        said.get("Id", ""): said.get("Target", "")
        for said in map(_attributes, _RELATION.findall(relations))
    }
    parts = {}
    for said in map(_attributes, _SHEET.findall(book)):
        key = next((value for name, value in said.items() if name.endswith(":id")), "")
        target = targets.get(key, "")
        where = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        parts[where] = said.get("name", "")
    return parts


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}


def _extent(archive: zipfile.ZipFile, part: str) -> Extent:
    """Measure a sheet roughly; exactly where the rough measure is too large to be taken."""
    extent = Extent()
    for piece in _tags(archive, part):
        if not extent.rows:
            extent.hidden_columns.update(_hidden_columns(piece))
        _take_rows(piece, extent)
        for cell in _FAR_CELL.finditer(piece):
            extent.columns = max(extent.columns, _column(cell[1]))
    extent.columns = max(extent.columns, _LETTERS)
    if extent.rows * extent.columns <= MOST_CELLS:
        return extent
    exact = Extent(hidden=extent.hidden, hidden_columns=extent.hidden_columns)
    for piece in _tags(archive, part):
        for cell in _CELL.finditer(piece):
            if not cell[3]:
                exact.rows = max(exact.rows, int(cell[2]))
                exact.columns = max(exact.columns, _column(cell[1]))
    return exact


def _take_rows(piece: bytes, extent: Extent) -> None:
    for row in _ROW.findall(piece):
        number = _ROW_NUMBER.search(row)
        at = int(number[1]) - 1 if number else extent.rows
        if not row.endswith(b"/>"):
            extent.rows = max(extent.rows, at + 1)
        if _HIDDEN.search(row):
            extent.hidden.add(at)


def _hidden_columns(piece: bytes) -> Iterator[int]:
    for tag in _COLUMNS.findall(piece):
        first, last = (pattern.search(tag) for pattern in _FIRST_AND_LAST)
        if first and last and _HIDDEN.search(tag):
            yield from range(int(first[1]) - 1, min(int(last[1]), _MOST_HIDDEN))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - 64
    return number


def _measure_ods(archive: zipfile.ZipFile) -> dict[str, Extent]:
    """Measure the tables of an ods, where one tag may stand for a million rows."""
    extents: dict[str, Extent] = {}
    extent, row, repeated, column = Extent(), 0, 1, 0
    for piece in _tags(archive, "content.xml"):
        for found in _ODS_PIECE.finditer(piece):
            tag = found[0]
            if tag.startswith(b"<table:table "):
                extent, row, repeated = Extent(), 0, 0
                name = _ODS_NAME.search(tag)
                extents[unescape(name[1].decode("utf-8", "replace")) if name else ""] = extent
            elif tag.startswith(b"<table:table-row"):
                row, repeated, column = row + repeated, _times(_ODS_ROWS, tag), 0
                if b'visibility="collapse"' in tag or b'visibility="filter"' in tag:
                    extent.hidden.update(range(row, min(row + repeated, row + 10_000)))
            else:
                column += _times(_ODS_COLUMNS, tag)
                if b"value-type" in tag:
                    extent.rows = max(extent.rows, row + repeated)
                    extent.columns = max(extent.columns, column)
    for table, one in extents.items():
        if one.rows * one.columns > MOST_CELLS:
            raise UnreadableError(Refusal.TOO_WIDE, sheet=table)
    return extents


def _times(pattern: re.Pattern[bytes], tag: bytes) -> int:
    found = pattern.search(tag)
    return int(found[1]) if found else 1


def _tags(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part in pieces that never cut a tag in two."""
    rest = b""
    for piece in _pieces(archive, part):
        whole = rest + piece
        cut = whole.rfind(b">") + 1
        yield whole[:cut]
        rest = whole[cut:][-_PIECE:]
    yield rest


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield piece
