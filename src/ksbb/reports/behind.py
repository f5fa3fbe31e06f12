"""The rows behind a number: the movements and changes of needs which it is the sum of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Q, Sum

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import Movement
from ksbb.needs.models import NeedAdjustment, Target
from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from ksbb.regions.queries import within
from ksbb.reports.breakdown import breakdown
from ksbb.reports.enums import Measure
from ksbb.reports.models import BEGINNING
from ksbb.reports.statements import fetch, statement
from ksbb.shared.codes import LENGTHS

LAST_KEY: Final = 2**63 - 1
MANY: Final = 1_000
"""Rows fetched at once when all are wanted."""

_TABLES: Final = {
    "m": "commitments_movement m",
    "l": "commitments_commitmentline l",
    "c": "commitments_commitment c",
    "n": "needs_need n",
    "t": "needs_target t",
    "a": "needs_needadjustment a",
}


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What a number counts: which measure of which aid type, where, and between which moments.

    `after` is not included, `until` is. A place or a giver narrows it further.
    """

    programme: Programme
    measure: Measure
    aid_type: AidType
    until: datetime
    after: datetime = BEGINNING
    area: str
    phase: Phase | None = None
    kind: TargetKind | None = None
    place: Target | None = None
    giver: Collaborator | None = None


class Mark(NamedTuple):
    """A place in the list of rows. Of one moment the movements come before changes of needs."""

    at: datetime
    is_movement: bool
    key: int


class Line(NamedTuple):
    """One row, and what it adds to the number."""

    row: Movement | NeedAdjustment
    delta: int

    @property
    def mark(self) -> Mark:
        """Where the row stands in the list."""
        return Mark(self.row.at, isinstance(self.row, Movement), self.row.pk)


def total(selection: Selection) -> int:
    """Return the number itself, read as the tables read it."""
    if selection.place or selection.giver:
        return _sum_of_own_rows(selection)
    begins = _standing(selection, selection.after) if selection.after > BEGINNING else 0
    return _standing(selection, selection.until) - begins


def rows(selection: Selection, *, behind: Mark | None = None, limit: int) -> list[Line]:
    """Return the rows that add up to the number, newest first: at most `limit` behind a mark."""
    start = behind or Mark(selection.until, is_movement=True, key=LAST_KEY)
    lines = [*_movements(selection, start, limit), *_adjustments(selection, start, limit)]
    return sorted(lines, key=lambda line: line.mark, reverse=True)[:limit]


def pages(selection: Selection) -> Iterator[list[Line]]:
    """Yield every row behind the number, newest first, a thousand at a time."""
    found = rows(selection, limit=MANY)
    while found:
        yield found
        found = rows(selection, behind=found[-1].mark, limit=MANY)


def _movements(selection: Selection, start: Mark, limit: int) -> Iterator[Line]:
    if selection.measure == Measure.NEED:
        return
    found = fetch(
        statement("rows/movements").format(tables=_tables(selection), inside=_inside()),
        # A change of a need stands behind all movements of its moment.
        key=start.key if start.is_movement else -1,
        at=start.at,
        limit=limit,
        **_values(selection),
    )
    sign = -1 if selection.measure == Measure.OPEN else 1
    for row in Movement.objects.filter(pk__in=[key for (key,) in found]).select_related(
        "line__commitment__collaborator",
        "line__need__target__region",
        "line__need__phase",
    ):
        yield Line(row, sign * row.delta)


def _adjustments(selection: Selection, start: Mark, limit: int) -> Iterator[Line]:
    # Nobody's own: a need belongs to a place.
    if selection.giver or selection.measure not in {Measure.NEED, Measure.OPEN}:
        return
    found = fetch(
        statement("rows/adjustments").format(
            tables=_joined("tna" if _is_narrow(selection) else "ant"), inside=_inside()
        ),
        key=LAST_KEY if start.is_movement else start.key,
        at=start.at,
        limit=limit,
        **_values(selection),
    )
    for row in NeedAdjustment.objects.filter(pk__in=[key for (key,) in found]).select_related(
        "need__target__region", "need__phase"
    ):
        yield Line(row, row.delta)


def _values(selection: Selection) -> dict[str, object]:
    open_is_less = selection.measure == Measure.OPEN
    return {
        "programme": selection.programme.pk,
        "stage": Measure.COMMITTED.value if open_is_less else selection.measure.value,
        "aid_type": selection.aid_type.pk,
        "phase": selection.phase.pk if selection.phase else 0,
        "kind": selection.kind.pk if selection.kind else 0,
        "target": selection.place.pk if selection.place else 0,
        "giver": selection.giver.pk if selection.giver else 0,
        "area": selection.area,
        "below": f"{selection.area}.%",
        "beyond": f"{selection.area}/",
        "after": selection.after,
    }


def _tables(selection: Selection) -> str:
    if selection.giver:
        return _joined("clntm")
    return _joined("tnlmc" if _is_narrow(selection) else "mlntc")


def _joined(names: str) -> str:
    """Return the tables in an order which SQLite keeps to; PostgreSQL chooses its own.

    Of few places it is best to begin with them. Of a city or all of the province most rows fit,
    so that the newest ones are soon found by beginning with the rows.
    """
    return " CROSS JOIN ".join(_TABLES[name] for name in names)


def _is_narrow(selection: Selection) -> bool:
    return bool(selection.place) or len(selection.area) > LENGTHS["REGENCY"]


def _inside() -> str:
    # As in `regions.queries.within`, which says why.
    if connection.vendor == "sqlite":
        return "t.region_id >= %(area)s AND t.region_id < %(beyond)s"
    return "(t.region_id = %(area)s OR t.region_id LIKE %(below)s)"


def _standing(selection: Selection, as_of: datetime) -> int:
    """Return where the number stood at a moment."""
    found = breakdown(selection.programme, as_of, area=selection.area, kind=selection.kind)
    sums = found.sums(phase=selection.phase, aid_type=selection.aid_type)
    return {
        Measure.NEED: sums.quantity,
        Measure.COMMITTED: sums.committed,
        Measure.DELIVERED: sums.delivered,
        Measure.RECEIVED: sums.received,
        Measure.OPEN: sums.open,
    }[selection.measure]


def _sum_of_own_rows(selection: Selection) -> int:
    """Add up the rows of one place or one giver, of which there are few."""
    values = _values(selection)
    in_time = Q(at__gt=selection.after, at__lte=selection.until)
    moved = Movement.objects.filter(
        in_time,
        _own(selection, "line__need"),
        stage=values["stage"],
        line__commitment__programme=selection.programme,
    )
    if selection.giver:
        moved = moved.filter(line__commitment__collaborator=selection.giver)
    movements = moved.aggregate(sum=Sum("delta", default=0))["sum"]
    if selection.giver or selection.measure not in {Measure.NEED, Measure.OPEN}:
        return int(movements)
    asked = NeedAdjustment.objects.filter(in_time, _own(selection, "need"))
    need = asked.aggregate(sum=Sum("delta", default=0))["sum"]
    return int(need) if selection.measure == Measure.NEED else int(need - movements)


def _own(selection: Selection, need: str) -> Q:
    """Return the filter for the needs of a selection; `need` is the path to them."""
    narrowed = within(f"{need}__target__region", selection.area)
    narrowed &= Q(**{f"{need}__aid_type": selection.aid_type})
    for name, value in (
        ("phase", selection.phase),
        ("target", selection.place),
        ("target__kind", selection.kind),
    ):
        if value is not None:
            narrowed &= Q(**{f"{need}__{name}": value})
    return narrowed
