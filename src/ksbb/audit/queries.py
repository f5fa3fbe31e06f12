from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.audit.models import KEY_LENGTH, Entry
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from django.db.models import Model, QuerySet


class KeyRefusedError(DomainError):
    """The key of a request is too long."""


class KeyReusedError(DomainError):
    """The key of an earlier request came back with another content."""


class ChangedMeanwhileError(DomainError):
    """Somebody acted on the object after the reader had opened its page."""

    def __init__(self) -> None:
        """Say so in the one sentence all pages share."""
        super().__init__(
            gettext_lazy(
                "Somebody else did something here after you opened this page, so nothing was "
                "changed. See how it stands now, then decide again."
            )
        )


@dataclass(frozen=True, kw_only=True)
class Request:
    """What makes two requests the same: the sender's key, and a digest of what was asked.

    An empty key means the sender does not repeat itself (a command, scheduled work).
    Raises KeyRefusedError for one that is too long to be kept.
    """

    key: str
    fingerprint: str

    def __post_init__(self) -> None:
        """Refuse the key here, so that no way past `find_replay` needs to think of it."""
        if len(self.key) > KEY_LENGTH:
            raise KeyRefusedError(
                _("A request key can have at most %(most)s characters.") % {"most": KEY_LENGTH}
            )


NO_REQUEST = Request(key="", fingerprint="")
"""For a step inside a larger action, which carries the key, and for scheduled work."""


def find_replay(request: Request) -> Entry | None:
    """Return the entry of the first time this very request was carried out, if any.

    To be called inside the action's transaction before its own locks. On PostgreSQL a second
    sender of the same key waits here until the first has committed; SQLite has one writer.

    Raises KeyReusedError where the key is known with another content.
    """
    if not request.key:
        return None
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


def entries_between(first: date | None, last: date | None, words: str = "") -> QuerySet[Entry]:
    """Return what was done on these days (both included; open where None), newest first.

    `words` are part of an actor's address or name, of an action, or a whole object's key.
    """
    found = Entry.objects.select_related("actor").order_by("-pk")
    if first:
        found = found.filter(at__date__gte=first)
    if last:
        found = found.filter(at__date__lte=last)
    if words:
        found = found.filter(
            Q(actor__email__icontains=words)
            | Q(actor__name__icontains=words)
            | Q(action__icontains=words)
            | Q(object_id=words)
        )
    return found


def was_carried_out(key: str) -> bool:
    """Return whether a request with this key is on the book, whatever it asked for."""
    return bool(key) and Entry.objects.filter(idempotency_key=key).exists()


def newest_entry_id(obj: Model) -> int:
    """Return the key of the newest entry about one object, 0 where nothing was done to it yet."""
    about = Entry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))
    return about.aggregate(newest=Max("pk"))["newest"] or 0


def newest_entry_ids(model: type[Model], keys: Collection[int]) -> dict[int, int]:
    """Return the key of the newest entry about each object; those without any are left out."""
    about = Entry.objects.filter(
        object_type=model._meta.label_lower, object_id__in=[str(key) for key in keys]
    )
    newest = about.order_by().values("object_id").annotate(newest=Max("pk"))
    return {int(key): pk for key, pk in newest.values_list("object_id", "newest")}


def entries_after(model: type[Model], seen: Mapping[int, int]) -> QuerySet[Entry]:
    """Return what was done to objects after the entries that were seen of them, oldest first."""
    if not seen:
        return Entry.objects.none()
    about = Entry.objects.filter(
        object_type=model._meta.label_lower,
        object_id__in=[str(key) for key in seen],
        pk__gt=min(seen.values()),
    )
    later = [
        pk
        for pk, key in about.order_by().values_list("pk", "object_id")
        if pk > seen.get(int(key), 0)
    ]
    return Entry.objects.filter(pk__in=later).select_related("actor").order_by("pk")


def check_unchanged(obj: Model, *, seen: int | None) -> None:
    """Raise ChangedMeanwhileError if something was done to an object after entry `seen`.

    For actions which add to what stands, such as a second cancellation: two people who read the
    same page may not both mean it. To be called under the object's lock; None asks nothing.
    """
    if seen is not None and newest_entry_id(obj) > seen:
        raise ChangedMeanwhileError


def entries_about_all(*objects: QuerySet[Any]) -> QuerySet[Entry]:
    """Return what was done to any of the objects, newest first."""
    about = Q(pk__in=())
    for rows in objects:
        keys = [str(key) for key in rows.values_list("pk", flat=True)]
        about |= Q(object_type=rows.model._meta.label_lower, object_id__in=keys)
    return Entry.objects.filter(about).select_related("actor")
