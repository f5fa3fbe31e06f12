"""Rows of a file in the reader's language: where, what it changes, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.batches.actions.queue import STALE
from ksbb.batches.compare import (
    BY_HAND,
    NEW_NEEDS,
    NO_COUNT,
    NO_SUCH_KIND,
    OLDER,
    OUTSIDE_AREA,
    REFUSED_PLACE,
    TWICE,
    UNDER_COMMITTED,
)
from ksbb.intake.errors import UnreadableError
from ksbb.intake.reasons import Code, Refusal
from ksbb.intake.report import report_row
from ksbb.intake.rows import AREA, Choice, Question, QuestionKind, Reason, Row, Status
from ksbb.needs.intake_words import PRIVATE, choice_text, question_text, reasons_text, refusal
from ksbb.needs.models import Need
from ksbb.regions.models import Region
from ksbb.shared.formats import day, decimal, listing, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ksbb.batches.models import Batch, BatchRow

REMARKS: Final[dict[str, Promise]] = {
    OLDER: gettext_lazy("The count is older (%(said)s) than the one in the book (%(stands)s)."),
    UNDER_COMMITTED: gettext_lazy(
        "%(need)s: the rule gives %(wanted)s, but %(committed)s are committed."
    ),
    BY_HAND: gettext_lazy("%(need)s stays at %(quantity)s: it was set by hand."),
    NEW_NEEDS: gettext_lazy("Its needs are published from the rules."),
    REFUSED_PLACE: gettext_lazy("The working group has refused this place."),
    NO_SUCH_KIND: gettext_lazy("The programme does not help places of this kind."),
    NO_COUNT: gettext_lazy("A new place without any count is not entered."),
    OUTSIDE_AREA: gettext_lazy(
        "This place lies outside %(area)s, the area of this list, so nothing of the row is kept."
    ),
    TWICE: gettext_lazy("An earlier row of this file is about the same place."),
}

VALUES: Final[dict[str, Promise]] = {
    "families": gettext_lazy("vulnerable families (KK)"),
    "residents": gettext_lazy("residents"),
    "address": gettext_lazy("address"),
    "lat": gettext_lazy("latitude"),
    "lon": gettext_lazy("longitude"),
    "counted_on": gettext_lazy("counted on"),
}

SHOWN_OF_NEW: Final = ("families", "residents", "address")


class RowInWords(NamedTuple):
    """A row to be looked at."""

    row: BatchRow
    where: str
    place: str
    changes: list[str]
    why: list[str]


def rows_in_words(rows: Sequence[BatchRow]) -> list[RowInWords]:
    """Return rows with everything that is said of them, with two queries for all."""
    keys = {one[0] for row in rows for one in row.needs}
    keys |= {remark["need"] for row in rows for remark in row.held if "need" in remark}
    needs = Need.objects.select_related("aid_type", "phase").in_bulk(keys)
    names = dict(
        Region.objects.filter(code__in={row.village for row in rows}).values_list("code", "name")
    )
    return [
        RowInWords(
            row=row,
            where=_("%(sheet)s, row %(row)s") % {"sheet": row.sheet, "row": row.source_row},
            place=place_in_words(row, names),
            changes=[*_values(row), *_needs(row, needs)],
            why=why_in_words(row, needs),
        )
        for row in rows
    ]


def place_in_words(row: BatchRow, names: dict[str, str]) -> str:
    """Return "RW 004 Kebayoran Lama Selatan", or as much of it as is known."""
    village = names.get(row.village, row.village)
    if row.kind != AREA:
        return ", ".join(part for part in (row.name, village) if part)
    return " ".join(part for part in (f"RW {row.rw:03d}" if row.rw else "", village) if part)


def why_in_words(row: BatchRow, needs: dict[int, Need]) -> list[str]:
    """Return why the row has its status and its effect; personal data is told of the whole file."""
    read = reasons_text(
        Reason(code, values) for code, values in row.reasons if code != Code.DROPPED
    )
    return [*([read] if read else []), *(_remark(remark, needs) for remark in row.held)]


def _remark(remark: dict[str, Any], needs: dict[int, Need]) -> str:
    said = {
        name: day(date.fromisoformat(value)) if name in {"said", "stands"} else value
        for name, value in remark.items()
    }
    said |= {name: number(value) for name, value in said.items() if isinstance(value, int)}
    if "need" in remark:
        said["need"] = _need(needs.get(remark["need"]))
    return str(REMARKS[remark["code"]]) % said


def _need(need: Need | None) -> str:
    if need is None:
        return "–"
    return _("%(aid)s, phase %(number)s") % {
        "aid": need.aid_type.name,
        "number": need.phase.number,
    }


def _values(row: BatchRow) -> list[str]:
    after = row.after or {}
    if row.before is None:
        return [
            f"{VALUES[name]}: {_value(name, after[name])}"
            for name in SHOWN_OF_NEW
            if after.get(name) not in {None, ""}
        ]
    return [
        f"{VALUES[name]}: {_value(name, row.before[name])} → {_value(name, value)}"
        for name, value in after.items()
        if name in VALUES
    ]


def _needs(row: BatchRow, needs: dict[int, Need]) -> list[str]:
    return [
        f"{_need(needs.get(key))}: {number(before)} → {number(after)}"
        for key, before, after in row.needs
    ]


def _value(name: str, value: Any) -> str:
    if value in {None, ""}:
        return "–"
    if name == "counted_on":
        return day(date.fromisoformat(value))
    if isinstance(value, float):
        return decimal(value, places=6)
    return number(value) if isinstance(value, int) else str(value)


class Asked(NamedTuple):
    """A question to be shown: its place in the list, its sentence, its choices in words."""

    at: int
    sentence: str
    rows: int
    choices: list[tuple[str, str]]


def questions_in_words(batch: Batch) -> list[Asked]:
    """Return what is asked about a file."""
    return [_asked(at, one) for at, one in enumerate(batch.questions)]


def _asked(at: int, kept: dict[str, Any]) -> Asked:
    choices = tuple(Choice(value, label) for value, label in kept["choices"])
    question = Question(kept["key"], QuestionKind(kept["kind"]), kept["subject"], choices)
    return Asked(
        at=at,
        sentence=question_text(question),
        rows=kept["rows"],
        choices=[(choice.value, choice_text(question, choice)) for choice in choices],
    )


def dropped_in_words(batch: Batch) -> list[str]:
    """Return which columns were recognised as personal and not kept."""
    return [
        _("“%(heading)s” on %(sheet)s: %(what)s, %(cells)s cells")
        % {
            "heading": heading,
            "sheet": sheet,
            "what": PRIVATE.get(what, what),
            "cells": number(cells),
        }
        for sheet, heading, what, _by, cells in batch.dropped
    ]


def sheets_in_words(batch: Batch) -> list[str]:
    """Return what was found where, a sentence each."""
    sentences = {
        "read": _("Read: %(sheets)s."),
        "empty": _("Without a table: %(sheets)s."),
        "hidden": _("Hidden by the sender and read all the same: %(sheets)s."),
    }
    return [
        sentence % {"sheets": listing(batch.sheets[name])}
        for name, sentence in sentences.items()
        if batch.sheets.get(name)
    ]


def trouble_in_words(batch: Batch) -> str:
    """Return why a file could not be read or written, "" where all is well."""
    if not batch.trouble:
        return ""
    if batch.trouble == STALE:
        return _("The book has moved, so the file was not written. This is the new preview.")
    if batch.trouble in set(Refusal):
        error = UnreadableError(Refusal(batch.trouble), **batch.tally.get("values", {}))
        return str(refusal(error, batch.file_name))
    return _("The file is not kept any more. Send it again; your answers are remembered.")


def report_cells(row: BatchRow, why: Iterable[str]) -> dict[str, str]:
    """Return a row of the report: what `ksbb import_targets --report` writes."""
    read = Row(
        sheet=row.sheet,
        source_row=row.source_row,
        status=Status(row.status),
        kind=row.kind,
        kelurahan_code=row.village,
        rw=row.rw,
        kk=row.households,
        kk_rentan=row.families,
        residents=row.residents,
        name=row.name,
        lat=row.lat,
        lon=row.lon,
    )
    return report_row(read, " ".join(why))
