"""Statements as lists: CSV with any delimiter and encoding, and the workbooks of some banks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from ksbb.funds.statements.amounts import point_of, read_sen
from ksbb.funds.statements.columns import Columns, columns_of
from ksbb.funds.statements.lines import (
    SEN,
    Line,
    Mistakes,
    StatementRefusedError,
    check_count,
    check_day,
    shortened,
)
from ksbb.intake.days import find_day, read_day
from ksbb.intake.files.opening import open_sheets
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.text import normalise

FIRST_LINES: Final = 60
"""So far down the headings may stand: banks write who, which account and which span above."""

_CREDIT: Final = frozenset({"cr", "c", "k", "kr", "kredit", "credit", "masuk"})
_DEBIT: Final = frozenset({"db", "d", "dr", "debit", "debet", "keluar"})
_MARKED: Final = re.compile(r"(.*[0-9,.\-])\s*(CR|DB|DR|C|D|K)\.?", re.IGNORECASE)
_WITHOUT_YEAR: Final = re.compile(r"'?(\d{1,2})[/-](\d{1,2})")
_DAY: Final = re.compile(r"\d{1,2}[/ -](?:\d{1,2}|[A-Za-z]{3,9})[/ -]\d{2,4}|\d{4}-\d{2}-\d{2}")
_SUMS: Final = ("saldo", "mutasi", "total", "jumlah", "opening", "closing", "ending", "balance")
_RUPIAH: Final = frozenset({"idr", "rp", "rupiah"})
_CURRENCY: Final = re.compile(r"\b(?:mata uang|currency|ccy)\b\s*(?:rekening|account)?\s*(\w+)?")

Cells = list[str]


def read_table(path: Path, name: Path, today: date) -> list[Line]:
    """Return the rows of the first sheet that is a statement.

    Raises StatementRefusedError, and intake's UnreadableError for what is no list at all.
    """
    point = _point(path, name)
    for sheet in open_sheets(path, name, _silent):
        rows = ((one.number, [_text(cell) for cell in one.cells]) for one in sheet.lines)
        reader = _Reader(point, today)
        if reader.find_headings(rows):
            return reader.read(rows)
    raise StatementRefusedError(
        _(
            "No columns of a bank statement were found: a day, and debit and credit, or an amount "
            "with CR or DB. Export the statement from the bank again, as CSV or MT940."
        )
    )


def _silent(_share: float) -> None:
    """Nobody waits for news of so small a file."""


def _point(path: Path, name: Path) -> str:
    """Look once through the file for what parts sen from rupiah in it."""
    return point_of(_amounts(path, name))


def _amounts(path: Path, name: Path) -> Iterator[str]:
    for sheet in open_sheets(path, name, _silent):
        columns = None
        for line in sheet.lines:
            cells = [_text(cell) for cell in line.cells]
            if columns is None:
                columns = columns_of(cells) if line.number <= FIRST_LINES else None
                continue
            for at in (columns.debit, columns.credit, columns.amount, columns.balance):
                yield _split(_at(cells, at))[0]


class _Reader:
    """Goes down one sheet, from its headings on."""

    def __init__(self, point: str, today: date) -> None:
        self.point, self.today = point, today
        self.columns: Columns | None = None
        self.span: list[date] = []
        self.mistakes = Mistakes()

    def find_headings(self, rows: Iterator[tuple[int, Cells]]) -> bool:
        for number, cells in rows:
            self.columns = columns_of(cells)
            if self.columns:
                return True
            self._read_head(" ".join(cells))
            if number >= FIRST_LINES:
                return False
        return False

    def read(self, rows: Iterator[tuple[int, Cells]]) -> list[Line]:
        found: list[Line] = []
        for number, cells in rows:
            try:
                line = self._line(number, cells)
            except DomainError as error:
                self.mistakes.add(number, error)
                continue
            if line:
                found.append(line)
                check_count(len(found))
        self.mistakes.end()
        return found

    def _read_head(self, text: str) -> None:
        """Take currency and span out of what a bank writes above its list."""
        words = normalise(text)
        currency = _CURRENCY.search(words)
        if currency and currency[1] and currency[1] not in _RUPIAH:
            raise StatementRefusedError(
                _("The statement is in %(currency)s. Only accounts in rupiah can be read.")
                % {"currency": quoted(currency[1].upper())}
            )
        if "periode" in words or "period" in words:
            days = (find_day(found) for found in _DAY.findall(text))
            self.span += [day for day in days if day]

    def _line(self, number: int, cells: Cells) -> Line | None:
        columns = self.columns
        if columns is None or not any(cells):
            return None
        when = _at(cells, columns.day)
        day = None if normalise(when).startswith(_SUMS) else self._day(when)
        if day is None:
            _check_no_row(when, cells, columns)
            return None
        sen, is_credit = self._moved(cells, columns)
        if currency := normalise(_at(cells, columns.currency)):
            _check_currency(currency)
        check_day(day, self.today)
        if not sen:
            return None
        text = shortened(" ".join(_at(cells, at) for at in columns.text))
        return Line(number, day, sen, is_credit, text, self._balance(cells, columns))

    def _moved(self, cells: Cells, columns: Columns) -> tuple[int, bool]:
        """Return the amount and whether it came in; 0 where the row moves nothing."""
        if columns.debit >= 0 and columns.credit >= 0:
            debit = read_sen(_at(cells, columns.debit), self.point)
            credit = read_sen(_at(cells, columns.credit), self.point)
            if debit and credit:
                raise DomainError(_("it has an amount under debit and one under credit."))
            return debit or credit, bool(credit)
        typed, mark = _split(_at(cells, columns.amount))
        sen = read_sen(typed, self.point)
        mark = mark or normalise(_at(cells, columns.mark))
        if sen and mark not in _CREDIT | _DEBIT:
            raise DomainError(_("nothing says whether the amount is a credit or a debit."))
        return sen, mark in _CREDIT

    def _day(self, when: str) -> date | None:
        day = read_day(when)
        found = _WITHOUT_YEAR.fullmatch(when.strip()) if day is None else None
        if found is None:
            return day
        if not self.span:
            raise DomainError(_("its day has no year, and nothing above names the span."))
        return _in_span(int(found[1]), int(found[2]), self.span)

    def _balance(self, cells: Cells, columns: Columns) -> int | None:
        typed = _split(_at(cells, columns.balance))[0]
        try:
            return read_sen(typed, self.point) if typed else None
        except DomainError:
            # Overdrawn accounts have a minus here; what the row moved is clear all the same.
            return None


def _check_no_row(when: str, cells: Cells, columns: Columns) -> None:
    """Let sums, pending rows and further lines of a text go by; a bad day is a mistake."""
    amounts = (_at(cells, at) for at in (columns.debit, columns.credit, columns.amount))
    has_amount = any(re.search(r"[1-9]", amount) for amount in amounts)
    is_day = re.search(r"\d", when) and not normalise(when).startswith(_SUMS)
    if has_amount and is_day:
        raise DomainError(_("“{typed}” is no day that can be read."), typed=quoted(when))


def _check_currency(words: str) -> None:
    if words not in _RUPIAH:
        raise DomainError(_("it is in %(currency)s, not in rupiah.") % {"currency": words.upper()})


def _in_span(day: int, month: int, span: list[date]) -> date | None:
    """Return the day with the year that lies in the span."""
    for year in range(min(span).year, max(span).year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if min(span) <= found <= max(span):
            return found
    raise DomainError(_("its day lies outside the span named above."))


def _split(cell: str) -> tuple[str, str]:
    """Part `1.000.000,00 CR` into the amount and its mark."""
    found = _MARKED.fullmatch(cell.strip())
    return (found[1], found[2].casefold()) if found else (cell, "")


def _at(cells: Cells, place: int) -> str:
    return cells[place] if 0 <= place < len(cells) else ""


def _text(cell: Any) -> str:
    """Return a cell as text; numbers of workbooks without doubt about their sen."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell.isoformat() if hasattr(cell, "isoformat") else str(cell or "").strip()
    sen = round(cell * SEN)
    return str(sen // SEN) if sen % SEN == 0 else f"{sen // SEN:04d}.{sen % SEN:02d}"
