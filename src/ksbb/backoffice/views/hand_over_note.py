"""The hand-over note at the desk: to print it, and to make the receipt link that stands on it."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.views.delivery import address_of, delivery_page
from ksbb.deliveries.queries import find_delivery
from ksbb.shared.errors import DomainError
from ksbb.web.access import requires
from ksbb.web.hand_over_note import note_of, note_with_new_link


@requires("deliveries.record")
@require_safe
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the hand-over note for printing."""
    return render(request, "backoffice/note.html", note_of(or_404(find_delivery(pk))))


@requires("deliveries.record")
@never_cache
def receipt_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new one-time link and show it, this once, with its QR code on the note."""
    found = or_404(find_delivery(pk))
    if request.method != "POST":
        return redirect(address_of(found))
    try:
        context = note_with_new_link(request, found)
    except DomainError as error:
        return delivery_page(request, pk, None, HTTPStatus.CONFLICT, [str(error)])
    return render(request, "backoffice/note.html", context)
