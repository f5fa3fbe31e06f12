"""Workbooks for those who send lists: an empty one to fill in, and the places as they stand.

Both have the same columns under the same Indonesian headings, which the reader knows, so what was
taken out can be changed and sent back. Codes are text, and nothing is ever written as a formula.
"""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from ksbb.needs.models import Target
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import subtree, within
from ksbb.rights.queries import in_watched_areas
from ksbb.shared.codes import rw_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet
    from xlsxwriter.worksheet import Worksheet

    from ksbb.accounts.models import User
    from ksbb.programmes.models import Programme

    Cell = str | int | float | None

TO_FILL: Final = 1_000
"""Rows of the template with drop-downs and checks."""

MOST_CHOICES: Final = 5_000
"""More kelurahan than this are no drop-down any more."""

_READ_AT_ONCE: Final = 2_000
_VILLAGE_LENGTH: Final = 13


class Column(NamedTuple):
    """A column: its heading, its width in characters, and what may stand in it."""

    heading: str
    width: int
    check: str = "text"


_PLACE: Final = (
    Column("Kode Kelurahan", 18),
    Column("Kecamatan", 22),
    Column("Kelurahan", 26, "village"),
)
AREAS: Final = (
    *_PLACE,
    Column("RW", 8, "rw"),
    Column("KK Rentan", 12, "count"),
    Column("Jumlah Jiwa", 12, "count"),
    Column("Tanggal Data", 14, "day"),
)
INSTITUTIONS: Final = (
    *_PLACE,
    Column("Jenis Lembaga", 20, "kind"),
    Column("Nama Lembaga", 34),
    Column("Alamat", 40),
    Column("Jumlah Penghuni", 14, "count"),
    Column("Lintang", 12, "degrees"),
    Column("Bujur", 12, "degrees"),
    Column("Tanggal Data", 14, "day"),
)
_AREA_SHEET: Final = "RW"
_INSTITUTION_SHEET: Final = "Lembaga"
_LIST_SHEET: Final = "Daftar"


def template(programme: Programme) -> IO[bytes]:
    """Return an open file: instructions, an empty table for RW and one for institutions."""
    villages = list(
        subtree(programme.root_region_id, level=Level.VILLAGE).values_list("name", flat=True)
    )
    names = sorted(set(villages)) if len(villages) <= MOST_CHOICES else []
    kinds = [kind.name_id for kind in programme.target_kinds.all() if not kind.is_area]
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with Workbook(file, _options()) as book:
        _instructions(book, programme)
        lists = _Lists(names, kinds)
        for name, columns in _tables(programme):
            page = _table(book, name, columns)
            for at, column in enumerate(columns):
                _check(page, at, column.check, lists)
        lists.write(book)
    file.seek(0)
    return file


def places(programme: Programme, reader: User) -> IO[bytes]:
    """Return an open file with the places of the programme's kinds, whatever their verification.

    An officer of an area gets what lies inside it.
    """
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with Workbook(file, _options()) as book:
        _instructions(book, programme)
        for name, columns in _tables(programme):
            page = _table(book, name, columns)
            is_area = name == _AREA_SHEET
            found = _targets(programme, is_area=is_area).filter(in_watched_areas("region", reader))
            rows = _areas(found) if is_area else _institutions(found)
            for line, row in enumerate(rows, 1):
                _write(page, line, row)
    file.seek(0)
    return file


def _options() -> dict[str, bool]:
    return {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }


def _tables(programme: Programme) -> Iterator[tuple[str, Sequence[Column]]]:
    areas = {kind.is_area for kind in programme.target_kinds.all()}
    if True in areas:
        yield _AREA_SHEET, AREAS
    if False in areas:
        yield _INSTITUTION_SHEET, INSTITUTIONS


def _instructions(book: Workbook, programme: Programme) -> None:
    page = book.add_worksheet(_("How to"))
    page.set_column(0, 0, 100)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for line, sentence in enumerate(_sentences(programme)):
        page.write_string(line, 0, sentence, wrapped)


def _sentences(programme: Programme) -> list[str]:
    return [
        programme.name,
        _("One row is one place. Write no totals and leave the headings as they are."),
        _("Write the kelurahan by its name or its code of the Ministry of Home Affairs."),
        _("Write the number of vulnerable families of the RW, not of each RT."),
        _("Leave empty what is not known. 0 means that there is none."),
        _("Write the day on which it was counted like 30/04/2020."),
        _("Write no names, identity numbers, family card numbers or telephone numbers."),
        _(
            "After it was sent in, the working group sees what the file would change before "
            "anything is written. Needs never fall under what is committed."
        ),
    ]


def _table(book: Workbook, name: str, columns: Sequence[Column]) -> Worksheet:
    page = book.add_worksheet(name)
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    plain = {"day": day, "text": text, "village": text, "kind": text, "rw": text}
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width, plain.get(column.check))
        page.write_string(0, at, column.heading, heading)
    page.freeze_panes(1, 0)
    return page


class _Lists:
    """What the drop-downs offer, on a sheet of its own."""

    def __init__(self, villages: list[str], kinds: list[str]) -> None:
        self.columns = {"village": villages, "kind": kinds}

    def source(self, check: str) -> str:
        """Return the cells of a list, "" where it has none."""
        rows = len(self.columns.get(check, ()))
        letter = "AB"[list(self.columns).index(check)] if rows else ""
        return f"={_LIST_SHEET}!${letter}$1:${letter}${rows}" if rows else ""

    def write(self, book: Workbook) -> None:
        """Write the lists below each other's first row, without headings."""
        page = book.add_worksheet(_LIST_SHEET)
        length = max((len(words) for words in self.columns.values()), default=0)
        for line in range(length):
            for at, words in enumerate(self.columns.values()):
                if line < len(words):
                    page.write_string(line, at, words[line])
        page.hide()


def _check(page: Worksheet, at: int, check: str, lists: _Lists) -> None:
    """Let a column take what it is for, and say so where something else is typed."""
    rules: dict[str, dict[str, Any]] = {
        "count": {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100_000},
        "degrees": {"validate": "decimal", "criteria": "between", "minimum": -180, "maximum": 180},
    }
    source = lists.source(check) if check in lists.columns else ""
    rule = {"validate": "list", "source": source} if source else rules.get(check)
    if rule:
        rule |= {"ignore_blank": True, "error_type": "warning", "error_message": _hint(check)}
        page.data_validation(1, at, TO_FILL, at, rule)


def _hint(check: str) -> str:
    hints = {
        "count": _("Write a whole number, or leave the cell empty where nothing is known."),
        "degrees": _("Write degrees with decimals, such as -6.2176."),
        "village": _("Choose the kelurahan from the list."),
        "kind": _("Choose the kind of institution from the list."),
    }
    return hints[check]


def _targets(programme: Programme, *, is_area: bool) -> QuerySet[Target]:
    return (
        Target.objects.filter(
            within("region", programme.root_region_id),
            kind__in=programme.target_kinds.filter(is_area=is_area),
        )
        .select_related("kind")
        .order_by("code")
    )


def _areas(targets: QuerySet[Target]) -> Iterator[list[Cell]]:
    names = _Names()
    for target in targets.iterator(_READ_AT_ONCE):
        if len(target.region_id) > _VILLAGE_LENGTH:
            yield [
                *names.of(target.region_id),
                f"{rw_number(target.region_id):03d}",
                target.families,
                target.residents,
                _day(target),
            ]


def _institutions(targets: QuerySet[Target]) -> Iterator[list[Cell]]:
    names = _Names()
    for target in targets.iterator(_READ_AT_ONCE):
        yield [
            *names.of(target.region_id),
            target.kind.name_id,
            target.name,
            target.address,
            target.residents,
            target.lat,
            target.lon,
            _day(target),
        ]


class _Names:
    """The names of kelurahan and kecamatan, read once each."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, code: str) -> list[Cell]:
        """Return code, kecamatan and kelurahan of a place inside or at a kelurahan."""
        village = code[:_VILLAGE_LENGTH]
        district = village.rpartition(".")[0]
        for one in (village, district):
            if one not in self._known:
                found = Region.objects.filter(code=one).values_list("name", flat=True).first()
                self._known[one] = found or one
        return [village, self._known[district], self._known[village]]


def _day(target: Target) -> str | None:
    return f"{target.counted_on:%d/%m/%Y}" if target.counted_on else None


def _write(page: Worksheet, line: int, row: Iterable[Cell]) -> None:
    for at, value in enumerate(row):
        if isinstance(value, str):
            page.write_string(line, at, value)
        elif value is not None:
            page.write_number(line, at, value)
