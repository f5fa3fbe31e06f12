from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import NO_REQUEST, Request, find_replay
from ksbb.commitments.actions.reserve import (
    MAX_LINES,
    CommitmentRefusedError,
    LineRequest,
    NeedsFullError,
    Order,
    Refusal,
    check_giver,
    check_takeable,
    take,
)
from ksbb.commitments.actions.submit import Plan, hand_in
from ksbb.commitments.locking import LockedCommitment
from ksbb.commitments.models import Commitment
from ksbb.needs.locking import LockedNeed, lock_needs
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.collaborators.models import Collaborator
    from ksbb.programmes.models import Programme

MOST_PLACES: Final = 2000
"""So many lines in one act: ten commitments."""


class SharedOut(NamedTuple):
    """The commitments that were made, and the lines for which not enough was open any more."""

    commitments: list[Commitment]
    refusals: list[Refusal]


@transaction.atomic
def share_out(
    *,
    programme: Programme,
    giver: Collaborator,
    lines: Sequence[LineRequest],
    plan: Plan,
    keep_rest: bool,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> SharedOut:
    """Promise to hundreds of needs at once, in commitments of at most MAX_LINES lines each.

    All of it or nothing; with ``keep_rest`` lines whose quantity is no longer open are left out and
    named. Raises NeedsFullError where nothing can be kept, and what `reserve` and `submit` raise.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="share-out",
            programme=programme.pk,
            giver=giver.pk,
            lines=sorted(map(tuple, lines)),
            plan=vars(plan),
            keep_rest=keep_rest,
        ),
    )
    if replay := find_replay(request):
        return _again(replay.changes["shared"], replay.changes["refused"])
    _check(lines)
    check_giver(giver)
    needs = lock_needs([line.need_id for line in lines])
    if len(needs) != len(lines):
        raise CommitmentRefusedError(
            _("One of the chosen needs does not exist in this programme any more. Choose again.")
        )
    check_takeable(needs, programme, now)
    kept, refusals = _parted(needs, {line.need_id: line.quantity for line in lines})
    if refusals and not (keep_rest and kept):
        raise NeedsFullError(refusals)
    order = partial(
        Order, programme=programme, collaborator=giver, actor=actor, now=now, request=NO_REQUEST
    )
    made = [
        _promised(order(lines=kept[first : first + MAX_LINES]), plan)
        for first in range(0, len(kept), MAX_LINES)
    ]
    record(
        action="commitments.share_out",
        obj=giver,
        actor=actor,
        now=now,
        changes={
            "shared": {one.code: sum(line.quantity for line in one.lines.all()) for one in made},
            "refused": {str(one.need_id): [*one] for one in refusals},
        },
        request=request,
    )
    return SharedOut(made, refusals)


def _check(lines: Sequence[LineRequest]) -> None:
    if len(lines) > MOST_PLACES:
        raise CommitmentRefusedError(
            _("%(count)s places are more than the %(most)s that fit into one act.")
            % {"count": number(len(lines)), "most": number(MOST_PLACES)}
        )
    if not lines:
        raise CommitmentRefusedError(_("Choose at least one place and a quantity."))
    if any(line.quantity < 1 for line in lines):
        raise CommitmentRefusedError(_("Each quantity must be at least 1."))
    if len({line.need_id for line in lines}) != len(lines):
        raise CommitmentRefusedError(_("The same need stands in two lines; put them together."))


def _parted(
    needs: Sequence[LockedNeed], wanted: dict[int, int]
) -> tuple[list[LineRequest], list[Refusal]]:
    """Return what is open as asked, in the order of places, and what is not."""
    kept, refusals = [], []
    for need in sorted(needs, key=lambda one: one.target.code):
        quantity = wanted[need.pk]
        if quantity <= need.open:
            kept.append(LineRequest(need.pk, quantity))
        else:
            refusals.append(
                Refusal(need.pk, need.target.code, need.target.name, quantity, need.open)
            )
    return kept, refusals


def _promised(order: Order, plan: Plan) -> Commitment:
    # The row is this transaction's own, and the needs are locked already.
    commitment = LockedCommitment(take(order))
    hand_in(commitment, plan=plan, actor=order.actor, now=order.now, request=NO_REQUEST)
    return commitment


def _again(shared: dict[str, int], refused: dict[str, list[int | str]]) -> SharedOut:
    made = Commitment.objects.filter(code__in=shared).order_by("pk")
    return SharedOut(list(made), [Refusal(*one) for one in refused.values()])  # type: ignore[arg-type]
