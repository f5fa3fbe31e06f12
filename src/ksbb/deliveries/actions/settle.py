from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.commitments.locking import lock_commitment
from ksbb.deliveries.models import DeliveryLine
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


class SettlementRefusedError(DomainError):
    """There is nothing to settle, or nobody says why."""


@transaction.atomic
def settle(
    *,
    delivery_line_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> DeliveryLine:
    """Leave a line as it stands where the receiver counted more than was handed over.

    For a surplus that is not of this promise, or that the promise does not hold: no quantity
    moves, and both words stay. What was of this promise is written down by a correction instead.
    Raises SettlementRefusedError, and ChangedMeanwhileError where something was done to the
    commitment after the entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="settle", line=delivery_line_id, reason=reason),
    )
    replay = find_replay(request)
    line = DeliveryLine.objects.select_related("delivery").get(pk=delivery_line_id)
    if replay:
        return line
    commitment = lock_commitment(line.delivery.commitment_id)
    check_unchanged(commitment, seen=seen)
    line = DeliveryLine.objects.select_related("receipt_line").get(pk=line.pk)
    _check(line, reason)
    # About the commitment, as a correction is: whoever saw it before is to look again.
    record(
        action="deliveries.settle",
        obj=commitment,
        actor=actor,
        now=now,
        reason=reason,
        changes={"recorded": line.quantity, "counted": line.receipt_line.quantity},
        request=request,
    )
    line.settled_at = now
    line.save(update_fields=["settled_at"])
    return line


def _check(line: DeliveryLine, reason: str) -> None:
    if not reason.strip():
        raise SettlementRefusedError(_("Say why it stays as it stands."))
    if not line.surplus:
        raise SettlementRefusedError(
            _("The receiver did not count more here, or it was settled already.")
        )
