from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.notices.models import Wish
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.accounts.models import User
    from ksbb.audit.actors import Actor


@transaction.atomic
def wish(
    *,
    user: User,
    language: str,
    wants_all: bool,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Wish:
    """Keep in which language an account reads its letters, and whether it wants all of them."""
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="wish", user=user.pk, language=language, wants_all=wants_all
        ),
    )
    if find_replay(request):
        return Wish.objects.get(user=user)
    kept, _new = Wish.objects.update_or_create(
        user=user, defaults={"language": language, "wants_all": wants_all}
    )
    record(action="notices.wish", obj=kept, actor=actor, now=now, request=request)
    return kept
