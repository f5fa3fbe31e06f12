"""From the lines below a heading to rows: what is common to RW, institutions and persons."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from ksbb.intake import private
from ksbb.intake.counts import read_count
from ksbb.intake.days import read_day
from ksbb.intake.files.sheets import Line
from ksbb.intake.ground import Ground
from ksbb.intake.headings import COUNTS, IGNORE, PLACES, Field
from ksbb.intake.kinds import Kinds
from ksbb.intake.layout import Table, column_key, is_enumeration, is_heading
from ksbb.intake.places import Located, Places, Typed
from ksbb.intake.reasons import Code, because
from ksbb.intake.rows import (
    Answers,
    Choice,
    Question,
    QuestionKind,
    Reason,
    Row,
    Status,
    Summary,
)
from ksbb.intake.rw_cells import MISSING, Numbered, read_rw, rw_inside
from ksbb.intake.seen import Seen
from ksbb.intake.words import Cell, is_empty, normal, plain, shown

K = TypeVar("K")
V = TypeVar("V")

_MOST_KEPT: Final = 50_000
"""Readings of cells that are kept; a file with more different ones begins anew."""
_FEW: Final = 2
_TOTAL: Final = re.compile(
    r"^\W*(sub ?-?\s?total|jumlah|jml|jmlh|total|grand ?total|rata ?-?rata|rekap|rekapitulasi)\b",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"^\W*(mengetahui|lurah|camat|walikota|wali kota|bupati|plt|plh|a\.?n\.?|ttd|tertanda|nip\b"
    r"|kepala (seksi|dinas|suku|kantor)|sekretaris|dibuat|dicetak|sumber|catatan|keterangan"
    r"|jakarta\s*,|disusun|diperiksa|disetujui)",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(r"^\W*(kelurahan|kel\b|kecamatan|kec\b|kota|kabupaten)", re.IGNORECASE)
_REVISED: Final = re.compile(r"\b(revisi|rev|koreksi|ralat|perbaikan|pembaruan)\b", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Desk:
    """What is kept over the whole file."""

    ground: Ground
    places: Places
    kinds: Kinds
    answers: Answers
    summary: Summary
    seen: Seen = field(default_factory=Seen)
    institutions: dict[tuple[str, str], str] = field(default_factory=dict)
    chosen: dict[str, list[tuple[frozenset[str], str]]] = field(default_factory=dict)
    """Place → pairs of figures between which somebody chose, and the choice."""


class NewTable(Exception):  # noqa: N818 - no error: the sheet goes on with other columns
    """A line that is the heading of another table."""

    def __init__(self, line: Line) -> None:
        """Keep the line."""
        super().__init__()
        self.line = line


class Lines:
    """Sorts the lines of one table: rows go on, the rest is passed over or ends the table."""

    def __init__(self, sheet: str, table: Table, desk: Desk) -> None:
        """Prepare the places of the columns."""
        self.sheet = sheet
        self.table = table
        self.desk = desk
        columns = table.columns
        self._places = [columns.get(one, -1) for one in PLACES]
        self._village_at = columns.get(Field.VILLAGE, -1)
        self._rw = columns.get(Field.RW, -1)
        self._day = columns.get(Field.DAY, -1)
        self._remark = columns.get(Field.REMARK, -1)
        self._counts = [at for one in COUNTS if (at := columns.get(one, -1)) >= 0]
        self._located: dict[tuple[object, ...], Located] = {}
        self.numbers: dict[Cell, Numbered] = {}
        self.days: dict[Cell, tuple[date | None, tuple[Reason, ...]]] = {}
        self.totals: dict[str, bool] = {}
        has = columns.keys()
        self._names_villages = bool(has & {Field.VILLAGE, Field.PLACE})
        self._names_districts = Field.DISTRICT in has
        self._names_cities = Field.CITY in has
        self._says_more = bool(table.private) or Field.REMARK in has
        self._heading = [normal(heading) for heading in table.headings]
        self._dropping: dict[tuple[str, ...], tuple[Reason, ...]] = {}
        self.dropped: Counter[int] = Counter()
        self._village: Cell = ""
        self._district: Cell = ""
        self._city: Cell = ""
        self._before: Cell = ""
        self._repeats = False
        self._passed: list[Cell] | None = None
        self._is_over = False
        self.column_question = self._ask_column()

    # Sorting.

    def sort(self, line: Line) -> Row | bool:
        """Return True for a row to be read, False for nothing, or a finished row (a total).

        Raises `NewTable` for the heading of another table.
        """
        cells = line.cells
        first = cells[0] if cells and cells[0] else next(filter(None, cells), "")
        if isinstance(first, str) and not first[:1].isdecimal():
            if self._is_total(first):
                self._catch_up()
                self._village = ""
                self._is_over = True
                return Row(self.sheet, line.number, Status.SKIP, (because(Code.TOTAL),))
            if not first.strip() and all(map(is_empty, cells)):
                return False
        if self.numbered(line).number is not None:
            self._is_over = False
            return True
        return self._unusual(line)

    def _is_total(self, text: str) -> bool:
        found = self.totals.get(text)
        if found is None:
            found = _TOTAL.match(text) is not None
            keep(self.totals, text, found)
        return found

    def _unusual(self, line: Line) -> bool:
        """Sort a line without an RW number."""
        said = [cell for cell in line.cells if not is_empty(cell)]
        if is_enumeration(line.cells):
            return False
        if self._may_be_heading(line) and is_heading(line.cells):
            if self._is_repeated(line):
                return False
            raise NewTable(line)
        if self._is_section(line, said):
            self._begin_section(line)
            return False
        if self._says_something(line):
            return True
        if any(isinstance(cell, str) and _SIGNED.match(cell) for cell in said):
            self._is_over = True
            return False
        return len(said) > _FEW or not (self._is_over or not self.located(line).code)

    def _is_section(self, line: Line, said: list[Cell]) -> bool:
        """Tell whether a line of one cell names the kelurahan or kecamatan of the rows below."""
        if len(said) != 1 or not isinstance(said[0], str) or not _SECTION.match(said[0]):
            return False
        return all(is_empty(self.cell(line, at)) for at in (self._rw, *self._counts))

    def _may_be_heading(self, line: Line) -> bool:
        """Tell cheaply whether a line may be a heading: no digits, or the same word as ours."""
        for cell, heading in zip(line.cells, self._heading, strict=False):
            if not is_empty(cell):
                if isinstance(cell, str) and normal(cell) == heading:
                    return True
                break
        return not any(any(map(str.isdigit, plain(cell))) for cell in line.cells)

    def _says_something(self, line: Line) -> bool:
        """Tell whether a line holds a count that can be read, or names an institution."""
        if not is_empty(self.cell(line, self.table.columns.get(Field.NAME, -1))):
            return True
        cells = (self.cell(line, at) for at in self._counts)
        return any(read_count(cell, "kk").value is not None for cell in cells)

    def _is_repeated(self, line: Line) -> bool:
        said = [normal(plain(cell)) for cell in line.cells if not is_empty(cell)]
        return all(any(word in heading for heading in self._heading) for word in said)

    def _begin_section(self, line: Line) -> None:
        self._catch_up()
        context = self.table.context
        before = context.village, context.district, context.city
        context.read(line)
        if (context.village, context.district, context.city) != before:
            self._village = self._district = self._city = ""
            if context.district != before[1]:
                context.village = "" if context.village == before[0] else context.village

    # Cells.

    def cell(self, line: Line, at: int) -> Cell:
        """Return a cell, "" where the line is shorter or the column is not there."""
        return line.cells[at] if 0 <= at < len(line.cells) else ""

    def numbered(self, line: Line) -> Numbered:
        """Return the RW."""
        if self._rw < 0:
            return self._named_inside(line)
        cells = line.cells
        cell = cells[self._rw] if self._rw < len(cells) else ""
        if not cell and self._rw in line.fills:
            cell = line.fills[self._rw]
        found = self.numbers.get(cell)
        if found is None:
            found = read_rw(cell)
            keep(self.numbers, cell, found)
        return found

    def _named_inside(self, line: Line) -> Numbered:
        """Return the RW from the cell of the kelurahan, in a table without a column for it."""
        for at in (self._village_at, self.table.columns.get(Field.PLACE, -1)):
            found = rw_inside(plain(self.cell(line, at)))
            if found.number is not None:
                return found
        return MISSING

    def located(self, line: Line) -> Located:
        """Return the kelurahan, from the row, the merged cells, the rows above or the title."""
        cells = line.cells
        width = len(cells)
        key = tuple([cells[at] if 0 <= at < width else "" for at in self._places])
        code, city, district, village, place = key
        if (
            line.fills
            or (self._names_villages and not (village or place))
            or (self._names_districts and not district)
            or (self._names_cities and not city)
        ):
            return self._filled(line, key)
        self._passed = None
        self._remember(village, district, city)
        found = self._located.get(key)
        if found is None:
            found = self._find(code, plain(village), plain(place), plain(district), plain(city))
            keep(self._located, key, found)
        return found

    def _filled(self, line: Line, key: tuple[Cell, ...]) -> Located:
        """Fill what is empty from merged cells and from above."""
        self._catch_up()
        texts = []
        merged = False
        for at, cell in zip(self._places, key, strict=True):
            if is_empty(cell) and at in line.fills:
                cell, merged = line.fills[at], True  # noqa: PLW2901
            texts.append(cell)
        code, city, district, village, place = texts
        city, district, village, place = map(plain, (city, district, village, place))
        if district and normal(district) != normal(plain(self._district)):
            self._village = village
        above = ""
        if not village and not place and is_empty(code) and self._village:
            above = village = plain(self._village)
        soft_district = "" if district else plain(self._district)
        soft_city = "" if city else plain(self._city)
        reason = self._above(above, village or place, merged=merged)
        wholly = (code, city, district, village, place, soft_district, soft_city, reason)
        self._remember(village if not above else "", district, city)
        found = self._located.get(wholly)
        if found is None:
            found = self._find(code, village, place, district, city, soft_district, soft_city)
            if reason and found.code:
                said = because(reason, name=found.name)
                found = found._replace(reasons=(*found.reasons, said))
            keep(self._located, wholly, found)
        return found

    def _above(self, above: str, village: str, *, merged: bool) -> Code | None:
        """Say where the name came from: a gap in a column that repeats its names is a guess."""
        if above:
            return Code.FROM_ROW_ABOVE if self._repeats else Code.FROM_MERGED_CELL
        return Code.FROM_MERGED_CELL if merged and village else None

    def pass_by(self, cells: list[Cell]) -> None:
        """Take note of a row that was read quickly, whose places may fill the rows below."""
        at = self._village_at
        if at >= 0:
            village = cells[at]
            if village == self._before:
                self._repeats = True
            else:
                self._before = village
        self._passed = cells
        self._is_over = False

    def _catch_up(self) -> None:
        """Remember the places of the last row that was read quickly."""
        if self._passed is not None:
            cells, self._passed = self._passed, None
            places = [cells[at] if at >= 0 else "" for at in self._places]
            _, city, district, village, place = places
            self._village = village or place
            self._district, self._city = district or self._district, city or self._city

    def _remember(self, village: Cell, district: Cell, city: Cell) -> None:
        if village:
            if village == self._before:
                self._repeats = True
            self._before = self._village = village
        else:
            self._before = ""
        if district:
            self._district = district
        if city:
            self._city = city

    def _find(
        self,
        code: Cell,
        village: str,
        place: str,
        district: str,
        city: str,
        soft_district: str = "",
        soft_city: str = "",
    ) -> Located:
        context = self.table.context
        has_name = village or place or not is_empty(code)
        return self.desk.places.find(
            Typed(
                code=code,
                village=village if has_name else context.village,
                place=place,
                district=district,
                city=city,
                soft_district=soft_district or context.district,
                soft_city=soft_city or context.city or self.sheet,
            )
        )

    def day(self, line: Line) -> tuple[date | None, tuple[Reason, ...]]:
        """Return the day of the count, the title's where the row has none, and remarks."""
        if self._day < 0:
            return self.table.context.day, ()
        cell = self.cell(line, self._day)
        found = self.days.get(cell)
        if found is None:
            day = read_day(cell)
            is_said = any(map(str.isalnum, plain(cell)))
            unread = (because(Code.DAY_UNREADABLE, typed=shown(cell)),)
            found = (day, unread if is_said and day is None else ())
            keep(self.days, cell, found)
        return found if found[0] else (self.table.context.day, found[1])

    def remarks(self, line: Line) -> tuple[Reason, ...]:
        """Return what else is to be said: hidden, revised, personal data left out."""
        if not self._says_more and not line.is_hidden:
            return ()
        reasons: tuple[Reason, ...] = ()
        if line.is_hidden:
            reasons = (because(Code.HIDDEN_ROW),)
        if self._remark >= 0:
            cell = self.cell(line, self._remark)
            if isinstance(cell, str) and (found := _REVISED.search(cell)):
                reasons = (*reasons, because(Code.REVISED, typed=found[0]))
        return (*reasons, *self._drop(line)) if self.table.private else reasons

    def _drop(self, line: Line) -> tuple[Reason, ...]:
        kinds = []
        for at, (what, _) in self.table.private.items():
            if at < len(line.cells) and private.is_said(line.cells[at]):
                self.dropped[at] += 1
                kinds.append(what)
        if not kinds:
            return ()
        key = tuple(dict.fromkeys(kinds))
        if key not in self._dropping:
            self._dropping[key] = (because(Code.DROPPED, what=",".join(key)),)
        return self._dropping[key]

    # The question about a column.

    def _ask_column(self) -> Question | None:
        """Ask what an unknown column holds, where something needed has no column."""
        table = self.table
        has = table.columns.keys()
        if table.is_of_persons or not table.unknown:
            return None
        is_placed = has & {Field.CODE, Field.VILLAGE, Field.PLACE} or table.context.village
        needed = bool(is_placed) and (
            table.is_institutional or (Field.RW in has and bool(has & {Field.KK_RENTAN}))
        )
        if needed:
            return None
        questions = [self._about_column(table.headings[at]) for at in table.unknown]
        self.desk.summary.questions.extend(questions)
        return questions[0]

    def _about_column(self, heading: str) -> Question:
        choices = (*(Choice(str(one)) for one in Field), Choice(IGNORE))
        return Question(column_key(heading), QuestionKind.COLUMN, shown(heading), choices)


def keep(kept: dict[K, V], key: K, value: V) -> None:
    """Keep a reading, in a dictionary that never grows beyond all bounds."""
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = value
