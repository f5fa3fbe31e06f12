"""Whether anything was written since: the version of the whole book, in one small query."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.contrib.admin.models import LogEntry
from django.db import connection

from ksbb.audit.models import Entry

# Every action leaves an entry; what an administrator changes by hand leaves a row of Django's.
_TABLES: Final = (Entry._meta.db_table, LogEntry._meta.db_table)
_LAST: Final = "SELECT " + ", ".join(f"(SELECT max(id) FROM {table})" for table in _TABLES)  # noqa: S608 - ours
_AT_WORK: Final = """
    SELECT backend_xid::text FROM pg_stat_activity
    WHERE backend_xid IS NOT NULL AND datname = current_database() AND pid <> pg_backend_pid()
"""

Last = tuple[int | None, ...]


class Version(NamedTuple):
    """The last entries that can be seen, and the transactions that were still at work then.

    PostgreSQL numbers an entry before it is committed, so a lower number may come to light after a
    higher one. Whoever was at work and is no more may have brought such an entry.
    """

    last: Last
    at_work: frozenset[str]


def read_version() -> Version:
    """Return the version of now; whatever is read after it is at least as new."""
    # In this order: who had a number before the first question has a transaction at the second.
    return Version(_last(), _at_work())


def still_holds(made: Version) -> bool:
    """Tell whether nothing can have been written since the version was read."""
    if _last() != made.last:
        return False
    return not made.at_work or made.at_work <= _at_work()


def _last() -> Last:
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        found: Last = cursor.fetchone()
        return found


def _at_work() -> frozenset[str]:
    """Return the transactions of others that may still write; SQLite numbers as it commits."""
    if connection.vendor != "postgresql":
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_AT_WORK)
        return frozenset(one for (one,) in cursor.fetchall())
