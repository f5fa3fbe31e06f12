"""What happens when a second officer says yes: one line for each step that takes two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ksbb.commitments.actions.refuse_giver import refuse_giver
from ksbb.needs.actions.adjust import adjust
from ksbb.rights.enums import Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.rights.models import Approval


def carry_out(approval: Approval, actor: Actor, now: datetime) -> None:
    """Do what was asked for, with the reason that was given for it."""
    _STEPS[Step(approval.step)](approval, actor, now)


def _set_need(approval: Approval, actor: Actor, now: datetime) -> None:
    adjust(
        need_id=int(approval.object_id),
        quantity=approval.payload["quantity"],
        reason=approval.reason,
        actor=actor,
        now=now,
    )


def _refuse_giver(approval: Approval, actor: Actor, now: datetime) -> None:
    refuse_giver(
        collaborator_id=int(approval.object_id), reason=approval.reason, actor=actor, now=now
    )


_STEPS: Final[dict[Step, Callable[[Approval, Actor, datetime], None]]] = {
    Step.SET_NEED: _set_need,
    Step.REFUSE_GIVER: _refuse_giver,
}
