from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from ksbb.audit.models import KEY_LENGTH, Entry
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from django.db.models import QuerySet


class KeyRefusedError(DomainError):
    """The key of a request is too long."""


class KeyReusedError(DomainError):
    """The key of an earlier request came back with another content."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What makes two requests the same: the sender's key, and a digest of what was asked.

    An empty key means the sender does not repeat itself (a command, scheduled work).
    """

    key: str
    fingerprint: str


NO_REQUEST = Request(key="", fingerprint="")
"""For a step inside a larger action, which carries the key, and for scheduled work."""


def find_replay(request: Request) -> Entry | None:
    """Return the entry of the first time this very request was carried out, if any.

    To be called inside the action's transaction before its own locks. On PostgreSQL a second
    sender of the same key waits here until the first has committed; SQLite has one writer.

    Raises KeyReusedError where the key is known with another content, KeyRefusedError where it
    is too long to be kept.
    """
    if not request.key:
        return None
    if len(request.key) > KEY_LENGTH:
        raise KeyRefusedError(
            _("A request key can have at most %(most)s characters.") % {"most": KEY_LENGTH}
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [request.key])
    entry = Entry.objects.filter(idempotency_key=request.key).first()
    if entry and entry.fingerprint != request.fingerprint:
        raise KeyReusedError(
            _(
                "This request key was already used for another request. "
                "Reload the page and send the form again."
            )
        )
    return entry


def entries_about(*, object_type: str, object_id: str) -> QuerySet[Entry]:
    """Return what was done to one object, newest first."""
    return Entry.objects.filter(object_type=object_type, object_id=object_id).select_related(
        "actor"
    )
