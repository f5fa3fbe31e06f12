from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from ksbb.accounts.models import User
from ksbb.audit.models import Entry
from ksbb.config import backups
from ksbb.shared.errors import quoted

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Stop the server first: what it wrote meanwhile would be gone."""

    help = "Put the book of a backup in the place of the database, and recount it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that `ksbb backup` wrote")
        parser.add_argument(
            "--overwrite", action="store_true", help="replace a book that is there already"
        )

    def handle(self, *, file: Path, overwrite: bool, **options: object) -> None:
        """Restore all of it or nothing, bring it up to date, and verify its integrity."""
        backups.check_kind(file)
        _check_age(file)
        if not overwrite and _holds_something():
            raise CommandError(
                _(
                    "The database that DATABASE_URL names holds a book already. Name an empty one, "
                    "or say --overwrite to lose it."
                )
            )
        backups.engine().load(file)
        call_command("migrate", verbosity=0, stdout=self.stdout)
        cache.clear()
        self.stdout.write(_("Restored from {file}.").format(file=file))
        call_command("verify_integrity", stdout=self.stdout, stderr=self.stderr)


def _check_age(file: Path) -> None:
    known = set(MigrationLoader(None).disk_migrations)
    unknown = sorted(backups.engine().migrations(file) - known)
    if unknown:
        raise CommandError(
            _(
                "{file} was written by a newer KSBB, which knows {step}. Install that one first."
            ).format(file=quoted(file), step=".".join(unknown[0]))
        )


def _holds_something() -> bool:
    tables = set(connection.introspection.table_names())
    return any(
        rows.model._meta.db_table in tables and rows.exists()
        for rows in (User.objects.all(), Entry.objects.all())
    )
