"""The rows behind a number as a file, written while it is sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from ksbb.portal.rows_in_words import RowInWords, in_words
from ksbb.reports.behind import Selection, pages
from ksbb.shared.clock import in_wib
from ksbb.shared.csv_cells import MARK, line


def write(selection: Selection, language: str) -> Iterator[str]:
    """Yield the file in pieces: a heading, then the rows newest first."""
    # The language is set for each piece: between two of them other requests may be answered.
    with override(language):
        heading = line(_heading())
    yield MARK + heading
    for page in pages(selection):
        with override(language):
            piece = "".join(line(_cells(row, selection)) for row in in_words(page))
        yield piece


def _heading() -> list[str]:
    return [
        _("Moment"),
        _("Quantity"),
        _("Aid"),
        _("Unit"),
        _("Phase"),
        _("Stage"),
        _("What happened"),
        _("Code of the place"),
        _("Place"),
        _("Area"),
        _("Giver"),
        _("Commitment"),
    ]


def _cells(row: RowInWords, selection: Selection) -> list[str | int]:
    return [
        in_wib(row.at).isoformat(),
        row.delta,
        selection.aid_type.name,
        selection.aid_type.get_unit_display(),
        row.phase.number,
        str(selection.measure.label),
        row.what,
        row.place_code,
        row.place,
        row.where,
        row.giver,
        row.code,
    ]
