"""What the working group reads of places: also those the public does not see."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, NeedAdjustment, Target


def targets_awaiting() -> QuerySet[Target]:
    """Return the places nobody has verified or refused, in the order of their codes."""
    return targets_in_state(Verification.PENDING)


def targets_in_state(verification: str, words: str = "") -> QuerySet[Target]:
    """Return the places of one verification whose name or code holds the words."""
    found = Target.objects.filter(verification=verification)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__startswith=words))
    return found.select_related("kind", "region__parent__parent").order_by("code")


def find_any_target(code: str) -> Target | None:
    """Return a place whatever its verification, with its needs in order, or None."""
    needs = Need.objects.select_related("phase__programme", "aid_type").order_by(
        "phase__programme", "phase__number", "aid_type__position", "id"
    )
    return (
        Target.objects.filter(code=code)
        .select_related("kind", "region__parent__parent")
        .prefetch_related(Prefetch("needs", needs))
        .first()
    )


def find_need_by_key(need_id: int) -> Need | None:
    """Return one need with all that names it, or None."""
    return (
        Need.objects.filter(pk=need_id)
        .select_related(
            "target__kind", "target__region__parent__parent", "phase__programme", "aid_type"
        )
        .first()
    )


def adjustments_of(need: Need) -> QuerySet[NeedAdjustment]:
    """Return how the quantity of a need came about, newest first, with who did it."""
    return NeedAdjustment.objects.filter(need=need).select_related("entry__actor").order_by("-pk")
