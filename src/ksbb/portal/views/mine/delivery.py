"""One delivery as its giver sees it: plan, record, note, and the receiver's word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.audit.queries import newest_entry_id
from ksbb.commitments.rules import possible_verbs
from ksbb.deliveries.actions.hand_over import hand_over as write_hand_over
from ksbb.deliveries.actions.move_day import move_day
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery
from ksbb.deliveries.queries import lines_of, newest_link
from ksbb.portal.mine.own import address_of_delivery, own_delivery
from ksbb.portal.places import where_of
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out, seen
from ksbb.web.forms.hand_over import HandOverForm
from ksbb.web.forms.schedule import ScheduleForm
from ksbb.web.hand_over_note import note_of, note_with_new_link


@requires("commitments.act_for_giver")
@never_cache
@require_safe
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one delivery."""
    return _page(request, pk)


@requires("commitments.act_for_giver")
@never_cache
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was brought; the rest gets a plan of its own."""
    found = own_delivery(request, pk)
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
        said=_("The delivery is recorded. Now let the place confirm it."),
        back=address_of_delivery(found),
        show=partial(_page, request, pk),
    )


@requires("commitments.act_for_giver")
@never_cache
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan this delivery for another day."""
    found = own_delivery(request, pk)
    form = _day_form(found, request.POST)

    def do(by: By) -> None:
        move_day(
            delivery_id=found.pk,
            planned_for=form.cleaned_data["tanggal"],
            delivery_window=form.cleaned_data["waktu"],
            seen=seen(request),
            **by,
        )

    return carry_out(
        request,
        form,
        do,
        said=_("The delivery has another day now."),
        back=address_of_delivery(found),
        show=partial(_page, request, pk),
        about=found.commitment,
    )


@requires("commitments.act_for_giver")
@require_safe
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the hand-over note for printing."""
    return render(request, "portal/mine/note.html", note_of(own_delivery(request, pk)))


@requires("commitments.act_for_giver")
@never_cache
def receipt_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link with which the place confirms, and show it, this once, on the note."""
    found = own_delivery(request, pk)
    if request.method != "POST":
        return redirect(address_of_delivery(found))
    try:
        context = note_with_new_link(request, found)
    except DomainError as error:
        return _page(request, pk, None, HTTPStatus.CONFLICT, [str(error)])
    return render(request, "portal/mine/note.html", context)


def _day_form(found: Delivery, data: QueryDict | None = None) -> ScheduleForm:
    return ScheduleForm(
        data,
        first=clock.now().date(),
        last=found.commitment.programme.ends_on,
        initial={"tanggal": found.planned_for, "waktu": found.delivery_window},
    )


def _page(
    request: HttpRequest,
    pk: int,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = own_delivery(request, pk)
    lines = list(lines_of(found))
    is_planned = found.state == DeliveryState.PLANNED
    is_open = is_planned and "deliver" in possible_verbs(found.commitment)
    is_open = is_open and any(line.line.undelivered for line in lines)
    recording = form if isinstance(form, HandOverForm) else HandOverForm(None, lines)
    context = {
        "delivery": found,
        "lines": lines,
        "where": where_of([found.target])[found.target_id],
        "seen": newest_entry_id(found.commitment),
        "link": newest_link(found),
        "now": clock.now(),
        "form": form,
        "refusals": refusals,
        "hand_over_form": recording if is_open else None,
        "day_form": form if isinstance(form, ScheduleForm) else _day_form(found),
    }
    return render(request, "portal/mine/delivery.html", context, status=status)
