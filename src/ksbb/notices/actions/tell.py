from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ksbb.notices.models import Letter, Notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

    from ksbb.notices.enums import Kind


class Reader(NamedTuple):
    """An account, or the contact of a giver without one; keys of rows."""

    user: int | None = None
    giver: int | None = None

    def __str__(self) -> str:
        """Return what tells readers apart in the key of a notice."""
        return f"u{self.user}" if self.user else f"g{self.giver}"


class About(NamedTuple):
    """One object, its readers, and what makes an event about it another one (a day, a row)."""

    obj: Model
    readers: tuple[Reader, ...]
    event: str = ""


def tell(*, kind: Kind, about: Iterable[About], now: datetime) -> int:
    """Write a notice and its letter for each reader, once for the same event; return how many.

    To be called in the transaction of the event: what is taken back is never told.
    """
    wanted = {notice.key: notice for one in about for notice in _notices(kind, one, now)}
    known = set(Notice.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = [key for key in sorted(wanted) if key not in known]
    # Somebody else may write the same one at this moment; then theirs stands.
    Notice.objects.bulk_create([wanted[key] for key in new], ignore_conflicts=True)
    ours = Notice.objects.filter(key__in=new)
    letters = [Letter(notice_id=pk, next_at=now) for pk in ours.values_list("pk", flat=True)]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    return len(letters)


def _notices(kind: Kind, about: About, now: datetime) -> Iterable[Notice]:
    obj = about.obj
    for reader in about.readers:
        yield Notice(
            kind=kind,
            object_type=obj._meta.label_lower,
            object_id=str(obj.pk),
            user_id=reader.user,
            giver=reader.giver,
            key=f"{kind}/{obj._meta.label_lower}/{obj.pk}/{about.event}/{reader}",
            at=now,
        )
