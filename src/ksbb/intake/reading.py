"""From a file to rows: the way into this package."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final

from python_calamine import load_workbook

from ksbb.intake.ground import Ground
from ksbb.intake.reasons import Code, because, weigh
from ksbb.intake.rows import Answers, Row, Summary

NO_ANSWERS: Final[Answers] = MappingProxyType({})

_HEADINGS: Final = {
    "kode kelurahan": "kelurahan_code",
    "rw": "rw",
    "kk": "kk",
    "kk rentan": "kk_rentan",
}


class Reading:
    """The rows of one file, to be taken once and in order; `summary` fills up meanwhile."""

    def __init__(self, rows: Iterator[Row], summary: Summary) -> None:
        """Join the rows with what is said about the file as a whole."""
        self._rows = rows
        self.summary = summary

    def __iter__(self) -> Iterator[Row]:
        """Return the one iterator over the rows."""
        return self._rows


def read_file(
    path: Path, *, ground: Ground, answers: Answers = NO_ANSWERS, name: str = ""
) -> Reading:
    """Open a spreadsheet (xlsx, xls, ods, csv, HTML saved as .xls) and return its rows.

    `name` is what the sender called the file, where `path` is a temporary one. The same file with
    the same ground and answers gives the same rows. Memory stays bounded. Raises `UnreadableError`
    here or, for what shows only later, while the rows are taken.
    """
    del ground, answers
    summary = Summary()
    return Reading(_rows(path, Path(name or path.name), summary), summary)


def _rows(path: Path, name: Path, summary: Summary) -> Iterator[Row]:
    for sheet, lines in _sheets(path, name):
        summary.sheets.append(sheet)
        columns: dict[str, int] = {}
        for number, cells in enumerate(lines, start=1):
            if columns:
                yield _row(sheet, number, cells, columns)
            else:
                columns = _columns(cells)
    summary.progress = 1.0


def _sheets(path: Path, name: Path) -> Iterator[tuple[str, Iterator[list[str]]]]:
    if name.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield name.stem, csv.reader(stream)
        return
    with load_workbook(path) as book:
        for sheet in book.sheet_names:
            rows = book.get_sheet_by_name(sheet).iter_rows()
            yield sheet, (list(map(str, row)) for row in chain(rows))


def _columns(cells: list[str]) -> dict[str, int]:
    found = {_HEADINGS.get(cell.strip().casefold(), ""): at for at, cell in enumerate(cells)}
    found.pop("", None)
    return found if len(found) > 1 else {}


def _row(sheet: str, number: int, cells: list[str], columns: dict[str, int]) -> Row:
    said = {field: cells[at].strip() for field, at in columns.items()}
    counts = {
        field: int(float(said[field])) if said.get(field) else None
        for field in ("rw", "kk", "kk_rentan")
    }
    reasons = () if counts["kk_rentan"] is not None else (because(Code.NO_COUNT),)
    return Row(
        sheet=sheet,
        source_row=number,
        status=weigh(reasons),
        reasons=reasons,
        kelurahan_code=said.get("kelurahan_code", ""),
        rw=counts["rw"],
        kk=counts["kk"],
        kk_rentan=counts["kk_rentan"],
    )
