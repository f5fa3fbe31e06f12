"""Where a file lies while it is read: on this machine alone, for nobody else to open, not for long.

It may hold identity numbers, so it never goes into the database and is thrown away as soon as
nothing is asked about it any more.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST: Final = 50 * 1024 * 1024
"""Bytes of the largest file that is taken."""

KEPT_SECONDS: Final = 24 * 3600
"""How long a file waits for answers before it has to be sent again."""

_NAME: Final = re.compile(r"[0-9a-f]{32}")


class TooLargeError(DomainError):
    """The file is larger than anything a list of places can be."""

    def __init__(self) -> None:
        """Say how large it may be and what to do."""
        super().__init__(
            _(
                "The file is larger than {most} MB. Save only the sheet with the list, as csv if "
                "need be, and send that."
            ),
            most=LARGEST // (1024 * 1024),
        )


class FileGoneError(DomainError):
    """The file was thrown away meanwhile."""

    def __init__(self) -> None:
        """Say that it can be sent again and that nothing is lost."""
        super().__init__(
            _("The file is not kept any more. Send it again; your answers are remembered.")
        )


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file in the inbox: its name there, what was counted of it."""

    name: str
    digest: str
    size: int


def keep(pieces: Iterable[bytes]) -> Kept:
    """Write a file down for reading. Raises TooLargeError and leaves nothing."""
    folder = _folder()
    name, digest, size = uuid4().hex, sha256(), 0
    path = folder / name
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        for piece in pieces:
            size += len(piece)
            if size > LARGEST:
                break
            digest.update(piece)
            stream.write(piece)
    if size > LARGEST:
        path.unlink()
        raise TooLargeError
    return Kept(name=name, digest=digest.hexdigest(), size=size)


def path_of(name: str) -> Path:
    """Return where a kept file lies. Raises FileGoneError."""
    path = _folder() / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise FileGoneError
    return path


def throw_away(name: str) -> None:
    """Forget a file; nothing happens where it is gone already."""
    if _NAME.fullmatch(name):
        (_folder() / name).unlink(missing_ok=True)


def throw_away_old() -> None:
    """Forget what nobody has answered in time."""
    for path in _folder().iterdir():
        try:
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            continue


def _folder() -> Path:
    folder = Path(settings.BATCH_INBOX)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
