"""xlsx, xls and ods through python-calamine, after a look at what it would have to unpack.

calamine lays a sheet out as a full rectangle, so a single cell far out would take all memory;
`packed` measures the sheets before. It tells merged cells of xlsx and xls, and which sheets are
hidden; hidden rows and columns of xlsx are found in the XML.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from ksbb.intake.errors import UnreadableError
from ksbb.intake.files.packed import Extent, measure
from ksbb.intake.files.sheets import NO_FILLS, Line, Progress, Sheet
from ksbb.intake.reasons import Refusal
from ksbb.intake.words import Cell

_REPORT_EVERY: Final = 500
_MOST_MERGED: Final = 200_000
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_WORD: Final = "WordDocument".encode("utf-16-le")
_BOOKS: Final = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def open_zipped(path: Path, progress: Progress) -> Iterator[Sheet]:
    """Open xlsx or ods. Raises `UnreadableError`."""
    try:
        with zipfile.ZipFile(path) as archive:
            extents = measure(archive)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise UnreadableError(Refusal.BROKEN) from None
    return _sheets(_load(path), extents, progress)


def open_old(path: Path, progress: Progress) -> Iterator[Sheet]:
    """Open xls, of the time before 2007. Raises `UnreadableError`."""
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise UnreadableError(Refusal.ENCRYPTED)
    if _WORD in content:
        raise UnreadableError(Refusal.OTHER_KIND, kind="word")
    if not any(mark in content for mark in _BOOKS):
        raise UnreadableError(Refusal.BROKEN)
    return _sheets(_load(path), {}, progress)


def _load(path: Path) -> CalamineWorkbook:
    try:
        return load_workbook(path)
    except PasswordError:
        raise UnreadableError(Refusal.ENCRYPTED) from None
    except (CalamineError, OSError, ValueError):
        raise UnreadableError(Refusal.BROKEN) from None


def _sheets(
    book: CalamineWorkbook, extents: dict[str, Extent], progress: Progress
) -> Iterator[Sheet]:
    with book:
        sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        for at, metadata in enumerate(sheets):
            extent = extents.get(metadata.name) or Extent()
            yield Sheet(
                name=metadata.name,
                lines=_lines(
                    _sheet(book, metadata.name),
                    extent,
                    _share(progress, at, len(sheets)),
                ),
                is_hidden=metadata.visible != SheetVisibleEnum.Visible,
                hidden_columns=frozenset(extent.hidden_columns),
            )


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except PasswordError:
        raise UnreadableError(Refusal.ENCRYPTED) from None
    except (CalamineError, OSError, ValueError):
        raise UnreadableError(Refusal.BROKEN) from None


def _share(progress: Progress, at: int, count: int) -> Progress:
    return lambda done: progress((at + done) / count)


def _lines(sheet: CalamineSheet, extent: Extent, progress: Progress) -> Iterator[Line]:
    if sheet.start is None:
        return
    padding: list[Cell] = [""] * sheet.start[1]
    fills = _fills(sheet.merged_cell_ranges)
    tops: dict[tuple[int, int], Cell] = {}
    total = max(sheet.total_height, 1)
    rows: Iterator[list[Any]] = iter(sheet.iter_rows())
    for at, row in enumerate(rows):
        cells: list[Cell] = [*padding, *row] if padding else row
        filled: dict[int, Cell] = {}
        for column, top in fills.get(at, ()):
            if top == at:
                tops[top, column] = cells[column] if column < len(cells) else ""
            filled[column] = tops.get((top, column), "")
        if at % _REPORT_EVERY == 0:
            progress(at / total)
        yield Line(at + 1, cells, filled or NO_FILLS, at in extent.hidden)


def _fills(
    merged: list[tuple[tuple[int, int], tuple[int, int]]] | None,
) -> dict[int, list[tuple[int, int]]]:
    """Return row → columns that a cell from above (or this row's own) reaches over."""
    fills: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    left = _MOST_MERGED
    for (top, column), (bottom, _) in merged or ():
        if bottom > top and left > 0:
            left -= bottom - top + 1
            for row in range(top, bottom + 1):
                fills[row].append((column, top))
    return dict(fills)
