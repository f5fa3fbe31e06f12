from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.audit.actions.record import record
from ksbb.needs.models import TargetContact

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


@transaction.atomic
def look_at_contact(*, target_id: int, actor: Actor, now: datetime) -> TargetContact | None:
    """Return the restricted contact of a place and write down who looked; None where none is."""
    contact = TargetContact.objects.filter(target_id=target_id).first()
    if contact:
        record(action="needs.look_at_contact", obj=contact, actor=actor, now=now)
    return contact
