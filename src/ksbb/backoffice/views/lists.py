"""The four lists of the desk. What is asked for stands in the address."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.backoffice.forms import filters
from ksbb.backoffice.paging import page_of
from ksbb.collaborators.queries import in_state
from ksbb.commitments import queries as commitment_queries
from ksbb.deliveries import queries as delivery_queries
from ksbb.needs.queries_desk import targets_in_state
from ksbb.rights.queries import in_watched_areas
from ksbb.shared import clock
from ksbb.web.access import reader, requires


@requires("collaborators.verify")
@require_safe
def collaborators(request: HttpRequest) -> HttpResponse:
    """List the collaborators of one verification."""
    form = filters.CollaboratorFilter(request.GET)
    return _show(
        request, form, in_state(form.queue, form.words), _("Collaborators"), "collaborator"
    )


@requires("commitments.view_queue")
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """List one queue of commitments; words are looked for in all of them."""
    form = filters.CommitmentFilter(request.GET)
    queues = {
        filters.WAITING: commitment_queries.awaiting_decision,
        filters.CLOCK: commitment_queries.with_clock,
        filters.IN_HAND: commitment_queries.in_hand,
        filters.ALL: commitment_queries.all_submitted,
    }
    rows = queues[form.queue]()
    if form.words:
        rows = commitment_queries.named(rows, form.words)
    return _show(request, form, rows, _("Commitments"), "commitment")


@requires("deliveries.watch")
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """List one queue of deliveries."""
    form = filters.DeliveryFilter(request.GET)
    today = clock.now().date()
    queues = {
        filters.TODAY: lambda: delivery_queries.planned(today),
        filters.PLANNED: delivery_queries.planned,
        filters.UNCONFIRMED: delivery_queries.awaiting_receipt,
        filters.DIFFERENCE: delivery_queries.with_difference,
    }
    rows = queues[form.queue]()
    if form.words:
        rows = delivery_queries.named(rows, form.words)
    rows = rows.filter(in_watched_areas("target__region", reader(request)))
    return _show(request, form, rows, _("Deliveries"), "delivery")


@requires("needs.verify_target")
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """List the places of one verification."""
    form = filters.TargetFilter(request.GET)
    rows = targets_in_state(form.queue, form.words)
    rows = rows.filter(in_watched_areas("region", reader(request)))
    enters = request.user.has_perm("needs.enter_place")
    return _show(request, form, rows, _("Places"), "target", enters=enters)


def _show(
    request: HttpRequest,
    form: filters.Filter,
    rows: QuerySet[Any],
    title: str,
    row: str,
    **shown: bool,
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "page": page_of(rows, request),
        "row_template": f"backoffice/{row}_row.html",
        "now": clock.now(),
        **shown,
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "backoffice/list.html", context, status=status)
