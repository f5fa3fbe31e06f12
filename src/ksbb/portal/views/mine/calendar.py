"""Calendar files of one commitment and of one delivery."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.portal.mine.days import day_of, days_of
from ksbb.portal.mine.own import deliveries_with, own_commitment, own_delivery
from ksbb.shared import clock
from ksbb.shared.icalendar import CONTENT_TYPE, Event, calendar
from ksbb.web.access import requires


@requires("commitments.act_for_giver")
@require_safe
def of_commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Return everything that still has a day: the call, and each delivery."""
    found = own_commitment(request, code)
    return _file(days_of(request, found, deliveries_with(found)), f"ksbb-{found.code}")


@requires("commitments.act_for_giver")
@require_safe
def of_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Return one delivery."""
    commitment = own_delivery(request, pk).commitment
    found = next((one for one in deliveries_with(commitment) if one.pk == pk), None)
    if found is None or found.done_at:
        raise Http404(_("This delivery was recorded already; it has no day any more."))
    return _file([day_of(request, found)], f"ksbb-{commitment.code}-{pk}")


def _file(events: list[Event], name: str) -> HttpResponse:
    answer = HttpResponse(calendar(events, name=name, now=clock.now()), content_type=CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer
