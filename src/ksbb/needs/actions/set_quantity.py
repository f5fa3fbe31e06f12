"""Changing a need from the desk: at once, or after the word of a second officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Sum

from ksbb.needs.actions.adjust import adjust, check_quantity
from ksbb.needs.actions.publish import BY_RULE
from ksbb.needs.models import Need, NeedAdjustment
from ksbb.programmes.queries import takes_two
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
    a quantity above what its rule reckoned. Raises what `adjust` and `ask` raise.
    """
    need = Need.objects.select_related("phase__programme", "target", "aid_type").get(pk=need_id)
    if only_proposes or takes_a_second(need, quantity):
        check_quantity(need, quantity, reason)
        return ask(
            step=Step.SET_NEED,
            obj=need,
            payload={"quantity": quantity},
            reason=reason,
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


def takes_a_second(need: Need, quantity: int) -> bool:
    """Whether the programme wants two officers for this quantity: more than its rule reckons."""
    if not takes_two(Step.SET_NEED, need.phase.programme):
        return False
    by_rule = NeedAdjustment.objects.filter(need=need, reason=BY_RULE)
    return quantity > (by_rule.aggregate(sum=Sum("delta"))["sum"] or 0)
