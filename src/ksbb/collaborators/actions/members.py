from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.locking import lock_collaborator
from ksbb.collaborators.models import Membership
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.collaborators.locking import LockedCollaborator


class LastOwnerError(DomainError):
    """Without this person nobody could decide who belongs to the collaborator."""


@transaction.atomic
def change_role(
    *, collaborator_id: int, user_id: int, role: MemberRole, actor: Actor, now: datetime
) -> None:
    """Make a member an owner or an owner a member. Raises LastOwnerError."""
    collaborator = lock_collaborator(collaborator_id)
    found = Membership.objects.filter(collaborator=collaborator, user_id=user_id).first()
    if found is None or found.role == role:
        return
    _keep_an_owner(collaborator, found)
    before, found.role = found.role, role
    found.save(update_fields=["role"])
    _record(collaborator, "change_role", found, [before, role], actor, now)


@transaction.atomic
def remove_member(*, collaborator_id: int, user_id: int, actor: Actor, now: datetime) -> None:
    """Let somebody act for the collaborator no longer; they may be the actor. As `change_role`."""
    collaborator = lock_collaborator(collaborator_id)
    found = Membership.objects.filter(collaborator=collaborator, user_id=user_id).first()
    if found is None:
        return
    _keep_an_owner(collaborator, found)
    verb = "leave" if actor.user and actor.user.pk == user_id else "remove_member"
    _record(collaborator, verb, found, [found.role, None], actor, now)
    found.delete()


def _keep_an_owner(collaborator: LockedCollaborator, going: Membership) -> None:
    others = Membership.objects.filter(collaborator=collaborator, role=MemberRole.OWNER)
    if going.role == MemberRole.OWNER and not others.exclude(pk=going.pk).exists():
        raise LastOwnerError(
            _("The last owner cannot leave or become a member. Make somebody else an owner first.")
        )


def _record(
    collaborator: LockedCollaborator,
    verb: str,
    member: Membership,
    roles: list[str | None],
    actor: Actor,
    now: datetime,
) -> None:
    record(
        action=f"collaborators.{verb}",
        obj=collaborator,
        actor=actor,
        now=now,
        changes={"member": member.user_id, "role": roles},
    )
