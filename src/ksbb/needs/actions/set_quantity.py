"""Changing a need from the desk: at once, or after the word of a second officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.needs.actions.adjust import adjust, check_quantity
from ksbb.needs.models import Need
from ksbb.needs.queries_rule import takes_a_second
from ksbb.programmes.words import phase_name
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.rights.models import Approval

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


def set_quantity(
    *,
    need_id: int,
    quantity: int,
    reason: str,
    only_proposes: bool = False,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Need | Approval:
    """Change a need, or ask a second officer to let it change.

    The second is for an officer of an area (`only_proposes`), and where the programme marks it for
    a quantity above what its rule gives. Raises what `adjust` and `ask` raise.
    """
    need = Need.objects.select_related("phase__programme", "target", "aid_type").get(pk=need_id)
    if only_proposes or takes_a_second(need, quantity):
        check_quantity(need, quantity, reason)
        return ask(
            step=Step.SET_NEED,
            obj=need,
            payload={"quantity": quantity},
            reason=reason,
            name=lambda: f"{need.target.name}, {need.aid_type.name}, {phase_name(need.phase)}",
            actor=actor,
            now=now,
            idempotency_key=idempotency_key,
        )
    return adjust(
        need_id=need_id,
        quantity=quantity,
        reason=reason,
        seen=seen,
        actor=actor,
        now=now,
        idempotency_key=idempotency_key,
    )
