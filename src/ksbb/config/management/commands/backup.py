from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ksbb.config import backups
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Nobody need be stopped for it."""

    help = "Write the whole book into one file, which `ksbb restore` reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, help="the file to write; it must not exist")

    def handle(self, *, out: Path, **options: object) -> None:
        """Write it whole, or leave nothing behind."""
        with backups.new_file(out) as part:
            backups.engine().save(part)
        self.stdout.write(
            _(
                "Backed up to {file}, {bytes} bytes. It holds names and phone numbers: "
                "keep it where nobody else can read it."
            ).format(file=out, bytes=number(out.stat().st_size))
        )
