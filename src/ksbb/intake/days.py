"""Days as people write them: day before month, Indonesian and English names of months."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from ksbb.intake.words import Cell, plain

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu ags agt agst august aug",
            "september sep sept",
            "oktober okt october oct",
            "november nov nopember nop",
            "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMES: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NAMED: Final = re.compile(
    rf"\b(\d{{1,2}})[\s.\-/]*({_NAMES})\b[\s.,\-/']*(\d{{4}}|\d{{2}})\b", re.IGNORECASE
)
_MONTH_FIRST: Final = re.compile(rf"\b({_NAMES})\.?\s+(\d{{1,2}}),?\s+(\d{{4}})\b", re.IGNORECASE)
_MONTH_ONLY: Final = re.compile(rf"\b({_NAMES})\b[\s.,\-/]*(\d{{4}})\b", re.IGNORECASE)
_ISO: Final = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DIGITS: Final = re.compile(r"\b(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?!\d)")
_COMPACT: Final = re.compile(r"^(20\d\d)(\d\d)(\d\d)$")
_EPOCH: Final = date(1899, 12, 30)
_FIRST_SERIAL: Final = 36_526
"""1 January 2000 as spreadsheets count days."""
_LAST_SERIAL: Final = 73_050
_MONTHS_OF_YEAR: Final = 12


def read_day(cell: Cell) -> date | None:
    """Return the day in a cell, or None where there is none: `3/5/2020` is 3 May."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell))
    text = plain(cell)
    if text.isdecimal() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return _serial(float(text))
    return find_day(text)


def find_day(text: str) -> date | None:
    """Return the first day that is named in a text; of a month alone its first day."""
    for pattern, read in _FORMS:
        if found := pattern.search(text):
            return read(*found.groups())
    return None


def _either(year: str, first: int, second: int) -> date | None:
    """Take the day first, as in Indonesia, unless only the other order makes a day."""
    if second > _MONTHS_OF_YEAR >= first:
        return _day(year, first, str(second))
    return _day(year, second, str(first))


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) < 4 else 0), month, int(day))  # noqa: PLR2004
    except ValueError:
        return None


def _serial(number: float) -> date | None:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return _EPOCH + timedelta(days=int(number))


def _month(name: str) -> int:
    return _MONTHS[name.casefold()]


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[..., date | None]], ...]] = (
    (_NAMED, lambda day, name, year: _day(year, _month(name), day)),
    (_MONTH_FIRST, lambda name, day, year: _day(year, _month(name), day)),
    (_ISO, lambda year, month, day: _day(year, int(month), day)),
    (_DIGITS, lambda first, second, year: _either(year, int(first), int(second))),
    (_COMPACT, lambda year, month, day: _day(year, int(month), day)),
    (_MONTH_ONLY, lambda name, year: _day(year, _month(name), "1")),
)
"""How a day may be written, the surest form first."""
