from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _


class Difference(NamedTuple):
    """One stored value that is not what its rows say."""

    table: str
    key: int
    where: str
    what: str
    stored: str
    recounted: str

    def __str__(self) -> str:
        """Return the sentence `ksbb verify_integrity` prints."""
        return _(
            "%(table)s %(key)s (%(where)s): %(what)s is %(stored)s, but should be %(recounted)s."
        ) % {
            "table": self.table,
            "key": self.key,
            "where": self.where,
            "what": self.what,
            "stored": self.stored,
            "recounted": self.recounted,
        }
