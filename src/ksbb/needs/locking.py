from __future__ import annotations

from typing import TYPE_CHECKING, NewType

from ksbb.needs.models import Need, Target

if TYPE_CHECKING:
    from collections.abc import Collection

LockedNeed = NewType("LockedNeed", Need)
"""A need whose row this transaction holds: the only thing a quantity may be taken from."""


def lock_needs(need_ids: Collection[int]) -> list[LockedNeed]:
    """Lock the needs and return their fresh rows in the order of their keys.

    Every writer locks in this order, so two of them can wait for each other but never in a ring.
    SQLite ignores the row lock: its transactions begin by taking the only writer's place.
    """
    rows = (
        Need.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=need_ids)
        .select_related("target", "phase__programme", "aid_type")
        .order_by("pk")
    )
    return [LockedNeed(need) for need in rows]


def lock_targets(target_ids: Collection[int]) -> list[Target]:
    """Lock places, and before them all their needs, and return the fresh places by their keys.

    Whoever decides about several places at once would otherwise take the needs of one after those
    of another, while a giver takes both in the order of their keys.
    """
    lock_needs(list(Need.objects.filter(target__in=target_ids).values_list("pk", flat=True)))
    rows = Target.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=target_ids)
    return list(rows.order_by("pk"))
