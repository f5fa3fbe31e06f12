"""The statement as a workbook: its figures, and every entry behind them.

Rows go to a file on disk as they come, so a million entries need no more memory than a hundred.
Nothing is ever written as a formula.
"""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from ksbb.funds.enums import AccountKind, Reason
from ksbb.portal.funds.statement import costs_in_words, days_of, sections
from ksbb.shared.clock import in_wib
from ksbb.shared.formats import moment, span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from xlsxwriter.worksheet import Worksheet

    from ksbb.collaborators.models import Collaborator
    from ksbb.funds.queries_statement import EntryRow, Statement

MOST_ROWS: Final = 1_000_000
"""Entries of one sheet; a workbook's sheet ends at 1,048,576 rows, so the rest has another one."""

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def statement_xlsx(
    aggregator: Collaborator, found: Statement, entries: Iterable[EntryRow], now: datetime
) -> IO[bytes]:
    """Return an open file that is gone once it is closed."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with Workbook(file, _OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _figures(book.add_worksheet(_("Statement")), aggregator, found, now, bold)
        _entries(book, entries, bold)
    file.seek(0)
    return file


def _figures(
    page: Worksheet, aggregator: Collaborator, found: Statement, now: datetime, bold: Any
) -> None:
    page.set_column(0, 0, 40)
    page.set_column(1, 4, 22)
    head = [
        (_("Aggregator"), aggregator.name),
        (_("Period"), span(*days_of(found))),
        (_("As of"), moment(now)),
    ]
    for at, (name, words) in enumerate(head):
        page.write_string(at, 0, name, bold)
        page.write_string(at, 1, words)
    at = len(head) + 1
    for section in sections(found):
        headings = (section.name, _("Amount"), _("Unit"), _("Stage"), _("Day or days"))
        for column, heading in enumerate(headings):
            page.write_string(at, column, heading, bold)
        for one in section.figures:
            at += 1
            page.write_string(at, 0, one.name)
            page.write_number(at, 1, one.amount)
            for column, words in enumerate((one.unit, one.stage, one.when), 2):
                page.write_string(at, column, words)
        at += 2
    for costs in found.costs:
        page.write_string(at, 0, costs_in_words(costs))
        at += 1


def _entries(book: Workbook, entries: Iterable[EntryRow], bold: Any) -> None:
    headings = [
        _("Number"),
        _("Day"),
        _("Reason"),
        _("From"),
        _("To"),
        _("Amount"),
        _("Unit"),
        _("Gift"),
        _("Supplier"),
        _("Invoice"),
        _("Commitment"),
        _("Place"),
        _("Reverses number"),
    ]
    reasons = {key: str(words) for key, words in Reason.choices}
    kinds = {key: str(words) for key, words in AccountKind.choices}
    rupiah = _("rupiah")
    page, at = None, MOST_ROWS
    for number, row in enumerate(entries):
        if at == MOST_ROWS:
            page, at = _sheet(book, headings, number // MOST_ROWS + 1, bold), 0
        at += 1
        cells = (
            row.number,
            f"{in_wib(row.at):%Y-%m-%d %H:%M:%S}",
            reasons[row.reason],
            kinds[row.source],
            kinds[row.goal],
            row.amount,
            row.unit or rupiah,
            *row[7:],
        )
        _write(page, at, cells)
    if page is None:
        _sheet(book, headings, 1, bold)


def _sheet(book: Workbook, headings: list[str], number: int, bold: Any) -> Worksheet:
    name = _("Entries")
    page = book.add_worksheet(name if number == 1 else f"{name} {number}")
    page.set_column(0, len(headings) - 1, 18)
    for column, heading in enumerate(headings):
        page.write_string(0, column, heading, bold)
    page.freeze_panes(1, 1)
    return page


def _write(page: Any, line: int, cells: Iterable[str | int | None]) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            page.write_number(line, column, cell)
        elif cell:
            page.write_string(line, column, cell)
