"""One commitment as its giver's members see it: everything, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.audit.queries import newest_entry_id
from ksbb.commitments.models import Commitment
from ksbb.commitments.rules import CALLING, possible_verbs
from ksbb.deliveries.actions.plan import plan
from ksbb.portal.follow_steps import steps_of
from ksbb.portal.mine.next_step import clock_in_words, next_step
from ksbb.portal.mine.own import address_of, deliveries_with, own_commitment
from ksbb.portal.places import where_of
from ksbb.shared import clock
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out, seen
from ksbb.web.forms.schedule import ScheduleForm


@requires("commitments.act_for_giver")
@never_cache
@require_safe
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Show one commitment with its lines, deliveries and steps."""
    found = own_commitment(request, code)
    now = clock.now()
    deliveries = deliveries_with(found)
    lines = list(found.lines.all())
    context = {
        "commitment": found,
        "now": now,
        "as_of": now,
        "step": next_step(found, deliveries, now),
        "clock": clock_in_words(found, now),
        "verbs": possible_verbs(found),
        "may_call": found.state in CALLING,
        "can_withdraw": any(line.undelivered for line in lines),
        "steps": steps_of(found, deliveries),
        "lines": lines,
        "where": where_of([line.need.target for line in lines]),
        "deliveries": deliveries,
        "today": now.date(),
    }
    return render(request, "portal/mine/commitment.html", context)


@requires("commitments.act_for_giver")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """Write down the day that was agreed with the place, or another one."""
    found = own_commitment(request, code)
    if request.method != "POST":
        return _schedule_page(request, found, _schedule_form(request, found))
    form = _schedule_form(request, found)

    def do(by: By) -> None:
        plan(
            commitment_id=found.pk,
            planned_for=form.cleaned_data["tanggal"],
            delivery_window=form.cleaned_data["waktu"],
            seen=seen(request),
            **by,
        )

    return carry_out(
        request,
        form,
        do,
        said=_("The day is written down. The clock has stopped."),
        back=address_of(found),
        show=partial(_schedule_page, request, found),
        about=found,
    )


def _schedule_form(request: HttpRequest, found: Commitment) -> ScheduleForm:
    return ScheduleForm(
        request.POST if request.method == "POST" else None,
        first=clock.now().date(),
        last=found.programme.ends_on,
        initial={"tanggal": found.planned_for, "waktu": found.delivery_window},
    )


def _schedule_page(
    request: HttpRequest,
    found: Commitment,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = own_commitment(request, found.code)
    context = {
        "commitment": found,
        "seen": newest_entry_id(found),
        "form": form,
        "refusals": refusals,
        "can_schedule": "schedule" in possible_verbs(found),
        "clock": clock_in_words(found, clock.now()),
        "may_call": found.state in CALLING,
    }
    return render(request, "portal/mine/schedule.html", context, status=status)
