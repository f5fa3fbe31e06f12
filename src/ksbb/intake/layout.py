"""Where the table is in a sheet: its headings, and what the lines above it say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from typing import Final, NamedTuple

from ksbb.intake import private
from ksbb.intake.days import find_day
from ksbb.intake.files.sheets import Line
from ksbb.intake.headings import CORE, IGNORE, PLACES, Field, meaning
from ksbb.intake.rows import Answers
from ksbb.intake.words import Cell, is_empty, normal, plain, shown

SAMPLE: Final = 60
"""Lines that are looked at before the first row goes out."""
_DEEPEST_HEADING: Final = 60
_MOST_HEADING_LINES: Final = 3
_LEAST_FIELDS: Final = 2
_LONGEST_HEADING: Final = 80
_ENUMERATED: Final = re.compile(r"\(?\s*(\d{1,2}|[a-z])\s*\)?(\s*=.*)?", re.IGNORECASE)
_LEAST_ENUMERATED: Final = 3
_OFTEN: Final = 0.3
_MOSTLY: Final = 0.6
_NUMBERED: Final = re.compile(r"\d")

_END: Final = (
    r"(?=\s{2,}|\s*[,;:/|–]|\s+-\s|\s*$|\s+(?:kec|kel|kota|kab|bulan|tahun|rw|per|prov|provinsi"
    r"|tanggal|tgl|kecamatan|kelurahan|kabupaten|dki)\b)"
)
_NAMED: Final = r"\b\.?\s*:?\s*([a-z][a-z.' ]+?)"
_VILLAGE: Final = re.compile(rf"\b(?:kelurahan|kel|desa){_NAMED}{_END}", re.IGNORECASE)
_DISTRICT: Final = re.compile(rf"\b(?:kecamatan|kec){_NAMED}{_END}", re.IGNORECASE)
_CITY: Final = re.compile(
    r"\b((?:kota|kabupaten|kab)\b\.?\s*(?:administrasi|adm)?\b\.?\s*:?\s*[a-z][a-z. ]+?"
    rf"|jakarta\s+(?:pusat|utara|barat|selatan|timur)|kep(?:ulauan)?\.?\s+seribu){_END}",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Context:
    """What the title or the name of the sheet says about all rows below; as typed."""

    village: str = ""
    district: str = ""
    city: str = ""
    day: date | None = None

    def read_name(self, name: str, is_village: Callable[[str], object]) -> None:
        """Take what the name of the sheet says, if it names a kelurahan: "Kel. Klender"."""
        text = name.replace("_", " ")
        found = _VILLAGE.search(text)
        for said in (found[1] if found else "", text):
            if said and is_village(said):
                self.village = said
                return

    def read(self, line: Line) -> None:
        """Take what a line of the title says."""
        for cell in line.cells:
            text = cell if isinstance(cell, str) else plain(cell)
            if not text or len(text) > 300:  # noqa: PLR2004 - longer is no title
                continue
            for name, pattern in (("village", _VILLAGE), ("district", _DISTRICT), ("city", _CITY)):
                if found := pattern.search(text.replace("\n", "  ")):
                    setattr(self, name, found[1].strip(" .:"))
            self.day = find_day(text) or self.day


@dataclass(slots=True)
class Table:
    """The columns of a table: where each field is, and which columns are personal."""

    headings: list[str]
    """As typed, the lines of a heading joined."""
    columns: dict[Field, int] = field(default_factory=dict)
    private: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Column → what it holds, and whether the heading or the content told."""
    unknown: list[int] = field(default_factory=list)
    context: Context = field(default_factory=Context)

    @property
    def is_institutional(self) -> bool:
        """Whether its rows are institutions and not RW."""
        has = self.columns.keys()
        beside = {Field.KIND, Field.RESIDENTS, Field.POINT, Field.LAT, Field.ADDRESS}
        return Field.NAME in has and Field.KK_RENTAN not in has and bool(beside & has)

    @property
    def is_of_persons(self) -> bool:
        """Whether its rows are persons: identity numbers or names, and no count of families."""
        personal = {what for what, _ in self.private.values()}
        if Field.KK_RENTAN in self.columns or Field.KK in self.columns:
            return False
        if personal & {private.NIK, private.FAMILY_CARD}:
            return not self.is_institutional
        if self.columns.keys() & {Field.RESIDENTS, Field.NAME}:
            return False
        named = (at for at, (what, _) in self.private.items() if what == private.PERSON)
        return any(not private.is_contact(normal(self.headings[at])) for at in named)


class _Known(NamedTuple):
    answers: Answers
    hidden: frozenset[int]


def find_table(
    lines: Iterator[Line], context: Context, answers: Answers, hidden: frozenset[int]
) -> tuple[Table, Iterator[Line]] | None:
    """Return the next table and the lines below its heading.

    Where two columns hold the same, one that is not `hidden` is taken. None where no heading is
    found in the first lines that say anything.
    """
    known = _Known(answers, hidden)
    said = (line for line in lines if not all(map(is_empty, line.cells)))
    passed: list[Line] = []
    for line in islice(said, _DEEPEST_HEADING):
        if is_heading(line.cells):
            table, below = _with_lower_lines(line, passed[-1:], said, known)
            table.context = context
            return table, chain(below, lines)
        context.read(line)
        passed.append(line)
    return _with_few_words(passed, lines, context, known)


def _with_few_words(
    passed: list[Line], lines: Iterator[Line], context: Context, known: _Known
) -> tuple[Table, Iterator[Line]] | None:
    """Take the first line of several words of which only one is known; the rest is asked."""
    for at, line in enumerate(passed):
        words = [plain(cell) for cell in line.cells if not is_empty(cell)]
        fields = {meaning(normal(word))[0] for word in words if len(word) <= _LONGEST_HEADING}
        answered = {_FIELDS.get(known.answers.get(column_key(word), "")) for word in words}
        if len(words) >= _LEAST_FIELDS and (fields | answered) & CORE:
            rest = chain(passed[at + 1 :], lines)
            table, below = _with_lower_lines(line, passed[:at][-1:], rest, known)
            table.context = context
            return table, chain(below, rest)
    return None


def is_heading(cells: Sequence[Cell]) -> bool:
    """Tell whether a line names at least two columns, one of which is needed."""
    found = set()
    for cell in cells:
        if isinstance(cell, str) and cell and len(cell) <= _LONGEST_HEADING:
            what, personal = meaning(normal(cell))
            if personal:
                found.add(personal)
            elif what is not None and what != IGNORE:
                found.add(str(what))
    return len(found) >= _LEAST_FIELDS and bool(found & {*map(str, CORE), private.NIK})


def is_enumeration(cells: Sequence[Cell]) -> bool:
    """Tell whether a line only numbers the columns: (1) (2) (3)."""
    said = [plain(cell) for cell in cells if not is_empty(cell)]
    found = [_ENUMERATED.fullmatch(text) for text in said]
    if len(said) < _LEAST_ENUMERATED or not all(found):
        return False
    marks = [one[1] for one in found if one]
    ordered = (
        [str(number) for number in range(int(marks[0]), int(marks[0]) + len(marks))]
        if (marks[0].isdigit())
        else [chr(ord(marks[0].lower()) + at) for at in range(len(marks))]
    )
    return [mark.lower() for mark in marks] == ordered


def _with_lower_lines(
    line: Line, above: list[Line], lines: Iterator[Line], known: _Known
) -> tuple[Table, list[Line]]:
    """Join a heading of several lines; return the table and the sample below it."""
    headings = [plain(cell) for cell in line.cells]
    groups = _groups_above(headings, above)
    alone = list(headings)
    below: list[Line] = []
    depth = 1
    for lower in islice(lines, SAMPLE):
        if not below and depth < _MOST_HEADING_LINES and _continues(headings, lower.cells):
            headings, alone = _joined(headings, lower.cells)
            depth += 1
        else:
            below.append(lower)
    while below and is_enumeration(below[0].cells):
        below.pop(0)
    return _table(headings, alone, groups, below, known), below


def _groups_above(headings: list[str], above: list[Line]) -> list[str]:
    """Return for each column the heading of a group in the line above, "" where none is."""
    said = [plain(cell) for cell in above[0].cells] if above else []
    named = [at for at, text in enumerate(said) if text]
    if not named or (len(named) == 1 and (named[0] == 0 or len(said[named[0]]) > 40)):  # noqa: PLR2004
        return [""] * len(headings)
    groups, last = [], ""
    for at in range(len(headings)):
        last = (said[at] if at < len(said) else "") or last
        groups.append(last)
    return groups


def _continues(headings: list[str], cells: Sequence[Cell]) -> bool:
    """Tell whether a line goes on with the headings: words under groups or under empty cells."""
    named = [at for at, cell in enumerate(cells) if not is_empty(cell)]
    if not named or any(not isinstance(cells[at], str) for at in named):
        return False
    if any(_NUMBERED.search(plain(cells[at])) for at in named):
        return False
    return all(_is_open(headings, at) for at in named)


def _is_open(headings: list[str], at: int) -> bool:
    """Tell whether a column has no heading of its own, or one that reaches over the next."""
    if at >= len(headings) or not headings[at]:
        return True
    return at + 1 < len(headings) and not headings[at + 1]


def _joined(headings: list[str], cells: Sequence[Cell]) -> tuple[list[str], list[str]]:
    """Return full headings, and the lowest words alone."""
    lower = [plain(cell) for cell in cells]
    width = max(len(headings), len(lower))
    upper = [*headings, *[""] * (width - len(headings))]
    lower = [*lower, *[""] * (width - len(lower))]
    full, alone, group = [], [], ""
    for top, word in zip(upper, lower, strict=True):
        group = top or group
        full.append(f"{group} {word}".strip() if word else top)
        alone.append(word or top)
    return full, alone


def _table(
    headings: list[str],
    alone: list[str],
    groups: list[str],
    below: list[Line],
    known: _Known,
) -> Table:
    table = Table(headings=headings)
    for at in sorted(range(len(headings)), key=lambda at: (at in known.hidden, at)):
        heading = headings[at]
        what, personal = _meaning_of(heading, alone[at], groups[at] if at < len(groups) else "")
        answer = known.answers.get(column_key(heading))
        if answer is not None:
            what, personal = _FIELDS.get(answer, IGNORE), None
        told = "heading"
        if what not in {*PLACES, Field.RW, Field.DAY} and not personal:
            share = _MOSTLY if isinstance(what, Field) else _OFTEN
            personal = private.by_content(
                (line.cells[at] for line in below if at < len(line.cells)), share=share
            )
            if _is_names(heading, below, at):
                personal = private.PERSON
            told = "content"
        if personal:
            table.private[at] = (personal, told)
        elif isinstance(what, Field):
            table.columns.setdefault(what, at)
        elif what is None and heading:
            table.unknown.append(at)
    _name_or_person(table)
    return table


def _is_names(heading: str, below: list[Line], at: int) -> bool:
    """Tell whether a column "Kepala Keluarga" holds names and not how many there are."""
    if "kepala" not in normal(heading):
        return False
    said = [plain(line.cells[at]) for line in below if at < len(line.cells)]
    names = [text for text in said if text and not any(map(str.isdigit, text))]
    return 2 * len(names) > len([text for text in said if text])


_FIELDS: Final[dict[str, Field]] = {str(one): one for one in Field}


def column_key(heading: str) -> str:
    """Return the key of the question what a column holds."""
    return f"column:{normal(shown(heading))}"


def _meaning_of(heading: str, alone: str, group: str) -> tuple[Field | str | None, str | None]:
    """Take the first that tells: the whole heading, with its group, the lowest words alone."""
    for text in (heading, f"{group} {heading}" if group else "", alone):
        form = normal(text)
        if form == "nama":
            return None, None
        what, personal = meaning(form) if form else (None, None)
        if what is not None or personal:
            return what, personal
    return None, None


def _name_or_person(table: Table) -> None:
    """Say of a column called only "Nama" whether it names institutions or persons."""
    for at in [at for at in table.unknown if normal(table.headings[at]) == "nama"]:
        table.unknown.remove(at)
        personal = {what for what, _ in table.private.values()}
        is_institution = table.columns.keys() & {Field.KIND, Field.POINT, Field.LAT} or (
            Field.RESIDENTS in table.columns and not personal & {private.NIK, private.FAMILY_CARD}
        )
        if is_institution and Field.NAME not in table.columns:
            table.columns[Field.NAME] = at
        else:
            table.private[at] = (private.PERSON, "heading")
