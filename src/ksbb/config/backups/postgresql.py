"""A book on PostgreSQL: what its own ``pg_dump`` writes and ``pg_restore`` reads."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.core.management.base import CommandError
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from ksbb.config.settings.database import LOCK_SECONDS
from ksbb.shared.errors import quoted

MARK: Final = b"PGDMP"

_MIGRATION_COLUMNS: Final = 4

_NOT_THEIRS: Final = ("--no-owner", "--no-privileges")
"""Another machine has other roles; the book belongs to whoever restores it."""

_BEFORE: Final = (
    f"SET lock_timeout = '{LOCK_SECONDS}s'",
    # What a newer program has added would stand in the way of the older book.
    "DROP SCHEMA public CASCADE",
    "CREATE SCHEMA public",
)


def save(file: Path) -> None:
    """Write the database into ``file`` as of one moment; nobody is held up."""
    _run("pg_dump", "--format=custom", *_NOT_THEIRS, f"--file={file}", *_where())


def migrations(file: Path) -> set[tuple[str, str]]:
    """Return the steps of its structure as (app, name). Raises CommandError for a damaged file."""
    table = _run("pg_restore", "--data-only", "--table=django_migrations", "--file=-", str(file))
    rows = [line.split("\t") for line in table.splitlines()]
    found = {(row[1], row[2]) for row in rows if len(row) == _MIGRATION_COLUMNS}
    if not found:
        raise CommandError(_("{file} is no book of KSBB.").format(file=quoted(file)))
    return found


def load(file: Path) -> None:
    """Put the book of ``file`` in the place of the database: all of it, or nothing."""
    connection.close()
    with TemporaryDirectory() as directory:
        script = Path(directory, "book.sql")
        _run("pg_restore", *_NOT_THEIRS, f"--file={script}", str(file))
        before = [f"--command={one}" for one in _BEFORE]
        _run(
            *("psql", "--no-psqlrc", "--quiet", "--single-transaction"),
            *("--set=ON_ERROR_STOP=1", "--output=/dev/null"),
            *(*before, f"--file={script}", *_where()),
        )


def _where() -> list[str]:
    return DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])[0][1:]


def _run(program: str, *words: str) -> str:
    secret = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])[1] or {}
    try:
        done = subprocess.run(  # noqa: S603 - programs of PostgreSQL, with words of our settings
            [program, *words],
            env={**os.environ, **secret},
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError as error:
        message = _(
            "{program} is missing. Install it first: sudo apt-get install postgresql-client"
        )
        raise CommandError(message.format(program=program)) from error
    except subprocess.CalledProcessError as error:
        reason = quoted((error.stderr.splitlines() or [error.returncode])[0], limit=300)
        message = _("{program} answers: {reason}")
        raise CommandError(message.format(program=program, reason=reason)) from error
    return done.stdout
