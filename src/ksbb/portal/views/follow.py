import io
from http import HTTPStatus

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from ksbb.commitments.queries import find_by_code, spelled
from ksbb.commitments.rules import acts_for_giver, may_call_place
from ksbb.deliveries.queries import deliveries_of
from ksbb.funds.queries import find_gift
from ksbb.funds.queries_trace import payers_of
from ksbb.portal.follow_now import now_of
from ksbb.portal.follow_steps import steps_of
from ksbb.portal.forms.follow import CodeForm
from ksbb.portal.giving.draft import is_own
from ksbb.portal.places import where_of
from ksbb.shared import clock
from ksbb.suggestions.queries import find_by_code as find_report
from ksbb.web.access import public
from ksbb.web.account.entering import has_passkey


@public
@require_safe
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for a code and lead to its commitment, its gift or its report of a need."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    status = HTTPStatus.OK
    if form.is_valid():
        if address := _address_of(form.cleaned_data["kode"]):
            return redirect(address)
        form.add_error(
            "kode", _("No commitment, gift or report has this code. Compare it letter by letter.")
        )
        status = HTTPStatus.NOT_FOUND
    elif form.is_bound:
        status = HTTPStatus.BAD_REQUEST
    return render(request, "portal/follow.html", {"form": form}, status=status)


def _address_of(code: str) -> str:
    """Return the page a code belongs to, or "": nobody need know which kind of code it is."""
    if found := find_by_code(code) or find_gift(code):
        return found.get_absolute_url()
    report = find_report(spelled(code))
    return reverse("portal:report-status", args=[report.code]) if report else ""


@public
@require_safe
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Show how far a commitment is, without any personal data."""
    found = find_or_404(code)
    if found.code != code:
        return redirect(found)
    deliveries = list(deliveries_of(found))
    lines = list(found.lines.all())
    now = clock.now()
    own = is_own(request, found.code)
    context = {
        "commitment": found,
        "as_of": now,
        "today": now.date(),
        "now": now_of(found, deliveries, now),
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "has_proof": any(hasattr(one, "receipt") for one in deliveries),
        "own": own,
        "is_new": found.state == State.SUBMITTED,
        "may_add_passkey": own and request.user.is_authenticated and not has_passkey(request.user),
        "steps": steps_of(found, deliveries),
        "lines": lines,
        "where": where_of([line.need.target for line in lines]),
        # Only aggregators hold stock that gifts paid for.
        "payers": payers_of(found) if found.collaborator.is_aggregator else {},
        "deliveries": deliveries,
        "is_own": acts_for_giver(request.user, found),
        "may_call": may_call_place(request.user, found),
    }
    return render(request, "portal/commitment.html", context)


@public
@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the address of a commitment as a QR code."""
    address = request.build_absolute_uri(
        reverse("portal:commitment", args=[find_or_404(code).code])
    )
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", scale=6, border=2)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def find_or_404(code: str) -> Commitment:
    """Return the commitment of a code, or raise Http404 with a sentence."""
    found = find_by_code(code)
    if found is None:
        raise Http404(_("No commitment has the code “%(code)s”.") % {"code": code[:40]})
    return found
