from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from ksbb.audit.models import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.audit.queries import Request
    from ksbb.collaborators.models import Collaborator
    from ksbb.programmes.models import Programme

_CALL: Final = """
    SELECT * FROM funds_pay_at_once(
        request_key => %(key)s,
        request_fingerprint => %(fingerprint)s,
        by_actor => %(actor)s,
        through_channel => %(channel)s,
        at_moment => %(now)s,
        of_aggregator => %(aggregator)s,
        for_programme => %(programme)s,
        wanted => %(amount)s,
        said => %(what_for)s,
        noted => %(changes)s::jsonb
    )
"""


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Operating costs as they were asked for: whole rupiah, and what they were for."""

    aggregator: Collaborator
    programme: Programme
    amount: int
    what_for: str
    actor: Actor
    now: datetime
    request: Request

    @property
    def changes(self) -> dict[str, Any]:
        """What the audit row notes of them."""
        return {"amount": self.amount, "programme": self.programme.slug}


def pay_at_once(costs: Costs) -> Entry | None:
    """Pay ordinary costs in one round trip: one statement, whole or not at all.

    Amount and words are known to be sound. None says that nothing was done and nothing written:
    the engine has no such function (SQLite), the key was used before, the money is short, or the
    period is closed.
    """
    if connection.vendor != "postgresql":
        return None
    found = Entry.objects.raw(
        _CALL,
        {
            "key": costs.request.key or None,
            "fingerprint": costs.request.fingerprint,
            "actor": costs.actor.user and costs.actor.user.pk,
            "channel": costs.actor.channel,
            "now": costs.now,
            "aggregator": costs.aggregator.pk,
            "programme": costs.programme.pk,
            "amount": costs.amount,
            "what_for": costs.what_for,
            "changes": json.dumps(costs.changes),
        },
    )
    return next(iter(found), None)
