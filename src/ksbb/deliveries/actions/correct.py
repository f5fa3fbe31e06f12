from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.commitments.actions import fulfil
from ksbb.commitments.actions.fulfil import Part
from ksbb.commitments.locking import lock_commitment
from ksbb.deliveries.actions.plan import plan_open_places
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import DeliveryLine
from ksbb.funds.actions.follow import keep_step
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


class CorrectionRefusedError(DomainError):
    """The corrected quantities cannot both be true."""


@transaction.atomic
def correct(
    *,
    delivery_line_id: int,
    delivered: int,
    received: int,
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> DeliveryLine:
    """Set what was really brought and received on one line, as new movements with a reason.

    Both are units of the line's aid type. This is how the working group settles a difference
    in either direction; the receiver's own words stay as they were written. What turns out not
    to have been brought gets a plan of its own. Raises CorrectionRefusedError, MoveRefusedError,
    and ChangedMeanwhileError where something was done to the commitment after the entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="correct",
            line=delivery_line_id,
            delivered=delivered,
            received=received,
            reason=reason,
        ),
    )
    replay = find_replay(request)
    line = DeliveryLine.objects.select_related("delivery").get(pk=delivery_line_id)
    if replay:
        return line
    commitment = lock_commitment(line.delivery.commitment_id)
    line = DeliveryLine.objects.select_related("delivery", "line__need").get(pk=line.pk)
    check_unchanged(commitment, seen=seen)
    _check(line, delivered, received, reason)
    entry = fulfil.correct(
        commitment,
        delivered=Part(line.line, delivered - line.quantity),
        received=Part(line.line, received - line.received),
        reason=reason,
        actor=actor,
        now=now,
        request=request,
    )
    keep_step(commitment, entry=entry)
    line.quantity, line.received = delivered, received
    if hasattr(line, "receipt_line"):
        # Who corrects knows the receiver's word: what it says beyond the record is settled too.
        line.settled_at = line.settled_at or now
    line.save(update_fields=["quantity", "received", "settled_at"])
    plan_open_places(
        commitment,
        planned_for=line.delivery.planned_for,
        delivery_window=line.delivery.delivery_window,
    )
    return line


def _check(line: DeliveryLine, delivered: int, received: int, reason: str) -> None:
    most = line.quantity + line.line.undelivered
    if line.delivery.state != DeliveryState.DONE:
        raise CorrectionRefusedError(_("Record the hand-over first; then it can be corrected."))
    if not reason.strip():
        raise CorrectionRefusedError(_("Say why the quantities are corrected."))
    if not 0 <= received <= delivered <= most:
        raise CorrectionRefusedError(
            _(
                "Received (%(received)s) can be at most what was handed over (%(delivered)s), "
                "and that at most %(most)s."
            )
            % {
                "received": number(received),
                "delivered": number(delivered),
                "most": number(most),
            }
        )
    if (delivered, received) == (line.quantity, line.received):
        raise CorrectionRefusedError(_("These are the quantities that stand already."))
