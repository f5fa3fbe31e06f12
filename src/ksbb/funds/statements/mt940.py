"""SWIFT MT940, as banks give it to bookkeeping programs: `:61:` a row, `:86:` its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from ksbb.funds.statements.lines import (
    SEN,
    Line,
    Mistakes,
    StatementRefusedError,
    check_count,
    check_day,
    shortened,
)
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.rupiah import LARGEST_AMOUNT

LONGEST_LINE: Final = 2_000
_TAG: Final = re.compile(r":(\d{2}[A-Z]?):(.*)", re.DOTALL)
_BALANCE: Final = re.compile(r"[CD]\d{6}([A-Z]{3})")
_ROW: Final = re.compile(r"(\d{6})(\d{4})?(R?[CD])([A-Z]?)([0-9]{1,20},[0-9]{0,2})(.*)", re.DOTALL)
_CODES: Final = re.compile(r"\?\d{2}|/[A-Z]{3,8}/")
_BEGINS: Final = re.compile(r"^\s*(?:\{1:|:20:)")
_END_OF_YEAR: Final = 11


class Field(NamedTuple):
    """One tag with all its lines."""

    number: int
    tag: str
    text: str


def is_mt940(head: str) -> bool:
    """Whether a file begins as MT940 does."""
    return bool(_BEGINS.match(head)) and (":60" in head or ":61:" in head or ":25:" in head)


def read_mt940(path: Path, today: date) -> list[Line]:
    """Return the rows of all statements in a file. Raises StatementRefusedError."""
    mistakes = Mistakes()
    found: list[Line] = []
    with path.open(encoding="latin-1", newline=None) as stream:
        for field in _fields(iter(lambda: stream.readline(LONGEST_LINE), "")):
            _check_currency(field)
            if field.tag == "86" and found:
                found[-1] = found[-1]._replace(text=_text(found[-1].text, field.text))
            if field.tag != "61":
                continue
            try:
                found.append(_line(field, today))
            except DomainError as error:
                mistakes.add(field.number, error)
            check_count(len(found))
    mistakes.end()
    return [line for line in found if line.sen]


def _fields(lines: Iterable[str]) -> Iterator[Field]:
    open_: Field | None = None
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r\n")
        begins = _TAG.match(line[line.rfind("{4:") + 3 :] if "{4:" in line else line)
        if begins or line.startswith(("-", "{")):
            if open_:
                yield open_
            open_ = Field(number, begins[1], begins[2]) if begins else None
        elif open_ and len(open_.text) < LONGEST_LINE:
            open_ = open_._replace(text=f"{open_.text}\n{line}")
    if open_:
        yield open_


def _check_currency(field: Field) -> None:
    found = _BALANCE.match(field.text) if field.tag in {"60F", "60M", "62F", "62M"} else None
    if found and found[1] != "IDR":
        raise StatementRefusedError(
            _("The statement is in %(currency)s. Only accounts in rupiah can be read.")
            % {"currency": found[1]}
        )


def _line(field: Field, today: date) -> Line:
    found = _ROW.fullmatch(field.text)
    if found is None:
        raise DomainError(
            _("“{typed}” is no row of MT940: day, C or D, and an amount with a comma."),
            typed=quoted(field.text),
        )
    whole, _comma, rest = found[5].partition(",")
    if int(whole) > LARGEST_AMOUNT:
        raise DomainError(_("the amount is above Rp1,000 trillion."))
    day = _day(found[1], found[2])
    check_day(day, today)
    # RC takes a credit back, so it is a debit; RD the other way round.
    return Line(
        number=field.number,
        day=day,
        sen=int(whole) * SEN + int(rest.ljust(2, "0")),
        is_credit=found[3] in {"C", "RD"},
        text=shortened(found[6]),
    )


def _day(value: str, booked: str | None) -> date:
    """Return the day of booking, or of value where it is not said."""
    try:
        day = date(2000 + int(value[:2]), int(value[2:4]), int(value[4:]))
        if not booked:
            return day
        month = int(booked[:2])
        year = day.year
        if abs(month - day.month) >= _END_OF_YEAR:
            year += 1 if month < day.month else -1
        return date(year, month, int(booked[2:]))
    except ValueError:
        raise DomainError(_("“{typed}” is no day that can be read."), typed=quoted(value)) from None


def _text(before: str, text: str) -> str:
    return shortened(f"{before} {_CODES.sub(' ', text)}")
