from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.backoffice.forms import filters
from ksbb.collaborators.queries import awaiting_verification
from ksbb.commitments.queries import awaiting_decision, with_clock
from ksbb.deliveries.queries import awaiting_receipt, planned, with_difference
from ksbb.needs.queries_desk import targets_awaiting
from ksbb.rights.rules import is_area_officer
from ksbb.shared import clock
from ksbb.web.access import requires

SHOWN: Final = 3
LISTS: Final = {
    "collaborator": "backoffice:collaborators",
    "commitment": "backoffice:commitments",
    "delivery": "backoffice:deliveries",
    "target": "backoffice:targets",
}


class Queue(NamedTuple):
    """A list of things to do: how many there are, the first of them, and where all stand."""

    title: str
    row: str
    address: str
    total: int
    first: list[Any]


@requires("programmes.view_desk")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show everything that waits for the working group; officers of an area see its places."""
    if is_area_officer(request.user):
        return redirect("backoffice:targets")
    now = clock.now()
    return render(request, "backoffice/home.html", {"queues": queues(now), "now": now})


def queues(now: datetime) -> list[Queue]:
    """Return what is to be done, in the order in which it should be."""
    return [
        _queue(_("Commitments awaiting a decision"), "commitment", awaiting_decision()),
        _queue(_("Collaborators awaiting verification"), "collaborator", awaiting_verification()),
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
        _queue(_("Differences that are open"), "delivery", with_difference(), filters.DIFFERENCE),
        _queue(_("Places awaiting verification"), "target", targets_awaiting()),
    ]


def _queue(title: str, row: str, rows: QuerySet[Any], chosen: str = "") -> Queue:
    address = reverse(LISTS[row]) + (f"?antrean={chosen}" if chosen else "")
    return Queue(title, f"backoffice/{row}_row.html", address, rows.count(), list(rows[:SHOWN]))
