from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from ksbb.allocation.errors import CannotAllocate
from ksbb.priority.reckoning import FORMAT, csv_of, simulate, text_of
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.fingerprint import digest_of

LANGUAGES = ("id", "en")


class Command(BaseCommand):
    help = "Make a frozen list again from its two files alone; exit 1 if it comes out otherwise."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the input, then the list."""
        parser.add_argument("input", metavar="masukan.json")
        parser.add_argument("list", metavar="daftar.csv")
        parser.add_argument("--lang", default="id", metavar="id|en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print both digests and whether the list follows from the input. No database is asked."""
        language = options["lang"] if options["lang"] in LANGUAGES else "id"
        with translation.override(language):
            asked, told = _text(options["input"]), _text(options["list"])
            self.stdout.write(f"{digest_of(asked)}  {options['input']}")
            self.stdout.write(f"{digest_of(told)}  {options['list']}")
            if not _follows(asked, told, options["input"]):
                self.stderr.write(_("This is not the list that the rule makes of this input."))
                sys.exit(1)
            self.stdout.write(_("The list follows from the input and the rule, row by row."))


def _follows(asked: str, told: str, name: str) -> bool:
    try:
        document = json.loads(asked)
        if document["format"] != FORMAT or text_of(document) != asked:
            return False
        return csv_of(simulate(document)) == told
    except (KeyError, TypeError, ValueError, CannotAllocate) as error:
        raise DomainError(
            _("{path} is no input of a priority list: {why}."),
            path=quoted(name, limit=300),
            why=quoted(error),
        ) from error


def _text(path: str) -> str:
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise DomainError(
            _("{path} could not be read: {why}."), path=quoted(path, limit=300), why=quoted(error)
        ) from error
