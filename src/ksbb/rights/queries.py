from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from ksbb.accounts.rules import STAFF_ROLES
from ksbb.regions.queries import within
from ksbb.rights.enums import ApprovalState, Step
from ksbb.rights.models import Approval, Assignment
from ksbb.rights.rules import is_area_officer
from ksbb.shared.codes import ancestors_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model, QuerySet

    from ksbb.regions.models import Region

FORMERLY: Final = {Step.SUSPEND: Step.REFUSE_GIVER}
"""The mark a step shared with another one before it had its own; requests under it may wait yet."""


def in_watched_areas(field: str, user: User) -> Q:
    """Return the filter for what lies in an area the user is posted to; everything for others.

    `field` is the path to a region, as `regions.queries.within` takes it.
    """
    if not is_area_officer(user):
        return Q()
    areas = user.postings.values_list("region_id", flat=True)
    return reduce(or_, (within(field, one) for one in areas), Q(pk__in=()))


def watched_areas(user: User) -> list[Region]:
    """Return the areas the user is posted to; none for who watches all of them."""
    return [one.region for one in user.postings.select_related("region")]


def accounts_named(words: str) -> QuerySet[User]:
    """Return the accounts whose address or name holds the words, with or without a role."""
    found = User.objects.filter(Q(email__icontains=words) | Q(name__icontains=words))
    return found.prefetch_related("authenticator_set").order_by("email")


def open_approvals() -> QuerySet[Approval]:
    """Return what waits for a second officer, the longest waiting first."""
    return Approval.objects.filter(state=ApprovalState.ASKED).select_related("asked_by")


def open_approval_about(step: Step, obj: Model, about: str = "") -> Approval | None:
    """Return the request about one object (or a part of it) that still waits, or None."""
    found = open_approvals().filter(
        step__in={step, FORMERLY.get(step, step)},
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        about=about,
    )
    return found.first()


def guarded_accounts() -> QuerySet[User]:
    """Return the accounts that decide for the city, and those that keep a second factor."""
    kept = Authenticator.objects.filter(user=OuterRef("pk"))
    decides = ~Q(role="") | Q(is_staff=True) | Q(is_superuser=True)
    return (
        User.objects.filter(decides | Exists(kept))
        .prefetch_related("authenticator_set")
        .order_by("email")
    )


def officers() -> QuerySet[User]:
    """Return the open accounts that decide for the city or for an area of it, by name."""
    return User.objects.filter(~Q(role=""), is_active=True).order_by("name", "email")


def officers_at(region: str) -> QuerySet[User]:
    """Return the officers who decide everywhere, and those of areas around a region ("" none)."""
    around = [*ancestors_of(region), region] if region else []
    here = Q(role=Role.AREA, postings__region__in=around)
    return officers().filter(Q(role__in=STAFF_ROLES) | here).distinct()


def assignments_of(things: Collection[Model]) -> dict[tuple[str, int], Assignment]:
    """Return who works on which of these objects, by an object's type and key: one query."""
    found = Assignment.objects.filter(
        object_type__in={one._meta.label_lower for one in things},
        object_id__in={one.pk for one in things},
    )
    return {(one.object_type, one.object_id): one for one in found.select_related("officer")}


def assigned(model: type[Model], officer: int | None = None) -> Exists:
    """Return the filter for objects somebody works on: one officer by key, or whoever it is."""
    found = Assignment.objects.filter(object_type=model._meta.label_lower, object_id=OuterRef("pk"))
    return Exists(found if officer is None else found.filter(officer=officer))
