"""What the needs of an area add up to, read from sums that are kept: no need is looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from ksbb.needs.models import AreaTotal
from ksbb.programmes.models import AidType, Phase, TargetKind
from ksbb.shared.codes import LENGTHS

LEVELS: Final = tuple(LENGTHS[level] for level in ("REGENCY", "DISTRICT", "VILLAGE"))
"""The lengths of the codes of areas whose sums are kept, from the top down."""


class AreaSum(NamedTuple):
    """The needs of an area in one unit; `missing` counts the places with something open."""

    code: str
    quantity: int
    committed: int
    places: int
    missing: int


def of_area(
    aid_type: AidType,
    phase: Phase,
    area: str,
    *,
    length: int,
    kind: TargetKind | None = None,
    only_open: bool = False,
) -> list[AreaSum]:
    """Return the sums of the areas with codes of a length (one of LEVELS) at or below `area`.

    "" stands for everywhere. With `only_open` they are those of the needs of which something is
    open.
    """
    # What is open of a need is open of one that lacks something: the full ones add nothing to it.
    needed = Sum("lacking") if only_open else Sum("quantity")
    promised = Sum("committed") - Sum("quantity") + needed
    found = _areas(aid_type, phase, area, length, kind, only_open=only_open).annotate(
        needed=needed, promised=promised, lack=Sum("missing")
    )
    columns = ("area", "needed", "promised", "shown", "lack")
    return [AreaSum(*row) for row in found.order_by("area").values_list(*columns)]


def count_of(
    aid_type: AidType,
    phase: Phase,
    area: str,
    *,
    length: int,
    kind: TargetKind | None = None,
    only_open: bool = False,
    most: int,
) -> int:
    """Count the areas that `of_area` would return, up to `most`, without adding them up."""
    found = _areas(aid_type, phase, area, length, kind, only_open=only_open)
    return found.order_by("area").values("area")[:most].count()


def added_up(sums: Iterable[AreaSum], length: int) -> list[AreaSum]:
    """Add sums up by the first `length` characters of their codes."""
    grouped: dict[str, list[AreaSum]] = defaultdict(list)
    for one in sums:
        grouped[one.code[:length]].append(one)
    return [
        AreaSum(code, *(sum(column) for column in list(zip(*group, strict=True))[1:]))
        for code, group in grouped.items()
    ]


def _areas(
    aid_type: AidType,
    phase: Phase,
    area: str,
    length: int,
    kind: TargetKind | None,
    *,
    only_open: bool,
) -> QuerySet[AreaTotal, Any]:
    """Return the areas to be shown, each with `shown`, the number of its places that count."""
    rows = AreaTotal.objects.filter(phase=phase, aid_type=aid_type, length=length)
    if area:
        rows = rows.filter(_within(area))
    if kind:
        rows = rows.filter(kind=kind)
    counted = Sum("missing" if only_open else "places")
    return rows.values("area").annotate(shown=counted).filter(shown__gt=0)


def _within(area: str) -> Q:
    """Return the filter for an area and all in it, in words an index of the engine answers."""
    if connection.vendor == "sqlite":
        # "/" is the character after ".".
        return Q(area__gte=area, area__lt=f"{area}/")
    return Q(area=area) | Q(area__startswith=f"{area}.")
