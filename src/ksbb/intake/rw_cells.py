"""RW numbers as they stand in a column of their own, in all spellings."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Final, NamedTuple

from ksbb.intake.reasons import Code, because
from ksbb.intake.rows import Reason
from ksbb.intake.words import Cell, plain, shown

HIGHEST: Final = 60
"""The highest RW number to be believed where no list says how many there are."""
LAST: Final = 999

_LABEL: Final = re.compile(
    r"^(?:(?:r\s?\.?\s?w|rukun\s+warga)\b\.?|rw(?=[\dOoIl]))?[\s.:,;#\-–]*(?:(?:no|nomor|ke)\b[\s.:\-]*)?",
    re.IGNORECASE,
)
_RT_AND: Final = re.compile(
    r"^(?:r\.?\s?t\.?[\s.:]*)?(\d{1,3})\s*/\s*(?:r\.?\s?w\.?[\s.:]*)?(\d{1,3})$", re.IGNORECASE
)
_RT_SAID: Final = re.compile(
    r"^r\.?\s?t\.?[\s.:]*(\d{1,3})[\s,./\-]+r\.?\s?w\.?[\s.:]*(\d{1,3})$", re.IGNORECASE
)
_IN_BRACKETS: Final = re.compile(r"\s*\(.*\)\s*$")
_INSIDE: Final = re.compile(
    r"\b(?:r\.?\s?w|rukun\s+warga)[\s.:\-]*(?:no\b[\s.:]*)?(\d{1,3}|[ivxl]+)\b(?!\s*[-–&,/]\s*\d)"
    r"(?!\s*(?:s\s?[./]?\s?d|dan|sampai|hingga)\b)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"0*(\d{1,3})(?:[.,]0+)?")
_LETTERS_FOR_DIGITS: Final = str.maketrans("OoIl|", "00111")
_ROMAN: Final = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_SEVERAL: Final = re.compile(
    r"\d+\s*(?:s\s?[./]?\s?d\.?|sampai(?:\s+dengan)?|hingga|-|–|—|,|;|&|\+|/|dan|\s)\s*"
    r"(?:r\.?\s?w\.?\s*)?\d+",
    re.IGNORECASE,
)
_NOTHING: Final = {"", "-", "--", "–", "—", ".", "?", "…", "...", "n/a", "x", "null"}


class Numbered(NamedTuple):
    """An RW number as it was understood, and what is to be said about it."""

    number: int | None
    reasons: tuple[Reason, ...] = ()
    has_rt: bool = False


MISSING: Final = Numbered(None, (because(Code.RW_MISSING),))


def read_rw(cell: Cell) -> Numbered:
    """Return the RW number in a cell: `RW 05`, `5`, `5.0`, `R.W. 16`, `VIII`, `RT 3/RW 5`."""
    if isinstance(cell, date | time | timedelta):
        return _bad(Code.RW_BECAME_DATE, cell)
    text = plain(cell)
    if isinstance(cell, int | float) and cell < 0:
        return _bad(Code.RW_UNREADABLE, cell)
    if text.casefold() in _NOTHING:
        return MISSING
    text = _IN_BRACKETS.sub("", text) or text
    if both := _RT_AND.fullmatch(text) or _RT_SAID.fullmatch(text):
        return _numbered(int(both[2]), has_rt=True)
    return _alone(_LABEL.sub("", text, count=1).strip(" .-–"), text)


def rw_inside(text: str) -> Numbered:
    """Return the one RW that is named inside a text: "RW 05 Kel. Klender"."""
    found = _INSIDE.findall(text)
    return read_rw(found[0]) if len(found) == 1 else MISSING


def _alone(bare: str, text: str) -> Numbered:
    """Read what remains without "RW"."""
    found = _NUMBER.fullmatch(bare) or _NUMBER.fullmatch(bare.translate(_LETTERS_FOR_DIGITS))
    if found and any(map(str.isdigit, bare)):
        return _numbered(int(found[1]))
    if bare and _ROMAN.fullmatch(bare.upper()):
        number = _roman(bare.upper())
        return Numbered(number, (because(Code.RW_ROMAN, typed=shown(text), rw=number),))
    if not bare:
        return MISSING
    return _bad(Code.RW_SEVERAL if _SEVERAL.search(bare) else Code.RW_UNREADABLE, text)


def _numbered(number: int, *, has_rt: bool = False) -> Numbered:
    if not 1 <= number <= LAST:
        return Numbered(None, (because(Code.RW_OUT_OF_RANGE, rw=number),), has_rt)
    return Numbered(number, (), has_rt)


def _roman(letters: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in letters]
    return sum(-digit if digit < max(digits[at:]) else digit for at, digit in enumerate(digits))


def _bad(code: Code, cell: Cell) -> Numbered:
    return Numbered(None, (because(code, typed=shown(cell)),))
