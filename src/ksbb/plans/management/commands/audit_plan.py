from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from ksbb.plans.checking import PlanFileError, check, read_files
from ksbb.shared.errors import quoted

LANGUAGES = ("id", "en")


class Command(BaseCommand):
    help = "Audit a published plan from its two files alone; exit 1 if a promise does not hold."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files in any order."""
        parser.add_argument("files", nargs=2, metavar="FILE.json")
        parser.add_argument("--lang", default="id", metavar="id|en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each promise and whether it holds. No database is asked."""
        language = options["lang"] if options["lang"] in LANGUAGES else "id"
        with translation.override(language):
            checks = check(*read_files([_text(path) for path in options["files"]]))
            for one in checks:
                self.stdout.write(f"{'✓' if one.holds else '✗'} {one.sentence}")
            if not all(one.holds for one in checks):
                self.stderr.write(_("This is not the plan that these offers and needs make."))
                sys.exit(1)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise PlanFileError(
            _("{path} could not be read: {why}."),
            path=quoted(path, limit=300),
            why=error.strerror or error,
        ) from error
    except ValueError as error:
        raise PlanFileError(
            _("{path} is not JSON: {why}."), path=quoted(path, limit=300), why=error
        ) from error
