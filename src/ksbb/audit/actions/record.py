from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ksbb.audit.models import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from ksbb.audit.actors import Actor
    from ksbb.audit.queries import Request


def record(
    *,
    action: str,
    obj: Model,
    actor: Actor,
    now: datetime,
    reason: str = "",
    changes: dict[str, Any] | None = None,
    request: Request | None = None,
) -> Entry:
    """Write down one action on one object, inside the transaction that does it."""
    return Entry.objects.create(
        at=now,
        actor=actor.user,
        channel=actor.channel,
        action=action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        reason=reason,
        changes=changes or {},
        idempotency_key=(request and request.key) or None,
        fingerprint=request.fingerprint if request else "",
    )
