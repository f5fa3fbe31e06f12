"""From a file to rows: the way into this package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ksbb.intake import sanity
from ksbb.intake.errors import UnreadableError
from ksbb.intake.files.opening import open_sheets
from ksbb.intake.files.sheets import Line, Sheet
from ksbb.intake.ground import Ground
from ksbb.intake.judging import judged
from ksbb.intake.kinds import Kinds, core_name
from ksbb.intake.layout import Context, find_table
from ksbb.intake.places import Places
from ksbb.intake.reasons import Refusal
from ksbb.intake.rows import Answers, Row, Summary
from ksbb.intake.tables import Desk, NewTable
from ksbb.intake.words import shown

NO_ANSWERS: Final[Answers] = MappingProxyType({})


class Reading:
    """The rows of one file, to be taken once and in order; `summary` fills up meanwhile."""

    def __init__(self, rows: Iterator[Row], summary: Summary) -> None:
        """Join the rows with what is said about the file as a whole."""
        self._rows = rows
        self.summary = summary

    def __iter__(self) -> Iterator[Row]:
        """Return the one iterator over the rows."""
        return self._rows


def read_file(
    path: Path, *, ground: Ground, answers: Answers = NO_ANSWERS, name: str = ""
) -> Reading:
    """Open a spreadsheet (xlsx, xls, ods, csv, HTML saved as .xls) and return its rows.

    `name` is what the sender called the file, where `path` is a temporary one. The same file with
    the same ground and answers gives the same rows. Memory stays bounded. Raises `UnreadableError`
    here or, for what shows only later, while the rows are taken.
    """
    summary = Summary()

    def progress(done: float) -> None:
        summary.progress = max(summary.progress, done)

    sheets = open_sheets(path, Path(name or path.name), progress)
    desk = Desk(
        ground=ground,
        places=Places(ground, answers),
        kinds=Kinds(ground.kinds),
        answers=answers,
        summary=summary,
        institutions={
            (one.kelurahan_code, core_name(one.name)): one.name for one in ground.institutions
        },
        chosen=_chosen(answers),
    )
    rows = sanity.against_neighbours(_rows(sheets, desk), ground.rws)
    return Reading(rows, summary)


def _rows(sheets: Iterator[Sheet], desk: Desk) -> Iterator[Row]:
    summary = desk.summary
    for sheet in sheets:
        name = shown(sheet.name)
        if sheet.is_hidden:
            summary.hidden_sheets.append(name)
        count = 0
        for count, row in enumerate(_sheet_rows(name, sheet, desk), start=1):  # noqa: B007
            yield row
        (summary.sheets if count else summary.empty_sheets).append(name)
    if not summary.sheets:
        raise UnreadableError(Refusal.NO_TABLE)
    summary.progress = 1.0


def _sheet_rows(name: str, sheet: Sheet, desk: Desk) -> Iterator[Row]:
    """Read the tables of a sheet one after the other."""
    lines: Iterator[Line] = sheet.lines
    context = Context()
    context.read_name(name, desk.places.villages_named)
    while found := find_table(lines, context, desk.answers, sheet.hidden_columns):
        table, below = found
        try:
            yield from judged(name, table, desk, below)
        except NewTable as other:
            lines = chain([other.line], below)
        else:
            return


def _chosen(answers: Answers) -> dict[str, list[tuple[frozenset[str], str]]]:
    """Return the decisions between two rows, by place."""
    chosen = defaultdict(list)
    for key, choice in answers.items():
        parts = key.split(":")
        if parts[0] == "row" and len(parts) >= 4:  # noqa: PLR2004 - row, place, figures, figures
            place = ":".join(parts[1:-2])
            chosen[place].append((frozenset(parts[-2:]), choice))
    return dict(chosen)
