from __future__ import annotations

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


@transaction.atomic
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
    if isinstance(giver, Applicant):
        if earlier := taken_before(request):
            return earlier
        giver = register(applicant=giver, actor=actor, now=now)
    order = Order(
        programme=programme,
        collaborator=giver,
        lines=lines,
        actor=actor,
        now=now,
        request=request,
    )
    if at_once := take_quickly(order, plan):
        return at_once
    if earlier := taken_before(request):
        return earlier
    # The row is this transaction's own: nobody else can have seen it, let alone changed it.
    commitment = LockedCommitment(take(order))
    hand_in(commitment, plan=plan, actor=actor, now=now, request=NO_REQUEST)
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
