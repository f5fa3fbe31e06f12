"""What comes out of a file: rows with a status, reasons as data, questions with choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

Values = Mapping[str, str | int | float]

Answers = Mapping[str, str]
"""Question.key → Choice.value, as people answered; answers to unknown questions do no harm.

Keys do not name the file, so what one file taught holds for the next one of the same sender.
"""

AREA: Final = "rw"
"""The kind of a row about an RW. Other kinds are slugs of target kinds, such as "pesantren"."""


class Status(StrEnum):
    """What becomes of a row, from the best to the worst."""

    ACCEPT = "accept"
    """Goes in as read."""
    WARN = "warn"
    """Goes in as read, but somebody should look; its question, where it has one, is optional."""
    ASK = "ask"
    """Goes in once its question is answered."""
    HOLD = "hold"
    """Stays out: somebody must change the source, or decide outside the file."""
    CONFLICT = "conflict"
    """Says of a place something else than an earlier row; its question asks which one holds."""
    SKIP = "skip"
    """Says nothing new: a total, or the same as an earlier row."""
    REJECT = "reject"
    """Cannot be: no such place, an impossible number, outside the area."""
    PRIVACY = "privacy"
    """Is about a person and not about a place; nothing of it was kept."""


class Reason(NamedTuple):
    """Why a row has its status, or what was done to read it.

    `values` are for the sentence (what was typed, what it was read as); they hold no personal
    data. The codes are listed in `reasons`.
    """

    code: str
    values: Values = MappingProxyType({})


class Choice(NamedTuple):
    """One answer: its value, and for the label either a place (code and name) or a code of ours.

    For kelurahan `value` is the code and `label` the name with what lies around it. For all other
    questions `label` is empty or what the file itself says, and `value` names the meaning.
    """

    value: str
    label: str = ""


class QuestionKind(StrEnum):
    """What is asked; in brackets the values of the choices."""

    COLUMN = "column"
    """What does this column hold? (a `headings.Field` value, or "ignore")"""
    KELURAHAN = "kelurahan"
    """Which kelurahan is meant? (its code, or "none")"""
    CODES = "codes"
    """Are these the codes of BPS? ("bps", or "kemendagri")"""
    RW = "rw"
    """Does this RW, which no list knows, exist? ("exists", or "none")"""
    WHICH_ROW = "which_row"
    """Which of two rows about one place holds? (the figures of the row, see `figures_of`)"""
    KIND = "kind"
    """What kind of institution is this? (slug of a target kind, or "none")"""


class Question(NamedTuple):
    """Something only a person can say. The same key everywhere the same answer holds."""

    key: str
    kind: QuestionKind
    subject: str
    """What the file says: the name, heading, code or place that is in doubt."""
    choices: tuple[Choice, ...]


class Row(NamedTuple):
    """One row of the file as it was understood. `None` is "not said", which is never zero."""

    sheet: str
    """Name of the sheet; of a csv file the file's name without its ending."""
    source_row: int
    """Line in the sheet as a spreadsheet program counts it, from 1."""
    status: Status
    reasons: tuple[Reason, ...] = ()
    kind: str = AREA
    kelurahan_code: str = ""
    """Kemendagri code as stored, `31.75.07.1001`; empty where it could not be told."""
    rw: int | None = None
    kk: int | None = None
    """All families of the place."""
    kk_rentan: int | None = None
    """Vulnerable families: what needs are reckoned from."""
    residents: int | None = None
    name: str = ""
    """Of an institution; empty for an RW."""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    as_of: date | None = None
    """The day the count was taken, from the row or from the title of the sheet."""
    question: Question | None = None

    @property
    def code(self) -> str:
        """The RW's region code, `31.75.07.1001.004`; empty where part of it is not known."""
        if self.kind != AREA or not self.kelurahan_code or self.rw is None:
            return ""
        return f"{self.kelurahan_code}.{self.rw:03d}"


def figures_of(row: Row) -> str:
    """Return the figures of a row as the answer to "which of two rows holds": `994/78/`."""
    return "/".join("" if count is None else str(count) for count in row[7:10])


class DroppedColumn(NamedTuple):
    """A column, or single cells of one, that was recognised as personal and not kept."""

    sheet: str
    heading: str
    what: str
    """`nik`, `kk_number`, `person` (a name), `phone`, `email` or `private` (birth, bank …)."""
    by: str
    """`heading`, or `content` where the heading did not tell."""
    cells: int
    """How many cells were dropped."""


@dataclass(slots=True)
class Summary:
    """What else there is to say about the file; complete when all its rows have been taken."""

    sheets: list[str] = field(default_factory=list)
    """The sheets in which rows were found."""
    empty_sheets: list[str] = field(default_factory=list)
    """Sheets without a table."""
    hidden_sheets: list[str] = field(default_factory=list)
    """Sheets that the sender had hidden; they are read like all others."""
    dropped: list[DroppedColumn] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    """Questions about columns of the file as a whole, each once."""
    progress: float = 0.0
    """How much of the file has been read, 0.0 to 1.0."""

    def drop(self, sheet: str, heading: str, what: str, by: str, cells: int) -> None:
        """Note a personal column; columns in which nothing was said are not worth a word."""
        if cells:
            self.dropped.append(DroppedColumn(sheet, heading, what, by, cells))
