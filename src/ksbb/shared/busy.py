"""Tells “the database has too much to do, try again” from “something is broken”."""

from __future__ import annotations

import sqlite3
from typing import Final

from django.db import OperationalError

_WAITED_TOO_LONG: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PRIMARY: Final = 0xFF
"""SQLite's extended error codes carry the plain one in their lowest byte."""


def is_busy(error: BaseException) -> bool:
    """Return whether the same request may well succeed in a moment.

    That is: a lock that did not come in time, a deadlock, no free connection, a server that is
    starting again. PostgreSQL reports all of these, and nothing else, as operational errors;
    SQLite also a missing table or a broken file, so its error code decides.
    """
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code is None or code & _PRIMARY in _WAITED_TOO_LONG
