from __future__ import annotations

from typing import NewType

from ksbb.collaborators.models import Collaborator

LockedCollaborator = NewType("LockedCollaborator", Collaborator)
"""A collaborator whose row is held: until the end of the transaction its members stay as read."""


def lock_collaborator(collaborator_id: int) -> LockedCollaborator:
    """Return the fresh row of a collaborator, held until the end of the transaction."""
    return LockedCollaborator(
        Collaborator.objects.select_for_update(no_key=True).get(pk=collaborator_id)
    )
