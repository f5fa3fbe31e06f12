"""Several commitments decided in one act: all that stand as they were seen, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay, newest_entry_ids
from ksbb.collaborators.enums import Verification
from ksbb.commitments.actions.decide import DecisionRefusedError, accept, reject
from ksbb.commitments.enums import State
from ksbb.commitments.locking import lock_commitment
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.needs.locking import lock_needs
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.locking import LockedCommitment


class Decided(NamedTuple):
    """The keys of the commitments that were decided on, and of those that changed before."""

    done: list[int]
    changed: list[int]


@transaction.atomic
def accept_many(
    *, seen: Mapping[int, int], actor: Actor, now: datetime, idempotency_key: str = ""
) -> Decided:
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
        return Decided(replay.changes["done"], replay.changes["changed"])
    decided = _ready(
        seen, actor, lambda one: one.collaborator.verification == Verification.VERIFIED
    )
    for key in decided.done:
        accept(commitment_id=key, actor=actor, now=now)
    _record("accept_many", decided, "", actor, now, request)
    return decided


@transaction.atomic
def reject_many(
    *, seen: Mapping[int, int], reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Decided:
    """Reject submitted commitments with one reason and free all of their quantity.

    `seen` as in `accept_many`. Raises DecisionRefusedError without a reason or an account.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="reject-many", commitments=sorted(seen), reason=reason),
    )
    if replay := find_replay(request):
        return Decided(replay.changes["done"], replay.changes["changed"])
    if not reason.strip():
        raise DecisionRefusedError(
            _("Say why the commitments are rejected; the reason is kept with each of them.")
        )
    decided = _ready(seen, actor, lambda _one: True)
    # One after the other they would take the needs of one behind those of another.
    lines = CommitmentLine.objects.filter(commitment__in=decided.done)
    lock_needs(list(lines.values_list("need_id", flat=True)))
    for key in decided.done:
        reject(commitment_id=key, reason=reason, actor=actor, now=now)
    _record("reject_many", decided, reason, actor, now, request)
    return decided


def _ready(
    seen: Mapping[int, int], actor: Actor, allows: Callable[[LockedCommitment], bool]
) -> Decided:
    """Lock the commitments and part those that stand as they were seen from all others."""
    if actor.user is None:
        raise DecisionRefusedError(_("Log in first; the audit names who decides."))
    known = Commitment.objects.filter(pk__in=seen).order_by("pk").values_list("pk", flat=True)
    locked = [lock_commitment(key) for key in known]
    newest = newest_entry_ids(Commitment, seen)
    ready = [
        one.pk
        for one in locked
        if one.state == State.SUBMITTED and allows(one) and newest.get(one.pk, 0) <= seen[one.pk]
    ]
    return Decided(ready, [one for one in seen if one not in ready])


def _record(
    verb: str, decided: Decided, reason: str, actor: Actor, now: datetime, request: Request
) -> None:
    if actor.user:
        record(
            action=f"commitments.{verb}",
            obj=actor.user,
            actor=actor,
            now=now,
            reason=reason,
            changes=decided._asdict(),
            request=request,
        )
