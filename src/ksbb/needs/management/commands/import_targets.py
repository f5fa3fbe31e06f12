from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from ksbb.intake.errors import UnreadableError
from ksbb.intake.reading import read_file
from ksbb.intake.report import Report
from ksbb.intake.rows import Status, Summary
from ksbb.needs.intake_words import PRIVATE, STATUSES, question_text, reasons_text, refusal
from ksbb.needs.queries_ground import ground_of
from ksbb.programmes.models import Programme
from ksbb.programmes.queries import get_programme
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.formats import number

LANGUAGES = ("id", "en")


class Command(BaseCommand):
    help = "Read a spreadsheet of targets and report what becomes of each of its rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the outside contract names, and the language of the reasons."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--programme", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="Report, and write nothing.")
        parser.add_argument("--report", type=Path, metavar="OUT.csv")
        parser.add_argument("--lang", default="id", metavar="id|en")

    def handle(self, *args: Any, file: Path, programme: str, **options: Any) -> None:
        """Read the file to its end before anything is said."""
        language = options["lang"]
        if language not in LANGUAGES:
            raise DomainError(_("“{typed}” is not a language: id or en."), typed=quoted(language))
        chosen = get_programme(programme)
        with translation.override(language), Report() as report:
            summary = _read(file, chosen, report)
            self._hand_over(report, options["report"])
            self._say(report, summary)
            if not options["dry_run"]:
                self.stderr.write(
                    _(
                        "Nothing was written. Bring the file in at /pokja/impor/, where questions "
                        "are answered and the preview is confirmed."
                    )
                )

    def _hand_over(self, report: Report, out: Path | None) -> None:
        if out is None:
            report.copy_to(self.stdout)  # type: ignore[arg-type] # it has write
            return
        try:
            with out.open("w", encoding="utf-8", newline="") as stream:
                report.copy_to(stream)
        except OSError as error:
            raise DomainError(
                _("The report {file} cannot be written: {reason}."),
                file=quoted(out),
                reason=error.strerror or quoted(error),
            ) from None

    def _say(self, report: Report, summary: Summary) -> None:
        """Say beside the report how many rows there are of each status, and what was dropped."""
        counts = (
            f"{STATUSES[status]} {number(report.statuses[status])}"
            for status in Status
            if report.statuses[status]
        )
        self.stderr.write(", ".join(counts) + ".")
        for dropped in summary.dropped:
            self.stderr.write(
                _("{sheet}: column “{heading}” left out ({what}).").format(
                    sheet=dropped.sheet, heading=dropped.heading, what=PRIVATE[dropped.what]
                )
            )
        for question in summary.questions:
            self.stderr.write(question_text(question))


def _read(file: Path, programme: Programme, report: Report) -> Summary:
    try:
        reading = read_file(file, ground=ground_of(programme))
        for row in reading:
            report.add(row, reasons_text(row.reasons))
    except UnreadableError as error:
        raise refusal(error, quoted(file.name)) from None
    return reading.summary
