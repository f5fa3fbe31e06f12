"""Texts of cells: one normal form for comparing, one clean form for showing."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

Cell = str | float | bool | date | datetime | time | timedelta | None
"""What a spreadsheet keeps in a cell; an empty one is "" or None."""

LONGEST_SHOWN: Final = 60

_NOT_LETTERS: Final = re.compile(r"[^0-9a-z]+")
_APOSTROPHES: Final = re.compile("['’`]")
_UNSEEN: Final = re.compile(r"[\s\u00a0\u2007\u202f\u200b-\u200f\ufeff\u00ad\x00-\x1f]+")
_MANY_DIGITS: Final = re.compile(r"\+?\d(?:[\s.\-–()'_]{0,3}\d){8,}")
_EMAIL: Final = re.compile(r"\S+@\S+")
_WITHHELD: Final = "…"


def plain(cell: Cell) -> str:
    """Return the cell as text on one line, without hidden characters; a whole float as "12"."""
    if isinstance(cell, str):
        text = cell
    elif cell is None:
        return ""
    elif isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:  # noqa: PLR2004
        return str(int(cell))
    else:
        text = str(cell)
    return _UNSEEN.sub(" ", text).strip()


def normal(text: str) -> str:
    """Return the text in small unaccented letters and digits with single spaces."""
    marks = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    letters = "".join(mark for mark in marks if not unicodedata.combining(mark))
    return _NOT_LETTERS.sub(" ", letters).strip()


def shown(cell: Cell, *, longest: int = LONGEST_SHOWN) -> str:
    """Return the text as it may leave the reader: short, and without long numbers or e-mails.

    Nine digits or more in a row are a NIK, a family card, an account or a telephone, and no part
    of a name, an address or a count.
    """
    text = _EMAIL.sub(_WITHHELD, _MANY_DIGITS.sub(_WITHHELD, plain(cell)))
    return text if len(text) <= longest else text[: longest - 1] + _WITHHELD


def is_empty(cell: Cell) -> bool:
    """Tell whether nothing is to be seen in the cell."""
    return cell is None or (isinstance(cell, str) and not _UNSEEN.sub("", cell))
