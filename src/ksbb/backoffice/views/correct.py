from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ksbb.audit.queries import newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.correct import CorrectForm, SettleForm
from ksbb.backoffice.inbox.handling import carried, lead_on, still_waits, within_box
from ksbb.backoffice.inbox.sources import DIFFERENCE
from ksbb.backoffice.views.delivery import address_of
from ksbb.deliveries.actions.correct import correct as write_correction
from ksbb.deliveries.actions.settle import settle as write_settlement
from ksbb.deliveries.queries import find_line
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out, seen


@requires("deliveries.correct")
def correct(request: HttpRequest, pk: int, line_id: int) -> HttpResponse:
    """Settle a difference: write down what was really brought and received of one line."""
    line = or_404(find_line(pk, line_id))
    if request.method != "POST":
        return _page(request, pk, line_id)
    form = CorrectForm(request.POST, line)

    def do(by: By) -> None:
        write_correction(
            delivery_line_id=line.pk,
            delivered=form.cleaned_data["disalurkan"],
            received=form.cleaned_data["diterima"],
            reason=form.cleaned_data["alasan"],
            seen=seen(request),
            **by,
        )

    answer = carry_out(
        request,
        form,
        do,
        said=_("The correction is written down. What was recorded before stays readable."),
        back=within_box(request, address_of(line.delivery)),
        show=partial(_page, request, pk, line_id),
        about=line.delivery.commitment,
    )
    return _led_on(request, answer, pk)


@requires("deliveries.settle")
def settle(request: HttpRequest, pk: int, line_id: int) -> HttpResponse:
    """Leave a line as it stands though the receiver counted more."""
    line = or_404(find_line(pk, line_id))
    if request.method != "POST":
        return redirect("backoffice:correct", pk, line_id)
    form = SettleForm(request.POST)

    def do(by: By) -> None:
        write_settlement(
            delivery_line_id=line.pk,
            reason=form.cleaned_data["alasan"],
            seen=seen(request),
            **by,
        )

    answer = carry_out(
        request,
        form,
        do,
        said=_("The surplus is settled. What the receiver counted stays readable."),
        back=within_box(request, address_of(line.delivery)),
        show=partial(_page, request, pk, line_id),
        about=line.delivery.commitment,
    )
    return _led_on(request, answer, pk)


def _led_on(request: HttpRequest, answer: HttpResponse, pk: int) -> HttpResponse:
    """Stay with a delivery as long as another of its lines differs."""
    if still_waits(request, DIFFERENCE, pk):
        return answer
    return lead_on(request, answer, kind=DIFFERENCE, key=pk)


def _page(
    request: HttpRequest,
    pk: int,
    line_id: int,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    line = or_404(find_line(pk, line_id))
    context = {
        "line": line,
        "seen": newest_entry_id(line.delivery.commitment),
        "form": form,
        "correct_form": form if isinstance(form, CorrectForm) else CorrectForm(None, line),
        "settle_form": form if isinstance(form, SettleForm) else SettleForm(),
        "refusals": refusals,
        "delivery_address": within_box(request, address_of(line.delivery)),
        **carried(request),
    }
    return render(request, "backoffice/correct.html", context, status=status)
