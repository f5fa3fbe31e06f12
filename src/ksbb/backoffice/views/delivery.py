"""One delivery: the plan, what was handed over, and what the receiver said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.inbox.handling import handled
from ksbb.backoffice.inbox.sources import DIFFERENCE
from ksbb.commitments.rules import possible_verbs
from ksbb.deliveries.actions.hand_over import hand_over as write_hand_over
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery
from ksbb.deliveries.queries import find_delivery, lines_of, newest_link
from ksbb.shared import clock
from ksbb.web.access import check, requires
from ksbb.web.acting import By, carry_out
from ksbb.web.forms.hand_over import HandOverForm


@requires("deliveries.watch")
@require_safe
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one delivery."""
    return delivery_page(request, pk)


@requires("deliveries.record")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was brought; the rest gets a plan of its own."""
    found = or_404(find_delivery(pk))
    form = HandOverForm(request.POST, list(lines_of(found)))

    def do(by: By) -> None:
        write_hand_over(
            delivery_id=found.pk,
            quantities=form.quantities,
            remark=form.cleaned_data["catatan"],
            done_at=form.cleaned_data["waktu"],
            **by,
        )

    return carry_out(
        request,
        form,
        do,
        said=_("The hand-over is recorded. Make the link with which the place confirms it."),
        back=address_of(found),
        show=partial(delivery_page, request, pk),
    )


def address_of(found: Delivery) -> str:
    """Return the address of a delivery's page."""
    return reverse("backoffice:delivery", args=[found.pk])


def delivery_page(
    request: HttpRequest,
    pk: int,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    """Render the page; the form to record a hand-over stands there as long as one is possible."""
    found = or_404(find_delivery(pk))
    check(request, "deliveries.watch", found)
    records = request.user.has_perm("deliveries.record")
    lines = list(lines_of(found))
    verbs = possible_verbs(found.commitment)
    is_open = found.state == DeliveryState.PLANNED and "deliver" in verbs
    context = {
        "delivery": found,
        "lines": lines,
        "link": newest_link(found),
        "now": clock.now(),
        "form": form,
        "refusals": refusals,
        "records": records,
        "may_correct": records and found.state == DeliveryState.DONE and "correct" in verbs,
        **(handled(request, DIFFERENCE, found) if records else {}),
        "hand_over_form": (form or HandOverForm(None, lines)) if is_open and records else None,
    }
    return render(request, "backoffice/delivery.html", context, status=status)
