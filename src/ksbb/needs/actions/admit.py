from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.needs.actions.publish import publish
from ksbb.needs.actions.verify import decide_target
from ksbb.needs.enums import Verification
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.needs.models import Target


@transaction.atomic
def admit(
    *,
    target_id: int,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Target:
    """Verify a target and publish what it needs in every open programme, or neither.

    Raises what `decide_target` raises.
    """
    target = decide_target(
        target_id=target_id,
        decision=Verification.VERIFIED,
        actor=actor,
        now=now,
        seen=seen,
        idempotency_key=idempotency_key,
    )
    programmes = Programme.objects.filter(state=ProgrammeState.OPEN, target_kinds=target.kind_id)
    for programme in programmes.order_by("pk"):
        publish(programme=programme, only=target, actor=actor, now=now)
    return target
