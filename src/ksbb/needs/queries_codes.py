"""The codes of all places of a programme, a slice at a time."""

from __future__ import annotations

from django.db.models import QuerySet

from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.programmes.models import Programme


def count_codes(programme: Programme) -> int:
    """Return how many places the programme shows."""
    return _shown(programme).count()


def codes_of(programme: Programme, first: int, most: int) -> list[str]:
    """Return some of the codes in an order that stays, from the first on (counted from 0)."""
    ordered = _shown(programme).order_by("pk").values_list("code", flat=True)
    return list(ordered[first : first + most])


def _shown(programme: Programme) -> QuerySet[Target]:
    return Target.objects.filter(
        verification=Verification.VERIFIED, kind__in=programme.target_kinds.all()
    )
