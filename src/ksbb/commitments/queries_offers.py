"""What givers cannot bring and leave to others, as far as nobody has taken it over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from ksbb.commitments.enums import Reason
from ksbb.commitments.models import Movement
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, Target
from ksbb.programmes.models import Phase, Programme


class Taken(TypedDict):
    """What `_released` adds to a row."""

    taken: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    WithTaken = WithAnnotations[Movement, Taken]

MOST: Final = 200
"""So many released lines are looked at, the newest first."""


class OfferedLine(NamedTuple):
    """What is left of one released line, in units of the need's aid type."""

    need: Need
    quantity: int


class Offer(NamedTuple):
    """What one giver left to others in one act; `key` is that of its audit entry."""

    key: int
    at: datetime
    lines: list[OfferedLine]


def open_offers(programme: Programme, today: date) -> list[Offer]:
    """Return what still waits to be taken over, the newest first."""
    return _offers(_released().filter(line__need__phase__in=_phases(programme, today)))


def offers_at(target: Target, programme: Programme, today: date) -> list[Offer]:
    """Return what still waits to be taken over at one place, the newest first."""
    at_place = _released().filter(line__need__target=target)
    return _offers(at_place.filter(line__need__phase__in=_phases(programme, today)))


def find_offer(key: int, programme: Programme, today: date) -> Offer | None:
    """Return what is left of one offer, or None where nothing is or never was."""
    # No row can have such a key, and SQLite cannot even be asked for it.
    if key > BigIntegerField.MAX_BIGINT:
        return None
    released = _released().filter(line__need__phase__in=_phases(programme, today))
    needs = Movement.objects.filter(entry=key, reason=Reason.RELEASE).values("line__need")
    found = _offers(released.filter(line__need__in=needs))
    return next((offer for offer in found if offer.key == key), None)


def _phases(programme: Programme, today: date) -> QuerySet[Phase]:
    return programme.phases.filter(ends_on__gte=today)


def _released() -> QuerySet[WithTaken]:
    """Return released lines with what others promised to the same need after each."""
    later = Movement.objects.filter(
        line__need=OuterRef("line__need"), reason=Reason.RESERVE, pk__gt=OuterRef("pk")
    )
    sums = later.order_by().values("line__need").annotate(total=Sum("delta")).values("total")
    return (
        Movement.objects.filter(
            reason=Reason.RELEASE,
            line__need__open__gt=0,
            line__need__target__verification=Verification.VERIFIED,
        )
        .select_related("line__need__target__kind", "line__need__phase", "line__need__aid_type")
        .annotate(taken=Coalesce(Subquery(sums), 0))
        .order_by("-pk")
    )


def _offers(released: QuerySet[WithTaken]) -> list[Offer]:
    left = [(row, quantity) for row, quantity in _left(released[:MOST]) if quantity]
    return [
        Offer(key, rows[0][0].at, [OfferedLine(row.line.need, count) for row, count in rows[::-1]])
        for key, rows in ((key, list(rows)) for key, rows in groupby(left, _key))
    ]


def _key(one: tuple[WithTaken, int]) -> int:
    return int(one[0].entry_id)


def _left(released: Iterable[WithTaken]) -> Iterable[tuple[WithTaken, int]]:
    """Yield what is left of each release, the newest first; what was taken since counts once."""
    used: dict[int, int] = {}
    shown: dict[int, int] = {}
    for row in released:
        need = row.line.need
        taken = max(row.taken - used.get(need.pk, 0), 0)
        gone = min(-row.delta, taken)
        used[need.pk] = used.get(need.pk, 0) + gone
        left = min(-row.delta - gone, need.open - shown.get(need.pk, 0))
        shown[need.pk] = shown.get(need.pk, 0) + left
        yield row, left
