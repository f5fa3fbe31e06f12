"""What a row of a bank statement says, whatever its file looked like."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext as _

from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEN: Final = 100
"""Sen of one rupiah: banks reckon in them, interest has them, the ledger has not."""

LONGEST_TEXT: Final = 200
MOST_ROWS: Final = 20_000
"""Rows of one file; a busy account has as many in a month."""

MISTAKES_SHOWN: Final = 5

_NUMBERS: Final = re.compile(r"\d(?:[ .\-]?\d){7,}")
"""Runs of eight digits and more: account and telephone numbers of other people."""

_KEPT_DIGITS: Final = 4


class StatementRefusedError(DomainError):
    """The file is not taken; nothing of it is."""


class Line(NamedTuple):
    """One row: amounts are in sen, `balance` is what stood after it where the bank says so."""

    number: int
    day: date
    sen: int
    is_credit: bool
    text: str
    balance: int | None = None


class MarkedLine(NamedTuple):
    """A row with the mark by which it is known again in another file of the same account."""

    line: Line
    mark: str


def shortened(text: str) -> str:
    """Return what a bank wrote on one line, long numbers cut to their last four digits."""
    words = " ".join(text.replace("\x00", " ").split())
    return _NUMBERS.sub(_end_of_number, words)[:LONGEST_TEXT]


def _end_of_number(found: re.Match[str]) -> str:
    digits = "".join(filter(str.isdigit, found[0]))
    return f"…{digits[-_KEPT_DIGITS:]}"


def marked(lines: Iterable[Line]) -> Iterator[MarkedLine]:
    """Yield each row once, with its mark.

    Rows that read alike are the same row where the balance after them is the same too; otherwise
    they are counted: the second of two equal transfers of a day is another one in every file.
    """
    balances: dict[tuple[object, ...], list[int | None]] = {}
    for line in lines:
        said = line.day, line.is_credit, line.sen, line.text
        before = balances.setdefault(said, [])
        if line.balance is not None and line.balance in before:
            continue
        before.append(line.balance)
        yield MarkedLine(line, fingerprint(said=list(said), nth=len(before)))


def check_count(count: int) -> None:
    """Raise StatementRefusedError where a file has more rows than are read at once."""
    if count > MOST_ROWS:
        raise StatementRefusedError(
            _("The file has more than %(most)s rows. Export a shorter span, for example a month.")
            % {"most": number(MOST_ROWS)}
        )


def check_day(day: date, today: date) -> None:
    """Raise DomainError for a day that is still to come."""
    if day > today:
        raise DomainError(_("its day is still to come."))


class Mistakes:
    """What is wrong in a file, row by row; the file is refused once it was read."""

    def __init__(self) -> None:
        """Begin with none."""
        self.sentences: list[str] = []
        self.count = 0

    def add(self, number_of_row: int, why: DomainError) -> None:
        """Keep the first few and count all."""
        self.count += 1
        if len(self.sentences) < MISTAKES_SHOWN:
            row = _("Row %(row)s: %(why)s") % {"row": number_of_row, "why": why}
            self.sentences.append(row)

    def end(self) -> None:
        """Raise StatementRefusedError if there was any."""
        if not self.count:
            return
        more = self.count - len(self.sentences)
        rest = [_("%(more)s more rows are unclear.") % {"more": number(more)}] if more else []
        raise StatementRefusedError(
            " ".join([_("Nothing of the file was taken."), *self.sentences, *rest])
        )
