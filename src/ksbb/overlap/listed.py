"""A spreadsheet of aid from other sources: its rows as text, without what is about a person."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext as _

from ksbb.intake import private
from ksbb.intake.days import read_day
from ksbb.intake.errors import UnreadableError
from ksbb.intake.files.opening import open_sheets
from ksbb.intake.words import is_empty, normal, plain, shown
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from pathlib import Path

    from ksbb.intake.words import Cell

MOST_ROWS: Final = 5_000
LARGEST: Final = 5 * 1024 * 1024
"""Bytes; a list of MOST_ROWS has less than one megabyte."""

COLUMNS: Final = {
    "code": ("kode", "kode sasaran", "kode tempat", "target code", "target", "code"),
    "phase": ("fase", "phase", "minggu"),
    "aid": ("bantuan", "jenis bantuan", "aid type", "aid"),
    "quantity": ("jumlah", "jumlah paket", "quantity"),
    "kind": ("jenis sumber", "kind of source", "kind"),
    "source": ("sumber", "nama sumber", "source"),
    "day": ("tanggal", "tgl", "hari", "day", "date"),
    "document": ("dokumen", "surat", "rujukan", "nomor surat", "document", "reference"),
}
"""What a column means, by the headings it may have."""

HEADINGS: Final = tuple(names[0].replace(" ", "_") for names in COLUMNS.values())
_OF_HEADING: Final = {name: column for column, names in COLUMNS.items() for name in names}
_LONGEST: Final = 200
_SHARE: Final = 0.3
"""A column is private if so many of its cells look like numbers of persons."""


class ListError(DomainError):
    """The file is no such list; nothing was taken."""


class Listed(NamedTuple):
    """The rows by the names of COLUMNS, each with its `line`; the headings that were dropped."""

    rows: list[dict[str, str]]
    dropped: list[str]


def read_list(path: Path, name: Path) -> Listed:
    """Read the first sheet with the columns of such a list. Raises ListError."""
    try:
        for sheet in open_sheets(path, name, lambda _done: None):
            lines = (line for line in sheet.lines if not all(map(is_empty, line.cells)))
            if found := _read(
                [(line.number, line.cells) for line in islice(lines, MOST_ROWS + 20)]
            ):
                return found
    except UnreadableError as error:
        raise ListError(_("The file cannot be read as xlsx, xls, ods or csv.")) from error
    raise ListError(
        _("No sheet has the columns {columns}. Download the example and use its headings."),
        columns=", ".join(HEADINGS),
    )


def _read(lines: list[tuple[int, list[Cell]]]) -> Listed | None:
    for at, (_number, cells) in enumerate(lines):
        headings = [normal(plain(cell)) for cell in cells]
        meaning = [_OF_HEADING.get(heading, "") for heading in headings]
        if set(COLUMNS) - set(meaning):
            continue
        below = lines[at + 1 :]
        if len(below) > MOST_ROWS:
            raise ListError(
                _("A list takes at most {most} rows. Send it in parts."), most=number(MOST_ROWS)
            )
        return Listed(_rows(meaning, below), _dropped(headings, meaning, below))
    return None


def _rows(meaning: list[str], lines: list[tuple[int, list[Cell]]]) -> list[dict[str, str]]:
    return [
        {"line": str(line)}
        | {
            column: _text(column, cell)
            for column, cell in zip(meaning, cells, strict=False)
            if column
        }
        for line, cells in lines
    ]


def _text(column: str, cell: Cell) -> str:
    if column == "day" and (day := read_day(cell)):
        return day.isoformat()
    return plain(cell)[:_LONGEST] if column == "code" else shown(cell, longest=_LONGEST)


def _dropped(
    headings: list[str], meaning: list[str], lines: list[tuple[int, list[Cell]]]
) -> list[str]:
    """Name the columns about persons; all columns without a meaning are left out anyway."""
    return [
        shown(heading)
        for at, heading in enumerate(headings)
        if not meaning[at]
        and (
            private.by_heading(heading)
            or private.by_content(
                (cells[at] for _line, cells in lines if at < len(cells)), share=_SHARE
            )
        )
    ]
