"""What goes along with the goods: the note on paper, and the link with which the place answers."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from ksbb.deliveries.actions.issue_link import VALID_FOR, issue_link
from ksbb.deliveries.models import Delivery
from ksbb.deliveries.queries import lines_of
from ksbb.shared import clock
from ksbb.web.acting import actor_of, key_of


def note_of(delivery: Delivery) -> dict[str, Any]:
    """Return what the note on a delivery shows; it carries no personal data."""
    return {"delivery": delivery, "lines": lines_of(delivery)}


def note_with_new_link(request: HttpRequest, delivery: Delivery) -> dict[str, Any]:
    """Make a one-time link and return the note with it; raises LinkRefusedError.

    The secret is kept nowhere, so only the answer to this request shows it, also when it is sent
    again. Another form makes another link, which ends the first.
    """
    now = clock.now()
    token = issue_link(
        delivery_id=delivery.pk, actor=actor_of(request), now=now, idempotency_key=key_of(request)
    )
    address = _address_for_receiver(request, token)
    return note_of(delivery) | {
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(border=2),
        "valid_until": now + VALID_FOR,
    }


def _address_for_receiver(request: HttpRequest, token: str) -> str:
    """Return the link in Indonesian, whatever the sender reads: the receiver is a neighbour."""
    with translation.override("id"):
        return request.build_absolute_uri(reverse("portal:receive", args=[token]))
