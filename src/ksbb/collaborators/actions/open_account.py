from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ksbb.accounts.models import User
from ksbb.audit.actions.record import record

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


@transaction.atomic
def open_account(*, email: str, actor: Actor, now: datetime) -> User:
    """Return the account of an address its reader has proven; the first time it is made.

    It has no password: it opens by a code to that address, and by passkeys added to it. The audit
    row names the account and never the address, which can be erased.
    """
    user, is_new = User.objects.get_or_create(
        email=User.normalize_username(email),
        defaults={"password": make_password(None), "date_joined": now},
    )
    if is_new:
        record(action="collaborators.open_account", obj=user, actor=actor, now=now)
    return user
