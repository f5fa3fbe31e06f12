from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.queries import Request, find_replay
from ksbb.commitments.actions.fulfil import Part, deliver
from ksbb.commitments.locking import lock_commitment
from ksbb.deliveries.actions.plan import plan_open_places
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine
from ksbb.funds.actions.follow import keep_step
from ksbb.shared.clock import in_wib
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import day, moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.commitments.locking import LockedCommitment


class HandOverRefusedError(DomainError):
    """What was said to be handed over cannot be."""


@transaction.atomic
def hand_over(
    *,
    delivery_id: int,
    quantities: Mapping[int, int],
    remark: str = "",
    done_at: datetime | None = None,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
) -> Delivery:
    """Record what was brought: `quantities` by the key of the delivery line, units of its type.

    What was planned and not brought gets a new plan on the same day. The remark is for those who
    work with the delivery and is not published. `done_at` is when the goods changed hands, `now`
    unless said; the movements stand at `now`, when the book came to know of it.
    Raises HandOverRefusedError, TooMuchError, MoveRefusedError.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(
            action="hand_over",
            delivery=delivery_id,
            quantities=sorted(quantities.items()),
            remark=remark,
            **({"done_at": in_wib(done_at).isoformat()} if done_at else {}),
        ),
    )
    replay = find_replay(request)
    delivery = Delivery.objects.get(pk=delivery_id)
    if replay:
        return delivery
    commitment = lock_commitment(delivery.commitment_id)
    delivery.refresh_from_db()
    lines = _lines_to_write(delivery, quantities)
    if done_at:
        _check_moment(commitment, done_at, now)
    entry = deliver(
        commitment,
        [Part(line.line, line.quantity) for line in lines],
        actor=actor,
        now=now,
        request=request,
        changes={"done_at": in_wib(done_at).isoformat()} if done_at else None,
    )
    keep_step(commitment, entry=entry)
    DeliveryLine.objects.bulk_update(lines, ["quantity"])
    delivery.state = DeliveryState.DONE
    delivery.done_at = done_at or now
    delivery.remark = remark
    delivery.handover_number = handover_number(delivery, now)
    delivery.save()
    plan_open_places(
        commitment,
        planned_for=delivery.planned_for,
        delivery_window=delivery.delivery_window,
    )
    return delivery


def _lines_to_write(delivery: Delivery, quantities: Mapping[int, int]) -> list[DeliveryLine]:
    if delivery.state != DeliveryState.PLANNED:
        raise HandOverRefusedError(
            _("This delivery was already recorded as %(number)s.")
            % {"number": delivery.handover_number}
        )
    lines = list(delivery.lines.select_related("line__need").order_by("id"))
    if set(quantities) - {line.pk for line in lines}:
        raise HandOverRefusedError(_("A line does not belong to this delivery. Reload the page."))
    for line in lines:
        line.quantity = quantities.get(line.pk, 0)
    if any(line.quantity < 0 for line in lines):
        raise HandOverRefusedError(_("A quantity cannot be negative."))
    if not any(line.quantity for line in lines):
        raise HandOverRefusedError(_("Enter how much was handed over on at least one line."))
    return lines


def _check_moment(commitment: LockedCommitment, done_at: datetime, now: datetime) -> None:
    if done_at > now:
        raise HandOverRefusedError(_("That lies ahead: it is %(now)s now.") % {"now": moment(now)})
    accepted = commitment.accepted_at
    # People write minutes, the book keeps seconds.
    if accepted and done_at < accepted.replace(second=0, microsecond=0):
        raise HandOverRefusedError(
            _("This commitment was accepted on %(when)s; a hand-over cannot be earlier.")
            % {"when": moment(accepted)}
        )
    if in_wib(done_at).date() < commitment.programme.starts_on:
        raise HandOverRefusedError(
            _("The programme began on %(when)s; a hand-over cannot be earlier.")
            % {"when": day(commitment.programme.starts_on)}
        )


def handover_number(delivery: Delivery, now: datetime) -> str:
    """Return the number of the hand-over record (berita acara), such as `BA-2020-000123`."""
    return f"BA-{in_wib(now).year}-{delivery.pk:06d}"
