"""The numbers on the board of the running phase, and the rows that each of them counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ksbb.commitments.queries import expiring, promised_in
from ksbb.deliveries.queries import handed_over_on, planned_on, with_difference
from ksbb.needs.queries_list import helped_by_nobody, needs_of
from ksbb.programmes.models import AidType, Phase
from ksbb.programmes.scope import Scope
from ksbb.regions.queries import within

SOON: Final = timedelta(hours=24)
"""A commitment that runs out within this time is about to expire."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the board speaks of."""

    scope: Scope
    phase: Phase
    aid_type: AidType
    area: str


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number of the board; `rows` is what it counts, so both are always the same."""

    slug: str
    label: str | Promise
    permission: str
    row: str
    """The template of one row."""
    rows: Callable[[Chosen], QuerySet[Any]]
    in_area: Callable[[str], Q]


def _at_target(area: str) -> Q:
    return within("target__region", area)


NUMBERS: Final = (
    Number(
        slug="tanpa-bantuan",
        label=_("Places nobody helps"),
        permission="deliveries.watch",
        row="backoffice/need_row.html",
        rows=lambda one: helped_by_nobody(needs_of(one.aid_type, one.phase)),
        in_area=_at_target,
    ),
    Number(
        slug="segera-gugur",
        label=_("Commitments that expire within 24 hours"),
        permission="commitments.view_queue",
        row="backoffice/commitment_row.html",
        rows=lambda one: expiring(one.scope.now + SOON),
        in_area=promised_in,
    ),
    Number(
        slug="hari-ini",
        label=_("Still to be brought today"),
        permission="deliveries.watch",
        row="backoffice/delivery_row.html",
        rows=lambda one: planned_on(one.scope.today),
        in_area=_at_target,
    ),
    Number(
        slug="diantar-hari-ini",
        label=_("Handed over today"),
        permission="deliveries.watch",
        row="backoffice/delivery_row.html",
        rows=lambda one: handed_over_on(one.scope.today),
        in_area=_at_target,
    ),
    Number(
        slug="selisih",
        label=_("Delivered and received differ"),
        permission="deliveries.watch",
        row="backoffice/delivery_row.html",
        rows=lambda _one: with_difference(),
        in_area=_at_target,
    ),
)

BY_SLUG: Final = {one.slug: one for one in NUMBERS}


def rows_of(number: Number, chosen: Chosen) -> QuerySet[Any]:
    """Return what a number counts; a need counts for its phase and aid, all else for its area."""
    return number.rows(chosen).filter(number.in_area(chosen.area))
