from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.accounts.models import User
from ksbb.audit.actions.record import record
from ksbb.collaborators.locking import lock_collaborator
from ksbb.collaborators.models import Invitation
from ksbb.collaborators.queries import members_of, open_invitations, token_digest
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.collaborators.enums import MemberRole

VALID_FOR = timedelta(days=7)


class InvitationRefusedError(DomainError):
    """The address cannot be invited."""


@transaction.atomic
def invite(
    *, collaborator_id: int, email: str, role: MemberRole, actor: Actor, now: datetime
) -> str:
    """Return the secret of a new one-time link; older ones for the same address end.

    The secret goes into the letter and is never stored: the table holds its SHA-256. The audit row
    names the invitation and not the address, which can be erased.
    """
    address = User.normalize_username(email)
    collaborator = lock_collaborator(collaborator_id)
    if members_of(collaborator).filter(user__email=address).exists():
        raise InvitationRefusedError(_("This address already belongs to a member."))
    open_invitations(collaborator, now).filter(email=address).update(expires_at=now)
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        collaborator=collaborator,
        email=address,
        role=role,
        invited_by=actor.user,
        token_hash=token_digest(token),
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    _record(invitation, "invite", actor, now)
    return token


@transaction.atomic
def withdraw_invitation(*, invitation_id: int, actor: Actor, now: datetime) -> None:
    """End an invitation that was not accepted; one that is over stays as it is."""
    invitation = Invitation.objects.get(pk=invitation_id)
    collaborator = lock_collaborator(invitation.collaborator_id)
    if open_invitations(collaborator, now).filter(pk=invitation_id).update(expires_at=now):
        _record(invitation, "withdraw_invitation", actor, now)


def _record(invitation: Invitation, verb: str, actor: Actor, now: datetime) -> None:
    record(
        action=f"collaborators.{verb}",
        obj=invitation.collaborator,
        actor=actor,
        now=now,
        changes={"invitation": invitation.pk, "role": invitation.role},
    )
