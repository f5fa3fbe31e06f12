"""Taking one person out of the book, which itself stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.accounts.models import User
from ksbb.accounts.rules import holds_office
from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator
from ksbb.funds.models import Proof
from ksbb.privacy.queries import Kept
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from ksbb.audit.actors import Actor

NOWHERE: Final = "dihapus.invalid"
"""A domain that cannot exist (RFC 2606), so nobody ever gets a letter there."""


class NotErasedError(DomainError):
    """Nothing is kept of this person, or it cannot be taken out yet."""


@transaction.atomic
def look(*, sought: str, exports: bool, actor: Actor, now: datetime) -> Kept:
    """Return what is kept of a person; the look is written down, and not for whom it was asked.

    Raises NotErasedError where nothing is kept.
    """
    kept = Kept(sought)
    action = "privacy.export" if exports else "privacy.look"
    for obj in _objects(kept):
        record(action=action, obj=obj, actor=actor, now=now)
    if not kept:
        raise NotErasedError(_("Nothing is kept under this address or phone."))
    return kept


@transaction.atomic
def erase(
    *, sought: str, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> int:
    """Take a person out everywhere; return how many rows held them.

    Commitments, movements, receipts and audit rows stay: they name a giver, a place or an account,
    and these no longer say who it was. An account cannot vanish, because audit rows point at it; it
    keeps a number, is closed, and has neither address nor name. Audit rows say that it was done and
    never for whom. Raises NotErasedError without a reason, where nothing is kept, and for somebody
    who still decides for the city.
    """
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="erase", sought=sought, reason=reason)
    )
    if replay := find_replay(request):
        return int(replay.changes["rows"])
    kept = Kept(sought)
    _check(kept, reason)
    objects = _objects(kept)
    for number, obj in enumerate(objects):
        record(
            action="privacy.erase",
            obj=obj,
            actor=actor,
            now=now,
            reason=reason,
            changes={"rows": len(objects)},
            request=request if number == 0 else None,
        )
    _empty(kept)
    return len(objects)


def _check(kept: Kept, reason: str) -> None:
    if not reason.strip():
        raise NotErasedError(_("Say on whose request, for instance the number of the letter."))
    if not kept:
        raise NotErasedError(_("Nothing is kept under this address or phone."))
    if kept.user and holds_office(kept.user):
        raise NotErasedError(_("This account decides for the city. Take its role away first."))


def _objects(kept: Kept) -> list[Model]:
    found: list[Model] = [kept.user] if kept.user else []
    return [
        *found,
        *kept.givers,
        *kept.places,
        *kept.reports,
        *kept.invitations,
        *kept.transfers,
        *kept.gifts,
    ]


def _empty(kept: Kept) -> None:
    if kept.user:
        _close(kept.user)
    # Before the givers lose their names; what the ledger counts stays as it is.
    for row in kept.transfers:
        row.text = ""
        row.save(update_fields=["text"])
    for gift in kept.gifts:
        gift.reference = ""
        gift.save(update_fields=["reference"])
    for contact in kept.givers:
        _unname(contact.collaborator)
        Proof.objects.filter(gift__donor=contact.collaborator).delete()
        contact.delete()
    for place in (*kept.places, *kept.reports):
        place.delete()
    for invitation in kept.invitations:
        invitation.email = f"undangan-{invitation.pk}@{NOWHERE}"
        invitation.expires_at = min(invitation.expires_at, invitation.created_at)
        invitation.save(update_fields=["email", "expires_at"])


def _close(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
    Authenticator.objects.filter(user=user).delete()
    user.memberships.all().delete()
    user.email, user.name, user.is_active = f"akun-{user.pk}@{NOWHERE}", "", False
    user.last_login = None
    user.set_unusable_password()
    user.save()


def _unname(giver: Collaborator) -> None:
    """Take the name of a person who gives; a company or community keeps its own."""
    if giver.kind != Kind.INDIVIDUAL:
        return
    giver.name, giver.slug = f"Perorangan {giver.pk}", f"perorangan-{giver.pk}"
    giver.is_anonymous = True
    giver.save(update_fields=["name", "slug", "is_anonymous"])
