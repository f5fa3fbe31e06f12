from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, check_unchanged, find_replay
from ksbb.needs.locking import lock_needs
from ksbb.needs.models import Need, NeedAdjustment
from ksbb.needs.queries_rule import takes_a_second
from ksbb.rights.enums import ApprovalState
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.rights.models import Approval

MAX_QUANTITY = 1_000_000_000


class NeedNotAdjustableError(DomainError):
    """The new quantity breaks what must hold for a need."""


@transaction.atomic
def adjust(
    *,
    need_id: int,
    quantity: int,
    reason: str,
    by_two: Approval | None = None,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    idempotency_key: str = "",
) -> Need:
    """Set the quantity of a need to a new value and keep the difference with its reason.

    Above what its rule gives, where the programme marks that, only the request that a second
    officer confirmed (`by_two`) does it. Raises NeedNotAdjustableError for that, below what is
    committed, above 10^9, or without a reason, and ChangedMeanwhileError where
    something was done to the need after the audit entry `seen`.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="adjust", need=need_id, quantity=quantity, reason=reason),
    )
    if find_replay(request):
        return Need.objects.get(pk=need_id)
    locked = lock_needs([need_id])
    if not locked:
        raise NeedNotAdjustableError(_("This need does not exist any more."))
    need = locked[0]
    check_unchanged(need, seen=seen)
    check_quantity(need, quantity, reason)
    if quantity == need.quantity:
        return need
    if takes_a_second(need, quantity) and not _confirmed(by_two, need, quantity):
        raise NeedNotAdjustableError(
            _("This is more than the rule gives the place, so a second officer has to confirm it.")
        )
    entry = record(
        action="needs.adjust",
        obj=need,
        actor=actor,
        now=now,
        reason=reason,
        changes={"quantity": [need.quantity, quantity]},
        request=request,
    )
    NeedAdjustment.objects.create(
        need=need, delta=quantity - need.quantity, at=now, reason=reason, entry=entry
    )
    return Need.objects.get(pk=need_id)


def check_quantity(need: Need, quantity: int, reason: str) -> None:
    """Raise NeedNotAdjustableError where a need cannot have this quantity."""
    if not reason.strip():
        raise NeedNotAdjustableError(_("Say why the need changes."))
    if quantity > MAX_QUANTITY:
        raise NeedNotAdjustableError(
            _("%(wanted)s is more than a need can be (at most %(most)s).")
            % {"wanted": number(quantity), "most": number(MAX_QUANTITY)}
        )
    if quantity < need.committed:
        raise NeedNotAdjustableError(
            _(
                "%(committed)s are already committed to this need; it cannot fall to "
                "%(wanted)s. Cancel commitments first."
            )
            % {"committed": number(need.committed), "wanted": number(quantity)}
        )


def _confirmed(by_two: Approval | None, need: Need, quantity: int) -> bool:
    return (
        by_two is not None
        and by_two.state == ApprovalState.CONFIRMED
        and (by_two.object_type, by_two.object_id) == (need._meta.label_lower, str(need.pk))
        and by_two.payload["quantity"] == quantity
    )
