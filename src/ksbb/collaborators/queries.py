from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef

from ksbb.collaborators.enums import Standing, Verification
from ksbb.collaborators.models import Collaborator, Invitation, Membership, Permit

if TYPE_CHECKING:
    from datetime import date, datetime

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


def members_of(collaborator: Collaborator) -> QuerySet[Membership]:
    """Return who acts for a collaborator, owners first."""
    members = Membership.objects.filter(collaborator=collaborator).select_related("user")
    return members.order_by("-role", "user__email")


def open_invitations(collaborator: Collaborator, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations that can still be accepted, newest first."""
    return Invitation.objects.filter(
        collaborator=collaborator, used_at__isnull=True, expires_at__gt=now
    ).order_by("-created_at", "-pk")


def find_invitation(token: str, now: datetime) -> Invitation | None:
    """Return the invitation of a secret if it can still be accepted, or None."""
    return (
        Invitation.objects.filter(
            token_hash=token_digest(token), used_at__isnull=True, expires_at__gt=now
        )
        .select_related("collaborator")
        .first()
    )


def token_digest(token: str) -> str:
    """Return the digest under which the secret of an invitation is kept."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


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


def named_in_public() -> QuerySet[Collaborator]:
    """Return the verified collaborators who wish to be named."""
    return Collaborator.objects.filter(verification=Verification.VERIFIED, is_anonymous=False)


def find_by_slug(slug: str) -> Collaborator | None:
    """Return a collaborator whatever its verification, or None."""
    return Collaborator.objects.filter(slug=slug).first()


def named() -> QuerySet[Collaborator]:
    """Return the collaborators whom public pages may name."""
    return Collaborator.objects.filter(verification=Verification.VERIFIED, is_anonymous=False)


def find_named(slug: str) -> Collaborator | None:
    """Return the collaborator of a slug if public pages may name it, or None."""
    return named().filter(slug=slug).first()


def standing_of(
    aggregator: Collaborator, *, area: str, day: date
) -> tuple[Standing, Permit | None]:
    """Return whether an aggregator may collect in an area (a region code), by which permit.

    One valid permit is enough; where there is none, the newest says why not.
    """
    permits = list(aggregator.permits.order_by("-valid_until", "-pk"))
    found = [(permit.standing(area=area, day=day), permit) for permit in permits]
    valid = next((one for one in found if one[0] == Standing.VALID), None)
    return valid or next(iter(found), (Standing.MISSING, None))


def collecting(*, area: str, day: date) -> list[Collaborator]:
    """Return the verified aggregators that may take new gifts in an area on a day, by name."""
    aggregators = named().filter(is_aggregator=True).prefetch_related("permits").order_by("name")
    return [
        one
        for one in aggregators
        if any(
            permit.standing(area=area, day=day) == Standing.VALID for permit in one.permits.all()
        )
    ]


def verified() -> QuerySet[Collaborator]:
    """Return all whom the working group knows, by name."""
    return Collaborator.objects.filter(verification=Verification.VERIFIED).order_by("name", "pk")


def ending_permits(today: date) -> QuerySet[Permit]:
    """Return the newest permits of verified aggregators that end soon (the setting), or ended.

    A suspended one has been decided on, and one that a later one follows does not matter.
    """
    later = Permit.objects.filter(
        collaborator=OuterRef("collaborator"),
        suspended_at=None,
        valid_until__gt=OuterRef("valid_until"),
    )
    return Permit.objects.filter(
        ~Exists(later),
        suspended_at=None,
        valid_until__lte=today + timedelta(days=settings.DESK_PERMIT_DAYS),
        collaborator__verification=Verification.VERIFIED,
        collaborator__is_aggregator=True,
    ).select_related("collaborator", "region")


def permits_to_renew(today: date) -> QuerySet[Permit]:
    """Return those of the ending permits that are still in force, soonest first."""
    return ending_permits(today).filter(valid_until__gte=today).order_by("valid_until", "pk")
