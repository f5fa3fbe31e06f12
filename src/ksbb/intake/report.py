"""One line of the report for each row of the file."""

from __future__ import annotations

import csv
from collections import Counter
from tempfile import TemporaryFile
from typing import Final, Self, TextIO

from ksbb.intake.rows import AREA, Row, Status

HEADER: Final = (
    "sheet",
    "source_row",
    "status",
    "kelurahan_code",
    "rw",
    "kk",
    "kk_rentan",
    "reason",
)
"""What every report has."""
ABOUT_INSTITUTIONS: Final = ("type", "name", "residents", "lat", "lon")
"""What stands behind it where the file names institutions."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_TYPES: Final = {
    "panti-asuhan": "orphanage",
    "panti-jompo": "elderly",
    "panti-disabilitas": "disability",
}


def report_row(row: Row, reason: str) -> dict[str, str]:
    """Return a row by the columns of the report; `reason` is what is said about it.

    No text is a formula to a spreadsheet program.
    """
    return {
        "sheet": harmless(row.sheet),
        "source_row": str(row.source_row),
        "status": row.status.value,
        "kelurahan_code": row.kelurahan_code,
        "rw": "" if row.rw is None else f"{row.rw:03d}",
        "kk": _number(row.kk),
        "kk_rentan": _number(row.kk_rentan),
        "reason": harmless(reason),
        "type": _TYPES.get(row.kind, row.kind),
        "name": harmless(row.name),
        "residents": _number(row.residents),
        "lat": _number(row.lat),
        "lon": _number(row.lon),
    }


class Report:
    """The report of one file as csv, kept on disk until its last row is known.

    Columns about institutions are left out where the file names none.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - see close
        self._writer = csv.DictWriter(self._kept, [*HEADER, *ABOUT_INSTITUTIONS])
        self._has_institutions = False
        self.statuses: Counter[Status] = Counter()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *args: object) -> None:
        """Give the space on disk back."""
        self._kept.close()

    def add(self, row: Row, reason: str) -> None:
        """Append a row and what is said about it."""
        self.statuses[row.status] += 1
        self._has_institutions = self._has_institutions or row.kind != AREA
        self._writer.writerow(report_row(row, reason))

    def copy_to(self, stream: TextIO) -> None:
        """Write heading and rows."""
        self._kept.seek(0)
        width = None if self._has_institutions else len(HEADER)
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*HEADER, *ABOUT_INSTITUTIONS][:width])
        writer.writerows(cells[:width] for cells in csv.reader(self._kept))


def harmless(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text[:1] in _FORMULA else text


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}".rstrip("0").rstrip(".")
