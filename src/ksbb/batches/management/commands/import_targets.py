from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext as _

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.batches import inbox
from ksbb.batches.actions.commit import commit
from ksbb.batches.actions.read import claim_reading, read
from ksbb.batches.actions.receive import Letter, receive, remembered, sender_key
from ksbb.batches.enums import Effect, RowStatus, State
from ksbb.batches.models import Batch
from ksbb.intake.errors import UnreadableError
from ksbb.intake.reading import read_file
from ksbb.intake.report import Report
from ksbb.intake.rows import Answers, Status, Summary
from ksbb.needs.intake_words import PRIVATE, question_text, reasons_text, refusal
from ksbb.needs.queries_ground import ground_of
from ksbb.programmes.models import Programme
from ksbb.programmes.queries import get_programme
from ksbb.shared import clock
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.formats import number

LANGUAGES: Final = ("id", "en")
SENDER: Final = "ksbb import_targets"
OPEN: Final = (RowStatus.ASK, RowStatus.CONFLICT)
PIECE: Final = 1 << 20


class Command(BaseCommand):
    help = "Read a spreadsheet of targets, report on each row, and write it into the book."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the outside contract names, the language of the reasons, and the sender."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--programme", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="Report, and write nothing.")
        parser.add_argument("--report", type=Path, metavar="OUT.csv")
        parser.add_argument("--lang", default="id", metavar="id|en")
        parser.add_argument(
            "--sender", default=SENDER, help="Who made the list; answers are remembered by it."
        )

    def handle(self, *args: Any, file: Path, programme: str, **options: Any) -> None:
        """Read the file to its end and report; then write it whole, unless something is asked."""
        language, sender = options["lang"], options["sender"]
        if language not in LANGUAGES:
            raise DomainError(_("“{typed}” is not a language: id or en."), typed=quoted(language))
        chosen = get_programme(programme)
        with translation.override(language), Report() as report:
            summary = _read(file, chosen, remembered(chosen, sender_key(sender)), report)
            self._hand_over(report, options["report"])
            self._say(report, summary)
            if not options["dry_run"]:
                self._write(file, chosen, sender)

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
            f"{RowStatus(status).label}: {number(report.statuses[status])}"
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

    def _write(self, file: Path, programme: Programme, sender: str) -> None:
        """Take the file in as a batch and commit it whole; where a person is asked it waits."""
        actor, now = Actor(channel=Channel.COMMAND), clock.now()
        with file.open("rb") as stream:
            kept = inbox.keep(iter(lambda: stream.read(PIECE), b""))
        letter = Letter(sender=sender)
        batch = receive(
            programme=programme, kept=kept, name=file.name, letter=letter, actor=actor, now=now
        )
        claimed = claim_reading(batch.pk)
        if claimed is not None:
            read(claimed, today=now.date())
        effects = _effects(batch)
        if batch.rows.filter(status__in=OPEN).exists() or Effect.HELD in effects:
            self.stderr.write(
                _(
                    "Nothing was written: rows of file {number} wait for an answer. "
                    "Give it at /pokja/impor/, look at the preview and write the file there."
                ).format(number=batch.pk)
            )
        elif effects.keys() & {Effect.NEW, Effect.CHANGED}:
            commit(batch_id=batch.pk, actor=actor, now=now)
            self.stderr.write(
                _("Written as file {number}: {new} new, {changed} changed.").format(
                    number=batch.pk,
                    new=number(effects.get(Effect.NEW, 0)),
                    changed=number(effects.get(Effect.CHANGED, 0)),
                )
            )
        else:
            self.stderr.write(_("Nothing in this file would change the book."))


def _effects(batch: Batch) -> dict[str, int]:
    batch.refresh_from_db()
    if batch.state != State.READY:
        raise DomainError(_("The file could not be taken in. Try again."))
    counted = batch.rows.order_by().values_list("effect").annotate(Count("pk"))
    return dict(counted)


def _read(file: Path, programme: Programme, answers: Answers, report: Report) -> Summary:
    try:
        reading = read_file(file, ground=ground_of(programme), answers=answers)
        for row in reading:
            report.add(row, reasons_text(row.reasons))
    except UnreadableError as error:
        raise refusal(error, quoted(file.name)) from None
    return reading.summary
