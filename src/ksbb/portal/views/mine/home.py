"""My page: what I have promised for whom, the most urgent first, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.accounts.models import User
from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import collaborators_of
from ksbb.commitments.enums import CLOSED, State
from ksbb.commitments.models import Commitment
from ksbb.commitments.queries import given_by
from ksbb.deliveries.models import Delivery
from ksbb.deliveries.queries import deliveries_by_commitment
from ksbb.funds.queries import given_for
from ksbb.portal.funds.followed import followed
from ksbb.portal.mine.next_step import NextStep, clock_in_words, next_step, to_bring
from ksbb.shared import clock
from ksbb.web.access import requires

MOST: Final = 200
"""So many open commitments are shown; nobody has had more at once."""
PER_PAGE: Final = 20
LATEST: Final = date.max
URGENT: Final = (State.ACCEPTED, State.SCHEDULED, State.DELIVERING, State.DRAFT, State.SUBMITTED)


class Row(NamedTuple):
    """One commitment as the list shows it."""

    commitment: Commitment
    step: NextStep
    clock: str
    is_overdue: bool


class Group(NamedTuple):
    """The commitments of one giver that are not closed."""

    collaborator: Collaborator
    rows: list[Row]


@requires("commitments.act_for_giver")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the commitments of every giver the reader acts for."""
    user = request.user
    own = given_by(user) if isinstance(user, User) else Commitment.objects.none()
    now = clock.now()
    open_ones = list(own.exclude(state__in=CLOSED).order_by("due_at", "planned_for", "pk")[:MOST])
    closed = Paginator(own.filter(state__in=CLOSED).order_by("-closed_at", "-pk"), PER_PAGE)
    page = closed.get_page(request.GET.get("hal"))
    shown = list(page.object_list)
    deliveries = deliveries_by_commitment([*open_ones, *shown])
    rows = [_row(one, deliveries[one.pk], now) for one in open_ones]
    context: dict[str, Any] = {
        "groups": _groups(collaborators_of(user), sorted(rows, key=_urgency)),
        "closed": [_row(one, deliveries[one.pk], now) for one in shown],
        "page": page,
        "gifts": followed(list(given_for(user)[:PER_PAGE])),
        "books": list(collaborators_of(user).filter(is_aggregator=True)),
        "to_do": sum(row.step.is_yours for row in rows),
        "as_of": now,
    }
    return render(request, "portal/mine/home.html", context)


def _row(commitment: Commitment, deliveries: Sequence[Delivery], now: datetime) -> Row:
    overdue = commitment.due_at is not None and commitment.due_at <= now
    if days := to_bring(deliveries):
        commitment.planned_for = days[0].planned_for
    step = next_step(commitment, deliveries, now)
    return Row(commitment, step, clock_in_words(commitment, now), overdue)


def _urgency(row: Row) -> tuple[bool, float, int, date, int]:
    """Sort what the giver must do first, the clocks before the days, the earliest first."""
    due_at, day = row.commitment.due_at, row.commitment.planned_for
    ends = due_at.timestamp() if due_at else float("inf")
    rank = URGENT.index(State(row.commitment.state))
    return not row.step.is_yours, ends, rank, day or LATEST, row.commitment.pk


def _groups(collaborators: Iterable[Collaborator], rows: Sequence[Row]) -> list[Group]:
    """Return a group for each giver, also for one that has promised nothing yet."""
    return [
        Group(one, [row for row in rows if row.commitment.collaborator_id == one.pk])
        for one in collaborators
    ]
