from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.backoffice.forms import filters
from ksbb.backoffice.inbox.box import EVERYTHING, Box
from ksbb.collaborators.queries import permits_to_renew
from ksbb.commitments.queries import with_clock
from ksbb.deliveries.queries import awaiting_receipt, planned
from ksbb.rights.rules import is_area_officer
from ksbb.shared import clock
from ksbb.web.access import reader, requires

FIRST: Final = 5
SHOWN: Final = 3
LISTS: Final = {"commitment": "backoffice:commitments", "delivery": "backoffice:deliveries"}


class Queue(NamedTuple):
    """A list of things to watch: how many there are, the first of them, and where all stand."""

    title: str
    row: str
    address: str
    total: int
    first: list[Any]


@requires("programmes.view_desk")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision, then what has to be watched; officers of an area decide."""
    if is_area_officer(request.user):
        return redirect("backoffice:inbox")
    now = clock.now()
    box = Box(user=reader(request), now=now)
    context = {
        "box": box,
        "first": box.first(FIRST),
        "box_query": EVERYTHING,
        "queues": queues(now),
        "ending": permits_to_renew(now.date()),
        "permit_days": settings.DESK_PERMIT_DAYS,
        "now": now,
    }
    return render(request, "backoffice/home.html", context)


def queues(now: datetime) -> list[Queue]:
    """Return what is to be watched, in the order in which it should be."""
    return [
        _queue(
            _("Accepted, delivery day not agreed yet"), "commitment", with_clock(), filters.CLOCK
        ),
        _queue(_("Deliveries of today and overdue"), "delivery", planned(now.date())),
        _queue(
            _("Handed over, not confirmed yet"),
            "delivery",
            awaiting_receipt(),
            filters.UNCONFIRMED,
        ),
    ]


def _queue(title: str, row: str, rows: QuerySet[Any], chosen: str = "") -> Queue:
    address = reverse(LISTS[row]) + (f"?antrean={chosen}" if chosen else "")
    return Queue(title, f"backoffice/{row}_row.html", address, rows.count(), list(rows[:SHOWN]))
