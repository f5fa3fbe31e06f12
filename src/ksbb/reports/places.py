"""Fulfilment place by place, for one kelurahan: replayed from the movements of its own needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime

from django.db.models import Sum

from ksbb.commitments.models import Movement
from ksbb.needs.models import Need, NeedAdjustment
from ksbb.programmes.enums import Stage
from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from ksbb.regions.queries import within
from ksbb.reports.cells import Sums
from ksbb.reports.fulfilment import Row, Table

_Standing = Counter[str]
"""One need as of a moment: "NEED" and each stage by its value."""


def places(
    programme: Programme,
    as_of: datetime,
    *,
    area: str,
    phase: Phase | None = None,
    aid_type: AidType,
    kind: TargetKind | None = None,
) -> Table:
    """Return a row for each place in `area` with needs in the phase, in the order of codes.

    Packages are those of `aid_type`. Meant for a kelurahan or a single RW: the work grows with
    the movements of its places. Without a phase they are added over all of them.
    Of a place `rw_aided` and `rw_fulfilled` are 1 or 0; institutions count in neither.
    """
    needs = _needs(programme, area, phase, kind)
    standings = _standings(needs, as_of)
    by_place: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        by_place[need.target.code].append(need)
    rows = tuple(
        Row(
            code=code,
            name=own[0].target.name,
            sums=_sums(own, standings, programme, aid_type),
        )
        for code, own in by_place.items()
    )
    if phase is None:
        rows = tuple(replace(row, sums=replace(row.sums, rw_fulfilled=None)) for row in rows)
    return Table(rows=rows, total=_total(rows, phase))


def _needs(
    programme: Programme, area: str, phase: Phase | None, kind: TargetKind | None
) -> list[Need]:
    found = Need.objects.filter(within("target__region", area), phase__programme=programme)
    if phase is not None:
        found = found.filter(phase=phase)
    if kind is not None:
        found = found.filter(target__kind=kind)
    return list(
        found.select_related("target__kind", "aid_type").order_by(
            "target__code", "aid_type__position", "pk"
        )
    )


def _standings(needs: list[Need], as_of: datetime) -> dict[int, _Standing]:
    keys = [need.pk for need in needs]
    standings: dict[int, _Standing] = defaultdict(Counter)
    asked = NeedAdjustment.objects.filter(need__in=keys, at__lte=as_of)
    for key, total in asked.values_list("need").annotate(Sum("delta")).order_by():
        standings[key]["NEED"] = total
    moved = Movement.objects.filter(line__need__in=keys, at__lte=as_of)
    for key, stage, total in (
        moved.values_list("line__need", "stage").annotate(Sum("delta")).order_by()
    ):
        standings[key][stage] = total
    return standings


def _sums(
    needs: list[Need],
    standings: dict[int, _Standing],
    programme: Programme,
    aid_type: AidType,
) -> Sums:
    asked_for = [standings[need.pk] for need in needs if need.aid_type == aid_type]
    counting = [
        standings[need.pk]
        for need in needs
        if need.aid_type.counts_toward_fulfilment and standings[need.pk]["NEED"]
    ]
    aided = needs[0].target.kind.is_area and any(
        standings[need.pk][Stage.COMMITTED] for need in needs
    )
    met = all(one[programme.fulfilment_stage] >= one["NEED"] for one in counting)
    return Sums(
        quantity=sum(one["NEED"] for one in asked_for),
        committed=sum(one[Stage.COMMITTED] for one in asked_for),
        delivered=sum(one[Stage.DELIVERED] for one in asked_for),
        received=sum(one[Stage.RECEIVED] for one in asked_for),
        rw_aided=int(aided),
        rw_fulfilled=int(aided and bool(counting) and met),
    )


def _total(rows: tuple[Row, ...], phase: Phase | None) -> Sums:
    return Sums(
        quantity=sum(row.sums.quantity for row in rows),
        committed=sum(row.sums.committed for row in rows),
        delivered=sum(row.sums.delivered for row in rows),
        received=sum(row.sums.received for row in rows),
        rw_aided=sum(row.sums.rw_aided for row in rows),
        rw_fulfilled=sum(row.sums.rw_fulfilled or 0 for row in rows) if phase else None,
    )
