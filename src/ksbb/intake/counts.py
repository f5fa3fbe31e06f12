"""How many: whole numbers as people and spreadsheet programs write them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Final, NamedTuple

from ksbb.intake.reasons import Code, because
from ksbb.intake.rows import Reason
from ksbb.intake.words import Cell, plain, shown

MOST: Final = 1_000_000
"""No single place has so many families or residents."""

_NOTHING: Final = {
    *("-", "--", "---", "–", "—", "_", ".", "..", "...", "…", "?", "x", "n/a", "na", "#n/a"),
    *("null", "none", "nan", "kosong", "tidak ada data", "belum ada data", "belum ada"),
    *("tdk ada data", "blm ada", "blm ada data", "belum terdata", "tidak tahu", "n.a."),
}
_ZERO: Final = {"nihil", "nol", "tidak ada", "tdk ada"}
_ABOUT: Final = re.compile(
    r"^(±|\+\s*/\s*-|\+\s*-|~|≈|>|<|≥|≤|kurang lebih|k\.?\s?l\.?|sekitar|kira[ -]kira|lebih dari"
    r"|kurang dari|hampir|est\.?|perkiraan|estimasi|ca?\.|c\.)\s*",
    re.IGNORECASE,
)
_ABOUT_BEHIND: Final = re.compile(r"\s*(±|\+|-?an|\(?est\.?\)?|\(?perkiraan\)?)$", re.IGNORECASE)
_UNIT: Final = re.compile(
    r"\s*\(?(kk|k\.k\.?|kepala keluarga|keluarga|kel\.?|jiwa|org|orang|ora?ng tua|santri|santriwati"
    r"|anak|anak asuh|lansia|penghuni|warga|rumah tangga|rt|rumah|unit|murid|siswa|wbs|klien)"
    r"\.?\)?$",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(r"\d{1,15}")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[., ]\d{3})+")
_GROUPED_CENTS: Final = re.compile(r"(\d{1,3}(?:\.\d{3})*),0+|(\d{1,3}(?:,\d{3})*)\.0+")
_CUT: Final = re.compile(r"(\d{1,3})[.,](\d{1,2})")
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?e\+?\d{1,2}", re.IGNORECASE)


class Counted(NamedTuple):
    """A count as it was understood, and what is to be said about it."""

    value: int | None
    reasons: tuple[Reason, ...] = ()


_EMPTY: Final = Counted(None)


def read_count(cell: Cell, field: str) -> Counted:
    """Return the whole number in a cell. An empty cell is no number and no remark.

    `field` is kk, kk_rentan or residents. "-" is no data and never zero; 1.234 stored as a
    decimal was typed with a thousands point.
    """
    if isinstance(cell, (bool, date | time | timedelta)):
        return _bad(Code.COUNT_UNREADABLE, cell, field)
    if isinstance(cell, int | float):
        return _stored(float(cell), field)
    text = plain(cell)
    return _typed(text, field) if text else _EMPTY


def _stored(number: float, field: str) -> Counted:
    """Take a number of the spreadsheet; a fraction can only be a lost thousands point."""
    if number != number or number in {float("inf"), float("-inf")}:  # noqa: PLR0124 - NaN
        return _bad(Code.COUNT_UNREADABLE, str(number), field)
    if number < 0:
        return _bad(Code.COUNT_NEGATIVE, number, field)
    if number.is_integer():
        return _within(int(number), number, field)
    thousands = number * 1000
    if number < 1 or abs(thousands - round(thousands)) > 1e-6:  # noqa: PLR2004
        return _bad(Code.COUNT_UNREADABLE, number, field)
    return _remarked(Code.THOUSANDS, round(thousands), number, field)


def _typed(text: str, field: str) -> Counted:
    word = text.casefold()
    if word in _NOTHING:
        return Counted(None, (because(Code.NO_DATA, field=field, typed=shown(text)),))
    if word in _ZERO:
        return _remarked(Code.UNIT, 0, text, field)
    bare, is_about = _strip(text)
    number = _digits(bare)
    if number is None:
        return _other(bare, text, field)
    if is_about:
        about = Code.ABOUT if field == "residents" else Code.APPROXIMATE
        return _remarked(about, number, text, field)
    if bare != text:
        return _remarked(Code.UNIT, number, text, field)
    return _within(number, text, field)


def _strip(text: str) -> tuple[str, bool]:
    """Take unit and "about" off."""
    bare = _UNIT.sub("", text)
    core = _ABOUT_BEHIND.sub("", _ABOUT.sub("", bare))
    core = _UNIT.sub("", core)
    return core.strip(), core != bare


def _digits(bare: str) -> int | None:
    if _PLAIN.fullmatch(bare):
        return int(bare)
    if _GROUPED.fullmatch(bare):
        return int(re.sub(r"[., ]", "", bare))
    cents = _GROUPED_CENTS.fullmatch(bare)
    return int(re.sub(r"[.,]", "", cents[1] or cents[2])) if cents else None


def _other(bare: str, text: str, field: str) -> Counted:
    """Take what is neither digits nor thousands: a negative, 1.96 of 1.960, 3,2E+03."""
    if bare.startswith(("-", "−")) and _digits(bare[1:].strip()) is not None:
        return _bad(Code.COUNT_NEGATIVE, text, field)
    if cut := _CUT.fullmatch(bare):
        whole = int(cut[1]) * 1000 + int(cut[2].ljust(3, "0"))
        if int(cut[1]):
            return _remarked(Code.THOUSANDS, whole, text, field)
    if _SCIENTIFIC.fullmatch(bare):
        return _stored(float(bare.replace(",", ".")), field)
    return _bad(Code.COUNT_UNREADABLE, text, field)


def _within(number: int, typed: Cell, field: str) -> Counted:
    if number > MOST:
        return _bad(Code.COUNT_TOO_LARGE, typed, field)
    return Counted(number)


def _remarked(code: Code, number: int, typed: Cell, field: str) -> Counted:
    if number > MOST:
        return _bad(Code.COUNT_TOO_LARGE, typed, field)
    return Counted(number, (because(code, field=field, typed=shown(typed), value=number),))


def _bad(code: Code, typed: Cell, field: str) -> Counted:
    return Counted(None, (because(code, field=field, typed=shown(typed)),))
