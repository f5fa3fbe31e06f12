from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from ksbb.commitments.models import Commitment
from ksbb.shared.clock import in_wib

if TYPE_CHECKING:
    from ksbb.commitments.actions.reserve import Order
    from ksbb.commitments.actions.submit import Plan

_CALL: Final = """
    SELECT * FROM commitments_take_at_once(
        request_key => %(key)s,
        request_fingerprint => %(fingerprint)s,
        by_actor => %(actor)s,
        through_channel => %(channel)s,
        at_moment => %(now)s,
        today => %(today)s,
        for_programme => %(programme)s,
        from_collaborator => %(collaborator)s,
        public_code => %(code)s,
        wanted_needs => %(needs)s::bigint[],
        wanted_quantities => %(quantities)s::numeric[],
        held_until => %(held_until)s,
        plan_day => %(day)s,
        plan_window => %(window)s,
        plan_remark => %(remark)s
    )
"""


def take_at_once(order: Order, plan: Plan | None, *, code: str) -> Commitment | None:
    """Carry out an ordinary order in one round trip: one statement, whole or not at all.

    The lines are known to be sound. With a plan, which was checked too, the draft is submitted
    as well. None says that nothing was done and nothing written: the engine has no such function
    (SQLite), the key was used before, or something speaks against the order.
    """
    if connection.vendor != "postgresql":
        return None
    found = Commitment.objects.raw(_CALL, _asked(order, plan) | {"code": code})
    made = next(iter(found), None)
    if made:
        made.programme, made.collaborator = order.programme, order.collaborator
    return made


def _asked(order: Order, plan: Plan | None) -> dict[str, Any]:
    lines = sorted(order.lines)
    draft = timedelta(minutes=order.programme.draft_minutes)
    return {
        "key": order.request.key or None,
        "fingerprint": order.request.fingerprint,
        "actor": order.actor.user and order.actor.user.pk,
        "channel": order.actor.channel,
        "now": order.now,
        "today": in_wib(order.now).date(),
        "programme": order.programme.pk,
        "collaborator": order.collaborator.pk,
        "needs": [line.need_id for line in lines],
        "quantities": [line.quantity for line in lines],
        "held_until": None if plan else order.now + draft,
        "day": plan and plan.planned_for,
        "window": plan.delivery_window if plan else "",
        "remark": plan.remark if plan else "",
    }
