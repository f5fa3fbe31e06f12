"""A workbook for people: what it is on the first sheet, the places on the second.

Rows go to a file on disk as they come, so memory does not grow with them. Codes are text, and
nothing is ever written as a formula.
"""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ksbb.portal.exports.columns import COLUMNS
from ksbb.portal.exports.rows import MOST, Sheet
from ksbb.programmes.words import phase_name
from ksbb.shared.formats import moment, number

_WIDTHS: Final = {"id": 38, "target_code": 22, "target_name": 30, "source": 30}
_USUAL_WIDTH: Final = 16


def xlsx_file(sheet: Sheet, filters: list[str]) -> IO[bytes]:
    """Return an open file that is gone once it is closed; `filters` say what was asked for."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _about(book.add_worksheet(_("About this file")), sheet, filters, bold)
        _places(book.add_worksheet(_("Places")), sheet, bold)
    file.seek(0)
    return file


def _about(page: Worksheet, sheet: Sheet, filters: list[str], bold: Any) -> None:
    listing, scope = sheet.listing, sheet.scope
    said = [
        (_("Programme"), scope.programme.name),
        (_("Responsible"), scope.programme.organiser),
        (_("Kind of aid"), listing.aid_type.name),
        (_("Unit"), listing.aid_type.get_unit_display()),
        (_("Phase"), phase_name(listing.phase)),
        (_("Filters"), "; ".join(filters) or _("none")),
        (_("As of"), moment(scope.now)),
        (_("Licence"), f"{settings.DATA_LICENCE}, {settings.DATA_LICENCE_URL}"),
        (
            _("Limits"),
            _(
                "At most %(rows)s rows. Figures are those on the book at the moment named above; "
                "they change. Places marked as example data are invented. The file holds no "
                "personal data."
            )
            % {"rows": number(MOST)},
        ),
    ]
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 80)
    for at, (name, text) in enumerate(said):
        page.write_string(at, 0, name, bold)
        page.write_string(at, 1, text)
    for at, column in enumerate(COLUMNS, len(said) + 1):
        page.write_string(at, 0, str(column.heading), bold)
        page.write_string(at, 1, f"{column.name} ({column.hashtag})")


def _places(page: Worksheet, sheet: Sheet, bold: Any) -> None:
    for at, column in enumerate(COLUMNS):
        page.set_column(at, at, _WIDTHS.get(column.name, _USUAL_WIDTH))
        page.write_string(0, at, str(column.heading), bold)
    page.freeze_panes(1, 3)
    is_text = [column.is_text for column in COLUMNS]
    for line, row in enumerate(sheet.rows(), 1):
        for at, value in enumerate(row):
            if value is None:
                continue
            # A count too small to be told is a text in a column of numbers.
            if is_text[at] or isinstance(value, str):
                page.write_string(line, at, value)
            else:
                page.write_number(line, at, value)
    page.activate()
