from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.needs.reckoning import BY_RULE, Extent, fill_missing, insert_missing
from ksbb.programmes.locking import lock_programme
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor
    from ksbb.needs.models import Target
    from ksbb.programmes.models import Phase, Programme

__all__ = ["BY_RULE", "publish"]


@transaction.atomic
def publish(
    *,
    programme: Programme,
    only: Target | None = None,
    phase: Phase | None = None,
    since: date | None = None,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> int:
    """Reckon the needs of verified targets from the programme's rules; return how many.

    That is every target of its kinds in its area, or `only` one of them; in every phase, in one
    `phase`, or in those that end on the day `since` or later. Needs that stand already are left as
    they are: raising one is a decision of its own. Two publications of one programme follow each
    other.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="publish",
            programme=programme.pk,
            only=only.pk if only else None,
            phase=phase.pk if phase else None,
            since=since,
        ),
    )
    if replay := find_replay(request):
        return int(replay.changes["needs"])
    lock_programme(programme.pk)
    extent = Extent(programme=programme, only=only, phase=phase, since=since)
    made = insert_missing(extent)
    if made:
        entry = record(
            action="needs.publish",
            obj=programme,
            actor=actor,
            now=now,
            changes={"needs": made} | ({"phase": phase.number} if phase else {}),
            request=request,
        )
        fill_missing(extent, entry)
    return made
