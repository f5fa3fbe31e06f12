"""What the working group reads of places: also those the public does not see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_
from statistics import median
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, NeedAdjustment, Target
from ksbb.programmes.models import Programme
from ksbb.regions.queries import within
from ksbb.shared.codes import LENGTHS


def targets_awaiting() -> QuerySet[Target]:
    """Return the places nobody has verified or refused, in the order of their codes."""
    return targets_in_state(Verification.PENDING)


def targets_in_state(verification: str, words: str = "") -> QuerySet[Target]:
    """Return the places of one verification whose name or code holds the words."""
    found = Target.objects.filter(verification=verification)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__startswith=words))
    return found.select_related("kind", "region__parent__parent").order_by("code")


def verified_without_count(programme: Programme) -> QuerySet[Target]:
    """Return verified places a programme could help, of which nobody has counted anything."""
    return Target.objects.filter(
        within("region", programme.root_region_id),
        verification=Verification.VERIFIED,
        kind__in=programme.target_kinds.all(),
        families__isnull=True,
        residents__isnull=True,
    )


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


class Neighbours(NamedTuple):
    """The verified places of the same kind in the same kelurahan, and the middle of their counts.

    `middle` is in families, or in residents where families are not counted; None without any.
    """

    places: int
    middle: int | None


def neighbours_of(targets: Sequence[Target]) -> dict[int, Neighbours]:
    """Return what stands beside each place, by its key. One query, however many are asked about."""
    villages = {_village(one) for one in targets}
    if not villages:
        return {}
    around = reduce(or_, (within("region", one) for one in sorted(villages)))
    rows = Target.objects.filter(around, verification=Verification.VERIFIED).values_list(
        "pk", "region_id", "kind_id", "families", "residents"
    )
    counts: dict[tuple[str, int], list[tuple[int, int | None, int | None]]] = defaultdict(list)
    for pk, region, kind, families, residents in rows.order_by():
        counts[region[: LENGTHS["VILLAGE"]], kind].append((pk, families, residents))
    return {one.pk: _beside(one, counts[_village(one), one.kind_id]) for one in targets}


def _beside(target: Target, rows: Sequence[tuple[int, int | None, int | None]]) -> Neighbours:
    others = [row for row in rows if row[0] != target.pk]
    column = 1 if target.families is not None else 2
    counts = [count for row in others if (count := row[column]) is not None]
    return Neighbours(len(others), round(median(counts)) if counts else None)


def _village(target: Target) -> str:
    return target.region_id[: LENGTHS["VILLAGE"]]
