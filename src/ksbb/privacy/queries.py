"""What is kept of one person, found by e-mail address or phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q

from ksbb.accounts.models import User
from ksbb.audit.models import Entry
from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import CollaboratorContact, Invitation
from ksbb.funds.models import BankRow, Gift
from ksbb.needs.models import TargetContact
from ksbb.suggestions.models import SuggestionContact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

SHORTEST_NAME: Final = 5
"""Shorter names stand in the text of too many others."""

LOOKS = (
    "collaborators.look_at_contact",
    "funds.look_at_proof",
    "needs.look_at_contact",
    "suggestions.look_at_contact",
    "privacy.look",
    "privacy.export",
)


class Kept:
    """The rows about one person; nothing but address and phone is compared."""

    def __init__(self, sought: str) -> None:
        """Look for an e-mail address, or for a phone however it is spaced."""
        self.sought = sought.strip()
        self.email = User.normalize_username(self.sought) if "@" in self.sought else ""
        self.phone = "" if self.email else _digits(self.sought)
        self.user = User.objects.filter(email=self.email).first() if self.email else None
        self.givers = self._matching(CollaboratorContact.objects.select_related("collaborator"))
        self.places = self._matching(TargetContact.objects.select_related("target"))
        self.reports = self._matching(SuggestionContact.objects.select_related("suggestion"))
        invited = Invitation.objects.filter(email=self.email) if self.email else ()
        self.invitations = list(invited)
        self.transfers = list(_transfers(self.givers))
        self.gifts = list(_marked_gifts(self.givers))

    def __bool__(self) -> bool:
        """Whether anything is kept."""
        return bool(self.user or self.givers or self.places or self.reports or self.invitations)

    def _matching(self, contacts: QuerySet[Any]) -> list[Any]:
        fields = {field.name for field in contacts.model._meta.fields}
        if self.email and "email" in fields:
            return list(contacts.filter(email__iexact=self.email))
        if not self.phone:
            return []
        # Phones are kept as they were typed, so the digits are compared one by one.
        some = contacts.filter(phone__contains=self.phone[-2:]).exclude(Q(phone=""))
        return [one for one in some if _digits(one.phone) == self.phone]

    def as_dict(self) -> dict[str, Any]:
        """Return everything as it is handed to the person (UU 27/2022, the right of access)."""
        return {
            "account": _account(self.user) if self.user else None,
            "contact_of_givers": [
                {
                    "giver": one.collaborator.name,
                    "name": one.name,
                    "email": one.email,
                    "phone": one.phone,
                }
                for one in self.givers
            ],
            "contact_of_places": [
                {"place": one.target.code, "role": one.role, "name": one.name, "phone": one.phone}
                for one in self.places
            ],
            "contact_of_reports": [
                {"report": one.suggestion.code, "phone": one.phone, "email": one.email}
                for one in self.reports
            ],
            "transfers": [{"day": one.day, "text": one.text} for one in self.transfers],
            "marks_of_gifts": [{"gift": one.code, "mark": one.reference} for one in self.gifts],
            "invitations": [
                {"giver": one.collaborator.name, "email": one.email, "made": one.created_at}
                for one in self.invitations
            ],
        }


def looks() -> QuerySet[Entry]:
    """Return who saw personal data, newest first."""
    return Entry.objects.filter(action__in=LOOKS).select_related("actor").order_by("-pk")


def _transfers(contacts: Iterable[CollaboratorContact]) -> QuerySet[BankRow]:
    """Return bank rows that were said to be gifts of these givers, or whose text names them."""
    about = Q(pk__in=())
    for contact in contacts:
        about |= Q(answers__gift__donor=contact.collaborator_id)
        is_person = contact.collaborator.kind == Kind.INDIVIDUAL
        for name in {contact.name, contact.collaborator.name if is_person else ""}:
            if len(name.strip()) >= SHORTEST_NAME:
                about |= Q(text__icontains=name.strip())
    return BankRow.objects.filter(about).exclude(text="").distinct().order_by("pk")


def _marked_gifts(contacts: Iterable[CollaboratorContact]) -> QuerySet[Gift]:
    """Return the gifts of these givers whose transfer was marked with words."""
    donors = [contact.collaborator_id for contact in contacts]
    return Gift.objects.filter(donor__in=donors).exclude(reference="").order_by("pk")


def _account(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "joined": user.date_joined,
        "last_login": user.last_login,
        "acts_for": [one.collaborator.name for one in user.memberships.all()],
        "second_factors": [
            str(one.get_type_display()) for one in Authenticator.objects.filter(user=user)
        ],
        "sessions": [
            {"since": one.created_at, "browser": one.user_agent, "address": one.ip}
            for one in UserSession.objects.filter(user=user)
        ],
        "acts_on_record": Entry.objects.filter(actor=user).count(),
    }


def _digits(phone: str) -> str:
    """Return a phone as digits from the country code on; "" for what is too short to be one."""
    digits = re.sub(r"\D", "", phone)
    national = f"62{digits[1:]}" if digits.startswith("0") else digits
    return national if len(national) > 6 else ""  # noqa: PLR2004 - shorter is no phone
