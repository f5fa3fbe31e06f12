"""One commitment: what is promised, what was done about it, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Final

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.audit.queries import entries_about_all, newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.decide import PlainForm, RejectForm
from ksbb.backoffice.inbox.handling import decide as decide_item
from ksbb.backoffice.inbox.handling import handled
from ksbb.backoffice.inbox.sources import COMMITMENT
from ksbb.backoffice.wording import in_words
from ksbb.commitments.actions import decide
from ksbb.commitments.models import Commitment
from ksbb.commitments.queries import find_by_code
from ksbb.commitments.rules import possible_verbs
from ksbb.deliveries.actions.plan import plan
from ksbb.deliveries.models import ReceiptLink
from ksbb.deliveries.queries import deliveries_of
from ksbb.funds.actions import free
from ksbb.shared import clock
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out, seen
from ksbb.web.forms.schedule import ScheduleForm

HISTORY: Final = 20


@requires("commitments.view_queue")
@require_safe
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Show one commitment, at the one address its code has."""
    found = or_404(find_by_code(code))
    return _page(request, code) if found.code == code else redirect(address_of(found))


@requires("commitments.decide")
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Accept a submitted commitment; the giver's time to call the place begins."""
    found = or_404(find_by_code(code))

    def do(by: By) -> None:
        decide.accept(commitment_id=found.pk, **by)

    return decide_item(
        request,
        PlainForm(request.POST),
        do,
        kind=COMMITMENT,
        about=found,
        said=_("Commitment %(code)s is accepted.") % {"code": found.code},
        show=partial(_page, request, found.code),
        is_guarded=False,
    )


@requires("commitments.decide")
def reject(request: HttpRequest, code: str) -> HttpResponse:
    """Reject a submitted commitment; its quantity is open again."""
    found = or_404(find_by_code(code))
    form = RejectForm(request.POST)

    def do(by: By) -> None:
        free.reject(commitment_id=found.pk, reason=form.cleaned_data["alasan"], **by)

    return decide_item(
        request,
        form,
        do,
        kind=COMMITMENT,
        about=found,
        said=_("Commitment %(code)s is rejected.") % {"code": found.code},
        show=partial(_page, request, found.code),
        is_guarded=False,
    )


@requires("commitments.schedule")
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """Write down the agreed day, or another one, and plan the deliveries."""
    found = or_404(find_by_code(code))
    form = _schedule_form(found, request.POST)

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
        said=_("The delivery day is written down."),
        back=address_of(found),
        show=partial(_page, request, found.code),
        about=found,
    )


def address_of(found: Commitment) -> str:
    """Return the address of a commitment's page on the desk."""
    return reverse("backoffice:commitment", args=[found.code])


def _schedule_form(found: Commitment, data: QueryDict | None = None) -> ScheduleForm:
    """Return the form as sent, or with the day the giver wished for."""
    return ScheduleForm(
        data,
        first=clock.now().date(),
        last=found.programme.ends_on,
        initial={"tanggal": found.planned_for, "waktu": found.delivery_window},
    )


def _page(
    request: HttpRequest,
    code: str,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = or_404(find_by_code(code))
    links = ReceiptLink.objects.filter(delivery__commitment=found)
    history = entries_about_all(Commitment.objects.filter(pk=found.pk), links)
    context = {
        "commitment": found,
        "seen": newest_entry_id(found),
        "verbs": possible_verbs(found),
        "lines": found.lines.all(),
        "deliveries": deliveries_of(found),
        "history": in_words(history[:HISTORY]),
        "now": clock.now(),
        "form": form,
        "refusals": refusals,
        "reject_form": form if isinstance(form, RejectForm) else RejectForm(),
        "schedule_form": form if isinstance(form, ScheduleForm) else _schedule_form(found),
        **handled(request, COMMITMENT, found),
    }
    return render(request, "backoffice/commitment.html", context, status=status)
