"""Those who give."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ksbb.accounts.models import User
from ksbb.collaborators.actions.register import Applicant
from ksbb.collaborators.enums import Kind, MemberRole, Verification
from ksbb.collaborators.models import Collaborator, CollaboratorContact, Membership
from ksbb.shared.clock import WIB
from tests.factories.accounts import make_user

REGISTERED = datetime(2020, 4, 24, 8, tzinfo=WIB)


def make_collaborator(name: str = "", **fields: Any) -> Collaborator:
    """Return a new verified company with a contact."""
    number = Collaborator.objects.count() + 1
    defaults = {
        "slug": f"kolaborator-{number}",
        "name": name or f"Kolaborator {number}",
        "kind": Kind.COMPANY,
        "verification": Verification.VERIFIED,
        "created_at": REGISTERED,
    }
    collaborator = Collaborator.objects.create(**defaults | fields)
    CollaboratorContact.objects.create(
        collaborator=collaborator, name="Contoh Kontak", email="kontak@example.org"
    )
    return collaborator


def make_applicant(**fields: Any) -> Applicant:
    """Return what a new donor says of themselves; nothing is written."""
    defaults: dict[str, Any] = {
        "name": "Barisan Bangun Negeri",
        "kind": Kind.COMMUNITY,
        "is_anonymous": False,
        "contact_name": "Contoh Kontak",
        "email": "kontak@example.org",
        "phone": "",
    }
    return Applicant(**defaults | fields)


def make_membership(
    *,
    user: User | None = None,
    collaborator: Collaborator | None = None,
    role: MemberRole = MemberRole.MEMBER,
) -> Membership:
    """Return a new membership of a person in a collaborator."""
    return Membership.objects.create(
        user=user or make_user(), collaborator=collaborator or make_collaborator(), role=role
    )
