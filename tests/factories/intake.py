"""A small gazetteer, and files in the style of those that kelurahan send; all of it invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from ksbb.intake.ground import Count, Ground, Place
from ksbb.intake.reading import read_file
from ksbb.intake.rows import Answers, Row

KLENDER = "31.75.07.1003"
DUREN_SAWIT = "31.75.07.1001"

PLACES = (
    Place("31", "DKI Jakarta"),
    Place("31.01", "Kabupaten Administrasi Kepulauan Seribu"),
    Place("31.01.01", "Kepulauan Seribu Utara"),
    Place("31.01.01.1001", "Pulau Panggang"),
    Place("31.71", "Kota Administrasi Jakarta Pusat"),
    Place("31.71.04", "Senen"),
    Place("31.71.04.1001", "Senen"),
    Place("31.71.04.1002", "Kenari"),
    Place("31.72", "Kota Administrasi Jakarta Utara"),
    Place("31.72.02", "Tanjung Priok"),
    Place("31.72.02.1001", "Tanjung Priok"),
    Place("31.72.02.1003", "Papanggo"),
    Place("31.73", "Kota Administrasi Jakarta Barat"),
    Place("31.73.01", "Cengkareng"),
    Place("31.73.01.1005", "Kapuk"),
    Place("31.75", "Kota Administrasi Jakarta Timur"),
    Place("31.75.03", "Jatinegara"),
    Place("31.75.03.1001", "Kampung Melayu"),
    Place("31.75.04", "Kramatjati"),
    Place("31.75.04.1002", "Tengah"),
    Place("31.75.06", "Cakung"),
    Place("31.75.06.1001", "Jatinegara"),
    Place("31.75.07", "Duren Sawit"),
    Place(DUREN_SAWIT, "Duren Sawit"),
    Place(KLENDER, "Klender", lat=-6.2176, lon=106.9042),
    Place("31.75.10", "Cipayung"),
    Place("31.75.10.1001", "Cipayung"),
    Place("31.75.10.1010", "Cilangkap"),
)
ALIASES = (
    ("Papango", "31.72.02.1003"),
    ("Kampung Tengah", "31.75.04.1002"),
    ("Tanjung Priuk", "31.72.02"),
    ("Tanjung Priuk", "31.72.02.1001"),
)
RWS = {
    DUREN_SAWIT: {number: Count() for number in range(1, 18)},
    KLENDER: {number: Count(kk_rentan=100) for number in range(1, 19) if number != 11},
}


def make_ground(**changes: Any) -> Ground:
    """Return a gazetteer of some places of Jakarta."""
    return Ground(**{"places": PLACES, "aliases": ALIASES, "rws": RWS} | changes)


def write_csv(
    folder: Path, text: str, *, name: str = "daftar.csv", encoding: str = "utf-8"
) -> Path:
    """Write a text file and return it."""
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def write_xlsx(folder: Path, *rows: list[Any], merged: dict[str, str] | None = None) -> Path:
    """Write a workbook of one sheet and return it; `merged` maps ranges to what stands there."""
    file = folder / "daftar.xlsx"
    with Workbook(file) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for where, text in (merged or {}).items():
            sheet.merge_range(where, text)
    return file


def read(file: Path, *, answers: Answers | None = None, **ground: Any) -> list[Row]:
    """Return all rows of a file."""
    return list(read_file(file, ground=make_ground(**ground), answers=answers or {}))


def read_text(folder: Path, text: str, **options: Any) -> list[Row]:
    """Return all rows of a csv file with this text."""
    return read(write_csv(folder, text), **options)
