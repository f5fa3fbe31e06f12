from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.models import Collaborator, CollaboratorContact, Membership
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor

SLUG_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


class ApplicantRefusedError(DomainError):
    """The applicant cannot be named or reached."""


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """What somebody says of themselves before the working group has checked it.

    `language` is that of the page on which it was said, for letters to who has no account.
    """

    name: str
    kind: str
    is_anonymous: bool
    contact_name: str
    email: str
    phone: str
    language: str = "id"


@transaction.atomic
def register(
    *, applicant: Applicant, actor: Actor, now: datetime, idempotency_key: str = ""
) -> Collaborator:
    """Write down a new donor, unverified, with the restricted contact beside it.

    Whoever does so with an account becomes its owner.
    The audit row keeps no personal data: it names the row that does, which can be erased.
    Raises ApplicantRefusedError without a name or a way to reach somebody.
    """
    request = Request(
        key=idempotency_key, fingerprint=fingerprint(action="register", **vars(applicant))
    )
    if replay := find_replay(request):
        return Collaborator.objects.get(pk=replay.object_id)
    _check(applicant)
    collaborator = Collaborator.objects.create(
        slug=_new_slug(applicant),
        name=applicant.name,
        kind=applicant.kind,
        is_anonymous=applicant.is_anonymous,
        created_at=now,
    )
    CollaboratorContact.objects.create(
        collaborator=collaborator,
        name=applicant.contact_name,
        email=applicant.email,
        phone=applicant.phone,
        language=applicant.language,
    )
    if actor.user:
        Membership.objects.create(user=actor.user, collaborator=collaborator, role=MemberRole.OWNER)
    record(action="collaborators.register", obj=collaborator, actor=actor, now=now, request=request)
    return collaborator


def _check(applicant: Applicant) -> None:
    if not applicant.name.strip() or not applicant.contact_name.strip():
        raise ApplicantRefusedError(_("Write the name of the giver and of a contact person."))
    if not (applicant.email or applicant.phone):
        raise ApplicantRefusedError(_("Write an e-mail address or a phone number."))


def _new_slug(applicant: Applicant) -> str:
    # An anonymous donor's address must not give the name away.
    words = "anonim" if applicant.is_anonymous else slugify(applicant.name)[:60] or "kolaborator"
    return f"{words}-{get_random_string(6, SLUG_LETTERS)}"
