from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.needs.models import Target
from ksbb.needs.queries_names import forget_names
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.needs.enums import Verification


@transaction.atomic
def decide_target(
    *,
    target_id: int,
    decision: Verification,
    reason: str = "",
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Target:
    """Verify or refuse a target. What is committed to it stays as it is.

    Raises ChangedMeanwhileError where something was done to it after the audit entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action=decision, target=target_id, reason=reason),
    )
    replay = find_replay(request)
    target = Target.objects.select_for_update(no_key=True).get(pk=target_id)
    if replay:
        return target
    check_unchanged(target, seen=seen)
    if target.verification == decision:
        return target
    before, target.verification = target.verification, decision
    target.save(update_fields=["verification"])
    record(
        action=f"needs.target_{decision.lower()}",
        obj=target,
        actor=actor,
        now=now,
        reason=reason,
        changes={"verification": [before, decision]},
        request=request,
    )
    transaction.on_commit(forget_names)
    return target
