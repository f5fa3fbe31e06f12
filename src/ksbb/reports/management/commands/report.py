from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ksbb.programmes.models import Programme
from ksbb.programmes.queries import get_programme
from ksbb.reports.figures import as_json, figures, givers
from ksbb.reports.release import LANGUAGES, Heading, release_text
from ksbb.shared.clock import now, parse_moment
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.formats import moment

FORMATS = ("json", "text")
LONGEST_NUMBER = 60


class Command(BaseCommand):
    help = "Print the achievement of a programme as of a moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the outside contract names, and the two things an office adds."""
        parser.add_argument("--programme", required=True, metavar="SLUG")
        parser.add_argument("--as-of", required=True, metavar="ISO-DATETIME")
        parser.add_argument("--format", default="text", metavar="json|text")
        parser.add_argument("--lang", default="id", metavar="id|en")
        parser.add_argument("--out", metavar="FILE", help="Write to a file instead of printing.")
        parser.add_argument("--number", default="", help="The number of the press release.")
        parser.add_argument("--date", default="", help="Its date of issue, such as 2020-05-03.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check every option before anything is read, then print or write."""
        _one_of(options["lang"], LANGUAGES)
        _one_of(options["format"], FORMATS)
        heading = Heading(number=_number(options["number"]), dated=_date(options["date"]))
        text = _report(get_programme(options["programme"]), heading, options)
        if options["out"]:
            _write(Path(options["out"]), text)
        else:
            self.stdout.write(text, ending="")


def _report(programme: Programme, heading: Heading, options: dict[str, Any]) -> str:
    as_of = _as_of(options["as_of"])
    found = figures(programme, as_of)
    if options["format"] == "json":
        return json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n"
    return release_text(
        found,
        programme=programme,
        givers=givers(programme, as_of),
        language=options["lang"],
        heading=heading,
    )


def _one_of(word: str, known: tuple[str, ...]) -> None:
    if word not in known:
        raise DomainError(
            _("“%(typed)s” cannot be chosen here. Choose one of: %(known)s.")
            % {"typed": quoted(word), "known": ", ".join(known)}
        )


def _number(text: str) -> str:
    if len(text) > LONGEST_NUMBER or not text.isprintable():
        raise DomainError(
            _("The number of a press release is one line of at most %(most)s characters.")
            % {"most": LONGEST_NUMBER}
        )
    return text


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DomainError(
            _("“%(typed)s” is not a date. Write it like 2020-05-03.") % {"typed": quoted(text)}
        ) from None


def _as_of(text: str) -> datetime:
    """Return the moment asked for, never later than now; a day of today means now."""
    asked, present = parse_moment(text), now()
    if asked.date() > present.date():
        raise DomainError(
            _("That lies ahead: it is %(now)s now.") % {"now": moment(present)},
        )
    return min(asked, present)


def _write(path: Path, text: str) -> None:
    """Write the whole file or leave what stood there before."""
    try:
        # A pipe or a device takes text but cannot be replaced by a file.
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
        else:
            _replace(path.resolve(), text)
    except OSError as error:
        raise DomainError(
            _("%(path)s could not be written: %(why)s. Nothing was changed.")
            % {"path": path, "why": error.strerror or error}
        ) from error


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
