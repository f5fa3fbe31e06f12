from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ksbb.audit.actions.record import record
from ksbb.collaborators.models import CollaboratorContact

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor


@transaction.atomic
def look_at_contact(
    *, collaborator_id: int, actor: Actor, now: datetime
) -> CollaboratorContact | None:
    """Return the restricted contact of a collaborator and write down who looked."""
    contact = CollaboratorContact.objects.filter(collaborator_id=collaborator_id).first()
    if contact:
        record(action="collaborators.look_at_contact", obj=contact, actor=actor, now=now)
    return contact
