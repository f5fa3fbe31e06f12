from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.audit.queries import NO_REQUEST, Request
from ksbb.collaborators.actions.register import Applicant, register
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.reserve import LineRequest, Order, take, take_quickly, taken_before
from ksbb.commitments.actions.submit import Plan, hand_in
from ksbb.commitments.locking import LockedCommitment
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.models import Commitment
    from ksbb.programmes.models import Programme


def promise(
    *,
    programme: Programme,
    giver: Collaborator | Applicant,
    lines: Sequence[LineRequest],
    plan: Plan,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Commitment:
    """Register a new giver if need be, reserve every line and submit: all of it or nothing.

    Raises what `reserve` and `submit` raise.
    """
    request = Request(key=idempotency_key, fingerprint=_fingerprint(programme, giver, lines, plan))
    order = partial(Order, programme=programme, lines=lines, actor=actor, now=now, request=request)
    if isinstance(giver, Collaborator):
        return _give(order(collaborator=giver), plan)
    with transaction.atomic():
        if earlier := taken_before(request):
            return earlier
        newcomer = register(applicant=giver, actor=actor, now=now)
        return _give(order(collaborator=newcomer), plan)


def _give(order: Order, plan: Plan) -> Commitment:
    return take_quickly(order, plan) or _give_step_by_step(order, plan)


@transaction.atomic
def _give_step_by_step(order: Order, plan: Plan) -> Commitment:
    if earlier := taken_before(order.request):
        return earlier
    # The row is this transaction's own: nobody else can have seen it, let alone changed it.
    commitment = LockedCommitment(take(order))
    hand_in(commitment, plan=plan, actor=order.actor, now=order.now, request=NO_REQUEST)
    return commitment


def _fingerprint(
    programme: Programme,
    giver: Collaborator | Applicant,
    lines: Sequence[LineRequest],
    plan: Plan,
) -> str:
    return fingerprint(
        action="promise",
        programme=programme.pk,
        giver=giver.pk if isinstance(giver, Collaborator) else vars(giver),
        lines=sorted(map(tuple, lines)),
        plan=vars(plan),
    )
