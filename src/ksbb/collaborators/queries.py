from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator

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


def awaiting_verification() -> QuerySet[Collaborator]:
    """Return the collaborators the working group has not looked at, oldest first."""
    return (
        Collaborator.objects.filter(verification=Verification.PENDING)
        .select_related("contact")
        .order_by("created_at", "pk")
    )


def look_alikes(collaborator: Collaborator) -> QuerySet[Collaborator]:
    """Return verified collaborators of the same name in any case, which this one may double."""
    return Collaborator.objects.filter(
        name__iexact=collaborator.name, verification=Verification.VERIFIED
    ).exclude(pk=collaborator.pk)
