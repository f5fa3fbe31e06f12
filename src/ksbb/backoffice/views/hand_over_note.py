"""What goes along with the goods: the note on paper, and the link with which the place answers."""

from __future__ import annotations

from http import HTTPStatus

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.backoffice.acting import officer
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.views.delivery import address_of, delivery_page
from ksbb.deliveries.actions.issue_link import VALID_FOR, issue_link
from ksbb.deliveries.queries import find_delivery, lines_of
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import requires


@requires("deliveries.record")
@require_safe
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the hand-over note for printing; it carries no personal data."""
    found = or_404(find_delivery(pk))
    context = {"delivery": found, "lines": lines_of(found)}
    return render(request, "backoffice/note.html", context)


@requires("deliveries.record")
@never_cache
def receipt_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new one-time link and show it, this once, with its QR code on the note.

    The answer is the page itself: its secret is kept nowhere, so there is nothing to lead to.
    A second press makes another link and ends the first, of which nobody has seen the page.
    """
    found = or_404(find_delivery(pk))
    if request.method != "POST":
        return redirect(address_of(found))
    now = clock.now()
    try:
        token = issue_link(delivery_id=pk, actor=officer(request), now=now)
    except DomainError as error:
        return delivery_page(request, pk, None, HTTPStatus.CONFLICT, [str(error)])
    address = _address_for_receiver(request, token)
    context = {
        "delivery": found,
        "lines": lines_of(found),
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(border=2),
        "valid_until": now + VALID_FOR,
    }
    return render(request, "backoffice/note.html", context)


def _address_for_receiver(request: HttpRequest, token: str) -> str:
    """Return the link in Indonesian, whatever the officer reads: the receiver is a neighbour."""
    with translation.override("id"):
        return request.build_absolute_uri(reverse("portal:receive", args=[token]))
