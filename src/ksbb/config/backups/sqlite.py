"""A book on SQLite: a copy of its file, page by page, as of one moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from ksbb.shared.errors import quoted

if TYPE_CHECKING:
    from pathlib import Path

MARK: Final = b"SQLite format 3\x00"


def save(file: Path) -> None:
    """Write the database into ``file``; who reads or writes meanwhile is not held up."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        try:
            connection.connection.backup(copy)
            # One file that can be read where nothing may be written beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise CommandError(
                _("The backup cannot be written: {reason}.").format(reason=error)
            ) from error


def migrations(file: Path) -> set[tuple[str, str]]:
    """Return the steps of its structure as (app, name). Raises CommandError for a damaged file."""
    try:
        with closing(_opened(file)) as copy:
            found = copy.execute("PRAGMA quick_check(1)").fetchone()
            if found != ("ok",):
                raise sqlite3.DatabaseError(found[0])
            return set(copy.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error as error:
        raise CommandError(
            _("{file} is damaged, or no book of KSBB: {reason}.").format(
                file=quoted(file), reason=error
            )
        ) from error


def load(file: Path) -> None:
    """Put the book of ``file`` in the place of the database: all of it, or nothing."""
    connection.ensure_connection()
    with closing(_opened(file)) as copy:
        try:
            copy.backup(connection.connection)
        except sqlite3.Error as error:
            raise CommandError(
                _("Nothing was restored: {reason}. Stop `ksbb serve` first.").format(reason=error)
            ) from error


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
