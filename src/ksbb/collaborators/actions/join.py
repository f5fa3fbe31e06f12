from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.accounts.models import User
from ksbb.audit.actions.record import record
from ksbb.collaborators.enums import MemberRole, Verification
from ksbb.collaborators.locking import lock_collaborator
from ksbb.collaborators.models import CollaboratorContact, Membership
from ksbb.collaborators.queries import find_invitation
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.collaborators.locking import LockedCollaborator


class InvitationEndedError(DomainError):
    """The link was used, withdrawn, has run out, or never was one."""


class NotInvitedError(DomainError):
    """The link is for another address than that of the account."""


class ClaimRefusedError(DomainError):
    """The collaborator cannot be taken over with this address."""


@transaction.atomic
def accept_invitation(*, token: str, user: User, actor: Actor, now: datetime) -> Membership:
    """Let the invited person join; the link works once and for its own address only.

    Raises InvitationEndedError or NotInvitedError.
    """
    invitation = find_invitation(token, now)
    if invitation:
        collaborator = lock_collaborator(invitation.collaborator_id)
        # Somebody may have used or withdrawn it while we waited for the lock.
        invitation = find_invitation(token, now)
    if invitation is None:
        raise InvitationEndedError(
            _("This invitation was used, withdrawn, or is over. Ask for a new one.")
        )
    if invitation.email != user.email:
        raise NotInvitedError(
            _("This invitation is for another e-mail address. Log in with that one.")
        )
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    return _join(collaborator, user, invitation.role, "accept_invitation", actor, now)


@transaction.atomic
def claim(
    *,
    collaborator_id: int,
    proven_emails: frozenset[str],
    user: User,
    actor: Actor,
    now: datetime,
) -> Membership:
    """Make the reader of the contact's address the owner of a collaborator nobody acts for yet.

    `proven_emails` are the addresses, as accounts keep them, whose reader `user` is for sure.

    Raises ClaimRefusedError where the address is another one or somebody already acts for it.
    """
    collaborator = lock_collaborator(collaborator_id)
    own = Membership.objects.filter(collaborator=collaborator, user=user).first()
    if own:
        return own
    contact = CollaboratorContact.objects.filter(collaborator=collaborator).first()
    known = User.normalize_username(contact.email) if contact else ""
    if not known or known not in proven_emails:
        raise ClaimRefusedError(
            _("This is not the e-mail address that was written down as the contact.")
        )
    if collaborator.verification == Verification.REFUSED:
        raise ClaimRefusedError(_("The working group has refused this giver."))
    if Membership.objects.filter(collaborator=collaborator).exists():
        raise ClaimRefusedError(
            _("Somebody already acts for this giver. Ask one of its owners for an invitation.")
        )
    return _join(collaborator, user, MemberRole.OWNER, "claim", actor, now)


def _join(
    collaborator: LockedCollaborator, user: User, role: str, verb: str, actor: Actor, now: datetime
) -> Membership:
    membership, is_new = Membership.objects.get_or_create(
        user=user, collaborator=collaborator, defaults={"role": role}
    )
    if is_new:
        record(
            action=f"collaborators.{verb}",
            obj=collaborator,
            actor=actor,
            now=now,
            changes={"member": user.pk, "role": role},
        )
    return membership
