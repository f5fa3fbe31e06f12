"""Cells of csv files that no spreadsheet takes for something else."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK: Final = "\ufeff"
"""Begins a file, so that Excel reads it as UTF-8; every program that reads csv today skips it."""

FORMULA: Final = frozenset("=+-@\t\r\n")
"""A text that begins with one of these is a formula to a spreadsheet, or hides one."""


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in FORMULA else text


def line(cells: Iterable[str | int | float]) -> str:
    """Return one line of a file; texts are made harmless, numbers stay numbers."""
    return line_as_it_is(harmless(cell) if isinstance(cell, str) else cell for cell in cells)


def line_as_it_is(cells: Iterable[str | int | float]) -> str:
    """Return one line of a file whose texts are harmless already."""
    written: str = csv.writer(_Echo()).writerow(cells)
    return written


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text
