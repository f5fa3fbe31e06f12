"""What the reader of spreadsheets has to say, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ksbb.intake.reasons import Code, Refusal
from ksbb.intake.rows import QuestionKind
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksbb.intake.errors import UnreadableError
    from ksbb.intake.rows import Choice, Question, Reason, Values

FIELDS: Final[dict[str, Promise]] = {
    "code": _("region code"),
    "city": _("city"),
    "district": _("kecamatan"),
    "village": _("kelurahan"),
    "place": _("kelurahan and kecamatan in one cell"),
    "rw": _("RW"),
    "rt": _("RT"),
    "kk": _("all families (KK)"),
    "kk_rentan": _("vulnerable families (KK)"),
    "residents": _("residents"),
    "name": _("name of the institution"),
    "kind": _("kind of institution"),
    "address": _("address"),
    "point": _("coordinates in one cell"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "day": _("day of the count"),
    "remark": _("remark"),
    "ignore": _("leave this column out"),
}
"""What a column can hold."""

PRIVATE: Final[dict[str, Promise]] = {
    "nik": _("identity number (NIK)"),
    "kk_number": _("family card number (No. KK)"),
    "person": _("name of a person"),
    "phone": _("telephone number"),
    "email": _("e-mail address"),
    "private": _("other data about a person"),
}

REASONS: Final[dict[Code, Promise]] = {
    Code.NO_PLACE: _("The row names no kelurahan."),
    Code.UNKNOWN_KELURAHAN: _("“%(typed)s” is not a kelurahan of this area."),
    Code.WHICH_KELURAHAN: _("“%(typed)s” is not on the list; which kelurahan is meant?"),
    Code.SEVERAL_KELURAHAN: _("Several kelurahan are called “%(typed)s”; which one is meant?"),
    Code.KELURAHAN_OR_KECAMATAN: _(
        "“%(typed)s” is the name of a kelurahan and of a kecamatan; which kelurahan is meant?"
    ),
    Code.OTHER_KECAMATAN: _(
        "Kelurahan %(kelurahan)s lies in kecamatan %(kecamatan)s, not in %(typed)s."
    ),
    Code.OTHER_CITY: _("Kelurahan %(kelurahan)s lies in %(city)s, not in %(typed)s."),
    Code.NO_CODE_YET: _(
        "“%(typed)s” seems to be a new kelurahan without a code of the Ministry of Home Affairs."
    ),
    Code.OTHER_SPELLING: _("“%(typed)s” is another spelling of %(name)s."),
    Code.FROM_MERGED_CELL: _("%(name)s is taken from the cell above."),
    Code.FROM_ROW_ABOVE: _("The cell is empty; %(name)s is taken from the row above."),
    Code.OUTSIDE: _("%(typed)s lies outside the area of the programme."),
    Code.CODE_MENDED: _("The code “%(typed)s” is read as %(code)s."),
    Code.CODE_GUESSED: _("The code “%(typed)s” is damaged; it was completed to %(code)s."),
    Code.CODE_UNKNOWN: _("No kelurahan has the code “%(typed)s”."),
    Code.CODE_IGNORED: _("No kelurahan has the code “%(typed)s”; the name %(name)s was used."),
    Code.CODE_SEVERAL: _("The damaged code “%(typed)s” may mean several kelurahan; which one?"),
    Code.CODE_AND_NAME_DIFFER: _(
        "The code %(code)s belongs to %(name)s, but the name says “%(typed)s”; which one holds?"
    ),
    Code.CODE_OF_BPS: _(
        "“%(typed)s” looks like a code of BPS, where the same digits mean other places."
    ),
    Code.CODE_LOST_DIGITS: _(
        "The spreadsheet has cut digits off the code “%(typed)s”; format the column as text."
    ),
    Code.RW_MISSING: _("The RW is missing."),
    Code.RW_SEVERAL: _(
        "“%(typed)s” are several RW with one number; give each RW a row of its own."
    ),
    Code.RW_UNREADABLE: _("“%(typed)s” is not an RW number."),
    Code.RW_OUT_OF_RANGE: _("RW %(rw)s cannot be: no kelurahan has so many."),
    Code.RW_UNKNOWN: _(
        "RW %(rw)s is not on the list of kelurahan %(name)s (last: RW %(last)s); does it exist?"
    ),
    Code.RW_ROMAN: _("The roman numeral “%(typed)s” is read as RW %(rw)s."),
    Code.RW_BECAME_DATE: _(
        "The spreadsheet has made a date of the RW (%(typed)s); format the column as text."
    ),
    Code.PER_RT: _("The row is about an RT; add up the RT of each RW."),
    Code.NO_DATA: _("%(field)s: “%(typed)s” means no data, not zero."),
    Code.NO_COUNT: _("There is no count in this row."),
    Code.THOUSANDS: _(
        "%(field)s: the spreadsheet has made the decimal %(typed)s of a number with a thousands "
        "point; it is read as %(value)s."
    ),
    Code.APPROXIMATE: _("%(field)s: “%(typed)s” is approximate; it is read as %(value)s."),
    Code.ABOUT: _("%(field)s: “%(typed)s” is read as %(value)s."),
    Code.UNIT: _("%(field)s: “%(typed)s” is read as %(value)s."),
    Code.COUNT_UNREADABLE: _("%(field)s: “%(typed)s” is not a whole number."),
    Code.COUNT_MERGED: _("%(field)s: one number stands for several rows; give each RW its own."),
    Code.COUNT_NEGATIVE: _("%(field)s: “%(typed)s” is below zero."),
    Code.COUNT_TOO_LARGE: _("%(field)s: “%(typed)s” is too large for one place."),
    Code.MORE_VULNERABLE: _(
        "More vulnerable families (%(kk_rentan)s) than families in all (%(kk)s)."
    ),
    Code.PERSONS_PER_KK: _("%(persons)s persons per family; usual are 2 to 6."),
    Code.TEN_TIMES_NEIGHBOURS: _(
        "%(field)s: %(value)s is ten times and more what the neighbours have (%(median)s)."
    ),
    Code.TEN_TIMES_LAST: _(
        "%(field)s: %(value)s differs ten times and more from the last count (%(last)s)."
    ),
    Code.DAY_UNREADABLE: _("“%(typed)s” is not a day."),
    Code.POINT_SWAPPED: _("Latitude and longitude were swapped; they were put right."),
    Code.POINT_MENDED: _("The decimal point was missing; the place is read as %(lat)s, %(lon)s."),
    Code.POINT_ZERO: _("0, 0 is not a place."),
    Code.NOWHERE: _("Neither the kelurahan nor the coordinates say where this is."),
    Code.POINT_FAR: _("The coordinates lie %(km)s km from kelurahan %(name)s."),
    Code.POINT_UNREADABLE: _("“%(typed)s” are no coordinates."),
    Code.NAME_MISSING: _("The name of the institution is missing."),
    Code.KIND_UNKNOWN: _("Which kind of institution is “%(typed)s”?"),
    Code.DUPLICATE: _("Says the same as row %(row)s of sheet %(sheet)s."),
    Code.CONFLICT: _(
        "Row %(row)s of sheet %(sheet)s gives other numbers for the same place; which one holds?"
    ),
    Code.NOT_CHOSEN: _("Another row about this place was chosen."),
    Code.REVISED: _("The row says “%(typed)s”."),
    Code.TOTAL: _("A total, not a place."),
    Code.HIDDEN_ROW: _("The row was hidden in the spreadsheet."),
    Code.PERSON: _("The row is about a person; nothing of it was kept."),
    Code.DROPPED: _("Personal data left out: %(what)s."),
    Code.COLUMN_UNKNOWN: _("What does the column “%(heading)s” hold?"),
    Code.ANSWERED: _("Read as it was answered."),
    Code.ANSWERED_NONE: _("Left out, as it was answered."),
}

REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.MISSING: _("The file {file} does not exist."),
    Refusal.EMPTY: _("{file} is empty."),
    Refusal.TOO_LARGE: _(
        "{file} has {size} MB; at most {most} MB are read. Send it in parts, or as csv."
    ),
    Refusal.UNPACKS_TOO_LARGE: _(
        "{file} unpacks to more than {most} MB, which no list of places does. "
        "Copy the rows into a new file."
    ),
    Refusal.TOO_WIDE: _(
        "Sheet {sheet} of {file} reaches too far down and to the right. "
        "Copy the rows into a new file."
    ),
    Refusal.BROKEN: _("{file} is damaged and cannot be opened. Save it anew and send it again."),
    Refusal.ENCRYPTED: _("{file} is protected by a password. Save it without one."),
    Refusal.OTHER_KIND: _("{file} is no spreadsheet ({kind}). xlsx, xls, ods and csv can be read."),
    Refusal.NO_TABLE: _(
        "{file} holds no table with known headings. "
        "Name at least the kelurahan, the RW and the vulnerable families (KK)."
    ),
}

QUESTIONS: Final[dict[QuestionKind, Promise]] = {
    QuestionKind.COLUMN: _("What does the column “%(subject)s” hold?"),
    QuestionKind.KELURAHAN: _("Which kelurahan is “%(subject)s”?"),
    QuestionKind.CODES: _("“%(subject)s”: are the codes of this file those of BPS?"),
    QuestionKind.RW: _("Does %(subject)s exist?"),
    QuestionKind.WHICH_ROW: _("Two rows about %(subject)s differ; which one holds?"),
    QuestionKind.KIND: _("Which kind of institution is “%(subject)s”?"),
}

_CHOICES: Final[dict[tuple[QuestionKind, str], Promise]] = {
    (QuestionKind.KELURAHAN, "none"): _("none of these: leave these rows out"),
    (QuestionKind.KIND, "none"): _("none of these: leave these rows out"),
    (QuestionKind.CODES, "bps"): _("yes, codes of BPS: go by the names"),
    (QuestionKind.CODES, "kemendagri"): _("no, codes of the Ministry of Home Affairs"),
    (QuestionKind.RW, "exists"): _("yes, this RW exists"),
    (QuestionKind.RW, "none"): _("no: leave these rows out"),
}


def reason_text(reason: Reason) -> str:
    """Return the sentence for one reason."""
    return str(REASONS[Code(reason.code)]) % _said(reason.values)


def reasons_text(reasons: Iterable[Reason]) -> str:
    """Return the sentences for all reasons of a row, one after the other."""
    return " ".join(map(reason_text, reasons))


def question_text(question: Question) -> str:
    """Return the sentence that asks."""
    return str(QUESTIONS[question.kind]) % {"subject": question.subject}


def choice_text(question: Question, choice: Choice) -> str:
    """Return the words of one answer: ours, or those of the file and the gazetteer."""
    if question.kind is QuestionKind.COLUMN:
        return str(FIELDS.get(choice.value, choice.value))
    ours = _CHOICES.get((question.kind, choice.value))
    return str(ours) if ours else choice.label or choice.value


def refusal(error: UnreadableError, file: str) -> DomainError:
    """Return what is to be said of a file that cannot be read."""
    return DomainError(REFUSALS[Refusal(error.code)], file=file, **error.values)


def _said(values: Values) -> dict[str, str]:
    return {name: _word(name, value) for name, value in values.items()}


def _word(name: str, value: str | float) -> str:
    if name == "field":
        return str(FIELDS.get(str(value), value))
    if name == "what":
        return ", ".join(str(PRIVATE.get(one, one)) for one in str(value).split(","))
    if isinstance(value, int) and name in {"value", "kk", "kk_rentan", "median", "last", "km"}:
        return number(value)
    return str(value)
