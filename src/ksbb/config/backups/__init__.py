"""The whole book in one file, and back: a module for each engine, which know the same verbs.

``save(file)`` writes a new file, ``migrations(file)`` tells what the book in it has gone through,
and ``load(file)`` puts it in the place of the database, in one transaction.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from ksbb.config.backups import postgresql, sqlite
from ksbb.shared.errors import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

_ENGINES: Final = {"sqlite": sqlite, "postgresql": postgresql}
_NAMES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_LONGEST_MARK: Final = max(len(engine.MARK) for engine in _ENGINES.values())


def engine() -> ModuleType:
    """Return the module for the engine that DATABASE_URL names."""
    return _ENGINES[connection.vendor]


@contextmanager
def new_file(out: Path) -> Iterator[Path]:
    """Give a file to write to, which becomes ``out`` when it is whole and is gone when it is not.

    Only its owner may read it: a book holds names and phone numbers. Raises CommandError where
    ``out`` is there already or cannot be written.
    """
    if out.exists():
        raise CommandError(
            _("{file} is there already. Choose another name.").format(file=quoted(out))
        )
    part = out.with_name(f"{out.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
        _keep(part)
        part.rename(out)
    except OSError as error:
        raise CommandError(
            _("{file} cannot be written ({reason}). Choose another place.").format(
                file=quoted(out), reason=error.strerror
            )
        ) from error
    finally:
        if out.parent.is_dir():
            part.unlink(missing_ok=True)


def _keep(part: Path) -> None:
    # A name that appears before its bytes are on the disk would promise what a power cut takes.
    with part.open("rb") as file:
        os.fsync(file.fileno())


def check_kind(file: Path) -> None:
    """Refuse what is no backup, or one of the other engine, with CommandError."""
    try:
        with file.open("rb") as opened:
            beginning = opened.read(_LONGEST_MARK)
    except OSError as error:
        raise CommandError(
            _("{file} cannot be read ({reason}).").format(file=quoted(file), reason=error.strerror)
        ) from error
    vendor = next((name for name, one in _ENGINES.items() if beginning.startswith(one.MARK)), None)
    if vendor is None:
        raise CommandError(
            _("{file} is no backup. Take a file that `ksbb backup` wrote.").format(
                file=quoted(file)
            )
        )
    if vendor != connection.vendor:
        raise CommandError(
            _(
                "{file} is a backup of {theirs}, and DATABASE_URL names {ours}. "
                "Restore it into the engine it comes from."
            ).format(file=quoted(file), theirs=_NAMES[vendor], ours=_NAMES[connection.vendor])
        )
