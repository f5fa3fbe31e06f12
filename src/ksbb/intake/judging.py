"""What becomes of each row: RW, institutions and persons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from operator import itemgetter
from typing import Final

from ksbb.intake import sanity
from ksbb.intake.counts import Counted, read_count
from ksbb.intake.files.sheets import Line
from ksbb.intake.ground import Count
from ksbb.intake.headings import PLACES, Field
from ksbb.intake.kinds import core_name
from ksbb.intake.layout import Table
from ksbb.intake.places import NONE, Located
from ksbb.intake.points import Pointed, kilometres, read_pair, read_point
from ksbb.intake.reasons import Code, because, weigh
from ksbb.intake.rows import (
    AREA,
    Choice,
    Question,
    QuestionKind,
    Reason,
    Row,
    Status,
    figures_of,
)
from ksbb.intake.rw_cells import HIGHEST, Numbered
from ksbb.intake.seen import Earlier
from ksbb.intake.tables import Desk, Lines, keep
from ksbb.intake.words import Cell, is_empty, normal, plain, shown

_FAR_KM: Final = 10.0
_LONGEST_NAME: Final = 160
_LONGEST_CORE: Final = 60
_LONGEST_ADDRESS: Final = 240
_EXISTS: Final = "exists"
_OF_A_MISSING_COLUMN: Final = {Code.NO_PLACE, Code.RW_MISSING, Code.NO_COUNT}
_GOING_IN: Final = {Status.ACCEPT, Status.WARN, Status.ASK}
_FILLED: Final = (Field.VILLAGE, Field.PLACE, Field.DISTRICT, Field.CITY)
_NOTHING_COUNTED: Final = Count()
_NO_DAY: Final[tuple[date | None, tuple[Reason, ...]]] = (None, ())
_COUNT_FIELDS: Final = (Field.KK, Field.KK_RENTAN, Field.RESIDENTS)


def judged(sheet: str, table: Table, desk: Desk, lines: Iterator[Line]) -> Iterator[Row]:
    """Yield the rows of one table. Raises `tables.NewTable` where another one begins."""
    sorter = Lines(sheet, table, desk)
    try:
        if table.is_of_persons:
            yield from _each(sorter, Persons(sorter).read, lines)
        elif table.is_institutional:
            yield from _each(sorter, Institutions(sorter).read, lines)
        else:
            yield from Areas(sorter).read_all(lines)
    finally:
        for at, (what, by) in table.private.items():
            desk.summary.drop(sheet, shown(table.headings[at]), what, by, sorter.dropped[at])


def _each(sorter: Lines, read: Callable[[Line], Row], lines: Iterator[Line]) -> Iterator[Row]:
    for line in lines:
        found = sorter.sort(line)
        if found is True:
            yield read(line)
        elif found:
            yield found


class _Counts:
    """Reads the three counts, each different cell once."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._columns = [lines.table.columns.get(one, -1) for one in _COUNT_FIELDS]
        self._rw = lines.table.columns.get(Field.RW, -1)
        self._kept: tuple[dict[Cell, Counted], ...] = ({}, {}, {})

    def known(self, cells: list[Cell]) -> list[int | None] | None:
        """Return the counts where each cell was read before and nothing is to be said of any."""
        values: list[int | None] = []
        for at, kept in zip(self._columns, self._kept, strict=True):
            if at < 0:
                values.append(None)
                continue
            found = kept.get(cells[at])
            if found is None or found[1]:
                return None
            values.append(found[0])
        return values

    def read(self, line: Line) -> tuple[list[int | None], tuple[Reason, ...]]:
        """Return kk, kk_rentan and residents, and what is to be said about them."""
        values: list[int | None] = []
        reasons: tuple[Reason, ...] = ()
        cells = line.cells
        width = len(cells)
        for at, kept, field in zip(self._columns, self._kept, _COUNT_FIELDS, strict=True):
            cell = cells[at] if 0 <= at < width else ""
            found = kept.get(cell)
            if found is None:
                found = read_count(cell, field.value)
                keep(kept, cell, found)
            values.append(found[0])
            if found[1]:
                reasons += found[1]
            if line.fills and at in line.fills and self._rw not in line.fills:
                reasons += (because(Code.COUNT_MERGED, field=field.value),)
        return values, reasons


class Areas:
    """Rows about an RW each."""

    def __init__(self, lines: Lines) -> None:
        """Prepare what is asked of every row."""
        self._lines = lines
        self._desk = lines.desk
        self._counts = _Counts(lines)
        self._rt = lines.table.columns.get(Field.RT, -1)
        self._rws = lines.desk.ground.rws
        self._quickly = _Quickly(lines, self._counts)

    def read_all(self, lines: Iterator[Line]) -> Iterator[Row]:
        """Yield the rows; those of which all cells are known and plain, without ceremony."""
        quickly = self._quickly
        for line in lines:
            row = quickly.read(line) if quickly.can else None
            if row is not None:
                yield row
                continue
            found = self._lines.sort(line)
            if found is True:
                yield self.read(line)
            elif found:
                yield found

    def read(self, line: Line) -> Row:
        """Return the row with its status."""
        lines = self._lines
        located = lines.located(line)
        self._quickly.learn(line, located)
        numbered = lines.numbered(line)
        number = numbered.number
        if number is None and located.rw:
            numbered, number = Numbered(located.rw), located.rw
        (kk, kk_rentan, residents), counted = self._counts.read(line)
        day, dayed = lines.day(line)
        reasons = located.reasons + numbered.reasons + counted + dayed + lines.remarks(line)
        question = lines.column_question or located.question
        if number is not None and number not in self._rws.get(located.code, ()):
            further, asked = self._unknown(located, number)
            if further:
                reasons, question = (*reasons, *further), question or asked
        if kk_rentan is None:
            reasons += self._missing(kk, counted)
        if kk is not None:
            reasons += sanity.within_row(kk, kk_rentan, residents)
        if self._rt >= 0 or numbered.has_rt:
            reasons += self._per_rt(line, numbered)
        if lines.column_question:
            heading = lines.column_question.subject
            reasons = tuple(one for one in reasons if one.code not in _OF_A_MISSING_COLUMN)
            reasons += (because(Code.COLUMN_UNKNOWN, heading=heading),)
        row = Row(
            lines.sheet,
            line.number,
            weigh(reasons) if reasons else Status.ACCEPT,
            reasons,
            AREA,
            located.code,
            number,
            kk,
            kk_rentan,
            residents,
            as_of=day,
            question=question,
        )
        return self._placed(row) if located.code and number is not None else row

    def _unknown(self, located: Located, number: int) -> tuple[tuple[Reason, ...], Question | None]:
        """Judge an RW that is on no list; a list with great gaps is none."""
        known = self._rws.get(located.code)
        last = max(known, default=0) if known else 0
        is_list = known is not None and len(known) * 2 >= last > 0
        highest = max(2 * last, last + 20) if is_list else HIGHEST
        if number > highest:
            return (because(Code.RW_OUT_OF_RANGE, rw=f"{number:03d}"),), None
        return self._asked_about(located, number, last) if is_list else ((), None)

    def _asked_about(
        self, located: Located, number: int, last: int
    ) -> tuple[tuple[Reason, ...], Question | None]:
        key = f"rw:{located.code}.{number:03d}"
        answer = self._desk.answers.get(key)
        if answer == _EXISTS:
            return (because(Code.ANSWERED),), None
        if answer == NONE:
            return (because(Code.ANSWERED_NONE),), None
        subject = f"RW {number:03d}, {located.name}"
        question = Question(key, QuestionKind.RW, subject, (Choice(_EXISTS), Choice(NONE)))
        reason = because(Code.RW_UNKNOWN, rw=f"{number:03d}", name=located.name, last=f"{last:03d}")
        return (reason,), question

    def _missing(self, kk: int | None, counted: tuple[Reason, ...]) -> tuple[Reason, ...]:
        """Say that the count is missing, unless the remarks say so already."""
        fields = {reason.values.get("field") for reason in counted}
        if "kk_rentan" in fields or (kk is None and fields):
            return ()
        return (because(Code.NO_COUNT),)

    def _per_rt(self, line: Line, numbered: Numbered) -> tuple[Reason, ...]:
        said = numbered.has_rt or any(map(str.isdigit, plain(self._lines.cell(line, self._rt))))
        return (because(Code.PER_RT),) if said else ()

    def _placed(self, row: Row) -> Row:
        """Compare a row whose place is known with what was said of the place before."""
        number = row.rw
        if row.status not in _GOING_IN or number is None:
            return row
        seen, counts = self._desk.seen, (row.kk, row.kk_rentan, row.residents)
        earlier = seen.area(row.kelurahan_code, number)
        if self._desk.chosen and (chosen := _chosen(self._desk, row, row.code)):
            if chosen.status is Status.SKIP:
                return chosen
            row, earlier = chosen, None
        if earlier is not None:
            return _repeated(row, earlier, row.code, f"RW {number:03d}")
        seen.add_area(row.kelurahan_code, number, row.sheet, row.source_row, counts)
        known = self._rws.get(row.kelurahan_code)
        last = known.get(number) if known else None
        return sanity.against_last(row, last) if last else row


class _Quickly:
    """The short way for rows like those before: every cell known, nothing to be said.

    Nine of ten rows of a large file go here, and give what the long way would give.
    """

    def __init__(self, lines: Lines, counts: _Counts) -> None:
        self._lines = lines
        self._counts = counts
        self._seen = lines.desk.seen
        self._rws = lines.desk.ground.rws
        columns = lines.table.columns
        self._rw = columns.get(Field.RW, -1)
        self._day = columns.get(Field.DAY, -1)
        places = [columns[one] for one in PLACES if one in columns]
        self._place_of = itemgetter(*places) if places else None
        self._needed = [columns[one] for one in _FILLED if one in columns]
        self._width = max(columns.values(), default=0) + 1
        self._first_is_place = 0 in places
        self._places: dict[object, str] = {}
        self.can = (
            bool(self._needed or Field.CODE in columns)
            and self._rw >= 0
            and not (lines.table.private or lines.column_question or lines.desk.chosen)
            and not columns.keys() & {Field.RT, Field.REMARK}
        )

    def learn(self, line: Line, located: Located) -> None:
        """Keep a place that was told by the cells of its row alone, and without remarks."""
        cells = line.cells
        if not self.can or not located.code or located.reasons or located.rw:
            return
        if line.fills or len(cells) < self._width or not all(cells[at] for at in self._needed):
            return
        if self._place_of:
            keep(self._places, self._place_of(cells), located.code)

    def read(self, line: Line) -> Row | None:
        """Return the row, or None where it has to go the long way."""
        number, cells, fills, is_hidden = line
        if fills or is_hidden or len(cells) < self._width or not self._place_of:
            return None
        code = self._places.get(self._place_of(cells))
        numbered = self._lines.numbers.get(cells[self._rw])
        if code is None or numbered is None or numbered[1] or self._may_be_total(cells[0]):
            return None
        rw, counts = numbered[0], self._counts.known(cells)
        if rw is None or counts is None or not self._is_plain(code, rw, counts):
            return None
        day, dayed = self._lines.days.get(cells[self._day], _NO_DAY) if self._day >= 0 else _NO_DAY
        if dayed or (self._day >= 0 and day is None):
            return None
        kk, kk_rentan, residents = counts
        sheet = self._lines.sheet
        if self._seen.meet(code, rw, sheet, number, (kk, kk_rentan, residents)):
            return None
        self._lines.pass_by(cells)
        if self._day < 0:
            day = self._lines.table.context.day
        return Row(
            sheet,
            number,
            Status.ACCEPT,
            (),
            AREA,
            code,
            rw,
            kk,
            kk_rentan,
            residents,
            "",
            "",
            None,
            None,
            day,
        )

    def _may_be_total(self, first: Cell) -> bool:
        if self._first_is_place:
            return False
        if not isinstance(first, str):
            return first is None
        return not first[:1].isdecimal() and self._lines.totals.get(first) is not False

    def _is_plain(self, code: str, rw: int, counts: list[int | None]) -> bool:
        """Tell whether RW and counts are such that nothing is to be compared or said."""
        kk, kk_rentan, residents = counts
        if kk_rentan is None or (kk is not None and (kk_rentan > kk or residents is not None)):
            return False
        known = self._rws.get(code)
        if known is None:
            return rw <= HIGHEST
        return rw in known and known[rw] == _NOTHING_COUNTED


class Institutions:
    """Rows about a home or school each."""

    def __init__(self, lines: Lines) -> None:
        """Prepare the columns."""
        self._lines = lines
        self._desk = lines.desk
        self._counts = _Counts(lines)
        self._at = {one: lines.table.columns.get(one, -1) for one in Field}

    def read(self, line: Line) -> Row:
        """Return the row with its status."""
        lines = self._lines
        located = lines.located(line)
        name = self._text(line, Field.NAME, _LONGEST_NAME)
        slug, kind_question, kinded = self._kind(line, name)
        (_, _, residents), counted = self._counts.read(line)
        day, dayed = lines.day(line)
        point = self._point(line, located)
        reasons = (
            *located.reasons,
            *(() if name else (because(Code.NAME_MISSING),)),
            *kinded,
            *counted,
            *point.reasons,
            *dayed,
            *lines.remarks(line),
        )
        is_nowhere = point.lat == point.lon == 0
        if is_nowhere and not located.code:
            reasons = (*reasons, because(Code.NOWHERE))
        row = Row(
            sheet=lines.sheet,
            source_row=line.number,
            status=weigh(reasons),
            reasons=reasons,
            kind=slug,
            kelurahan_code=located.code,
            residents=residents,
            name=self._desk.institutions.get((located.code, core_name(name)), name),
            address=self._text(line, Field.ADDRESS, _LONGEST_ADDRESS),
            lat=None if is_nowhere and located.code else point.lat,
            lon=None if is_nowhere and located.code else point.lon,
            as_of=day,
            question=located.question or kind_question,
        )
        return self._placed(row) if name and located.code else row

    def _text(self, line: Line, field: Field, longest: int) -> str:
        text = shown(self._lines.cell(line, self._at[field]), longest=longest)
        return text if any(map(str.isalnum, text)) else ""

    def _kind(self, line: Line, name: str) -> tuple[str, Question | None, tuple[Reason, ...]]:
        typed = plain(self._lines.cell(line, self._at[Field.KIND]))
        slug = self._desk.kinds.find(typed, name)
        if slug:
            return slug, None, ()
        subject = shown(typed or name)
        key = f"kind:{normal(subject)}"
        answer = self._desk.answers.get(key, "")
        if answer in self._desk.kinds.slugs:
            return answer, None, (because(Code.ANSWERED),)
        if answer == NONE:
            return "", None, (because(Code.ANSWERED_NONE),)
        choices = (*map(Choice, self._desk.kinds.slugs), Choice(NONE))
        question = Question(key, QuestionKind.KIND, subject, choices)
        return "", question, (because(Code.KIND_UNKNOWN, typed=subject),)

    def _point(self, line: Line, located: Located) -> Pointed:
        cell = self._lines.cell(line, self._at[Field.POINT])
        if not is_empty(cell):
            point = read_point(cell)
        else:
            point = read_pair(*(self._lines.cell(line, self._at[one]) for one in _POINT_FIELDS))
        place = self._desk.places.get(located.code)
        if not point.lat or not point.lon or not place or place.lat is None or place.lon is None:
            return point
        if kilometres(-point.lat, point.lon, place.lat, place.lon) < _FAR_KM < abs(point.lat) * 222:
            point = self._flipped(point, place.lat)
        away = kilometres(point.lat or 0, point.lon or 0, place.lat, place.lon)
        if away < _FAR_KM:
            return point
        far = because(Code.POINT_FAR, name=located.name, km=round(away))
        return point._replace(reasons=(*point.reasons, far))

    def _flipped(self, point: Pointed, beside: float) -> Pointed:
        """Put back a minus sign that was left out."""
        lat = point.lat or 0
        if (lat < 0) == (beside < 0):
            return point
        mended = because(Code.POINT_MENDED, lat=-lat, lon=point.lon or 0)
        return Pointed(-lat, point.lon, (*point.reasons, mended))

    def _placed(self, row: Row) -> Row:
        core = f"{row.kind}:{core_name(row.name)[:_LONGEST_CORE]}"
        place = f"{row.kelurahan_code}-{core}"
        earlier = self._desk.seen.name(row.kelurahan_code, core)
        if row.status not in _GOING_IN:
            return row
        if self._desk.chosen and (chosen := _chosen(self._desk, row, place)):
            if chosen.status is Status.SKIP:
                return chosen
            row, earlier = chosen, None
        if earlier is not None:
            return _repeated(row, earlier, place, row.name)
        counts = (row.kk, row.kk_rentan, row.residents)
        self._desk.seen.add_name(row.kelurahan_code, core, row.sheet, row.source_row, counts)
        return row


_POINT_FIELDS: Final = (Field.LAT, Field.LON)


class Persons:
    """Rows about a person each: counted, and nothing kept but where."""

    def __init__(self, lines: Lines) -> None:
        """Take the lines."""
        self._lines = lines

    def read(self, line: Line) -> Row:
        """Return a row that says no more than its place."""
        self._lines.remarks(line)
        located = self._lines.located(line)
        return Row(
            sheet=self._lines.sheet,
            source_row=line.number,
            status=Status.PRIVACY,
            reasons=(because(Code.PERSON),),
            kelurahan_code=located.code,
            rw=self._lines.numbered(line).number,
        )


def _repeated(row: Row, earlier: Earlier, place: str, subject: str) -> Row:
    """Judge a row about a place that an earlier row was about."""
    counts = (row.kk, row.kk_rentan, row.residents)
    where: dict[str, str | int] = {"sheet": earlier.sheet, "row": earlier.row}
    if all(new is None or new == old for new, old in zip(counts, earlier.counts, strict=True)):
        reason = because(Code.DUPLICATE, **where)
        return row._replace(status=Status.SKIP, reasons=(reason,), question=None)
    before = "/".join("" if count is None else str(count) for count in earlier.counts)
    now = figures_of(row)
    question = Question(
        f"row:{place}:{before}:{now}",
        QuestionKind.WHICH_ROW,
        subject,
        (
            Choice(before, f"{earlier.sheet} {earlier.row}: {before}"),
            Choice(now, f"{row.sheet} {row.source_row}: {now}"),
        ),
    )
    reasons = (*row.reasons, because(Code.CONFLICT, **where))
    return row._replace(status=Status.CONFLICT, reasons=reasons, question=question)


def _chosen(desk: Desk, row: Row, place: str) -> Row | None:
    """Return the row as somebody has decided between it and another, None without decision."""
    figures = figures_of(row)
    for both, choice in desk.chosen.get(place, ()):
        if figures not in both:
            continue
        if choice == figures:
            reasons = (*row.reasons, because(Code.ANSWERED))
            return row._replace(reasons=reasons, status=weigh(reasons))
        return row._replace(status=Status.SKIP, reasons=(because(Code.NOT_CHOSEN),), question=None)
    return None
