"""Several commitments accepted in one act: all that stand as they were seen, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay, newest_entry_ids
from ksbb.collaborators.enums import Verification
from ksbb.commitments.actions.decide import DecisionRefusedError, accept
from ksbb.commitments.enums import State
from ksbb.commitments.locking import lock_commitment
from ksbb.commitments.models import Commitment
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor


class Accepted(NamedTuple):
    """The keys of the commitments that were accepted, and of those that changed before."""

    done: list[int]
    changed: list[int]


@transaction.atomic
def accept_many(
    *, seen: Mapping[int, int], actor: Actor, now: datetime, idempotency_key: str = ""
) -> Accepted:
    """Accept submitted commitments of verified givers.

    `seen` gives for each commitment, by its key, the newest audit entry the sender saw. One that
    changed after that, or cannot be accepted any more, stays as it is and is named. Raises
    DecisionRefusedError for a sender without an account.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="accept-many", commitments=sorted(seen)),
    )
    if replay := find_replay(request):
        return Accepted(replay.changes["done"], replay.changes["changed"])
    if actor.user is None:
        raise DecisionRefusedError(_("Log in first; the audit names who decides."))
    known = Commitment.objects.filter(pk__in=seen).order_by("pk").values_list("pk", flat=True)
    locked = [lock_commitment(key) for key in known]
    newest = newest_entry_ids(Commitment, seen)
    ready = [
        one.pk
        for one in locked
        if one.state == State.SUBMITTED
        and one.collaborator.verification == Verification.VERIFIED
        and newest.get(one.pk, 0) <= seen[one.pk]
    ]
    for key in ready:
        accept(commitment_id=key, actor=actor, now=now)
    accepted = Accepted(ready, [one for one in seen if one not in ready])
    record(
        action="commitments.accept_many",
        obj=actor.user,
        actor=actor,
        now=now,
        changes=accepted._asdict(),
        request=request,
    )
    return accepted
