from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator, Membership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from ksbb.accounts.models import User


def collaborators_of(user: User | AnonymousUser) -> QuerySet[Collaborator]:
    """Return the collaborators a person acts for; nobody acts for a refused one."""
    if not user.is_authenticated:
        return Collaborator.objects.none()
    return Collaborator.objects.filter(memberships__user=user).exclude(
        verification=Verification.REFUSED
    )


def memberships_of(user: User | AnonymousUser) -> QuerySet[Membership]:
    """Return the memberships of a person with their collaborators, also refused ones."""
    if not user.is_authenticated:
        return Membership.objects.none()
    own = Membership.objects.filter(user=user).select_related("collaborator")
    return own.order_by("collaborator__name", "pk")


def awaiting_verification() -> QuerySet[Collaborator]:
    """Return the collaborators the working group has not looked at, oldest first."""
    return in_state(Verification.PENDING)


def in_state(verification: str, words: str = "") -> QuerySet[Collaborator]:
    """Return the collaborators of one verification whose name holds the words.

    Those who wait stand in the order they came, all others by name.
    """
    found = Collaborator.objects.filter(verification=verification, name__icontains=words)
    waiting = verification == Verification.PENDING
    return found.order_by("created_at" if waiting else "name", "pk")


def look_alikes(collaborator: Collaborator) -> QuerySet[Collaborator]:
    """Return verified collaborators of the same name in any case, which this one may double."""
    return Collaborator.objects.filter(
        name__iexact=collaborator.name, verification=Verification.VERIFIED
    ).exclude(pk=collaborator.pk)


def find_by_slug(slug: str) -> Collaborator | None:
    """Return a collaborator whatever its verification, or None."""
    return Collaborator.objects.filter(slug=slug).first()
