"""One decision about several places in one act: all that stand as they were seen, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay, newest_entry_ids
from ksbb.needs.actions.admit import admit
from ksbb.needs.actions.verify import decide_target
from ksbb.needs.enums import Verification
from ksbb.needs.locking import lock_targets
from ksbb.needs.models import Target
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor


class DecisionRefusedError(DomainError):
    """The places cannot be decided about like this."""


class Decided(NamedTuple):
    """The keys of the places that were decided on, and of those that changed before."""

    done: list[int]
    changed: list[int]


@transaction.atomic
def decide_many(
    *,
    seen: Mapping[int, int],
    decision: Verification,
    reason: str = "",
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Decided:
    """Verify or refuse places that wait; with the verification go their needs.

    `seen` gives for each place, by its key, the newest audit entry the sender saw. A place that
    somebody did something to after that, or that waits no more, stays as it is and is named.
    Raises DecisionRefusedError for a refusal without a reason and for a sender without an account.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="decide-many", targets=sorted(seen), decision=decision, reason=reason
        ),
    )
    if replay := find_replay(request):
        return Decided(replay.changes["done"], replay.changes["changed"])
    if actor.user is None:
        raise DecisionRefusedError(_("Log in first; the audit names who decides."))
    if decision == Verification.REFUSED and not reason.strip():
        raise DecisionRefusedError(_("Say why the places are refused."))
    targets = lock_targets(seen)
    newest = newest_entry_ids(Target, seen)
    waiting = [
        one.pk
        for one in targets
        if one.verification == Verification.PENDING and newest.get(one.pk, 0) <= seen[one.pk]
    ]
    by: dict[str, Any] = {"actor": actor, "now": now}
    for key in waiting:
        if decision == Verification.VERIFIED:
            admit(target_id=key, **by)
        else:
            decide_target(target_id=key, decision=decision, reason=reason, **by)
    decided = Decided(waiting, [one for one in seen if one not in waiting])
    record(
        action="needs.decide_many",
        obj=actor.user,
        actor=actor,
        now=now,
        reason=reason,
        changes={"decision": str(decision), **decided._asdict()},
        request=request,
    )
    return decided
