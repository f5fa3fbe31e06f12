"""Finding what somebody may act on: a code or a number alone opens nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.commitments.queries import find_by_code
from ksbb.commitments.rules import acts_for_giver
from ksbb.deliveries.models import Delivery
from ksbb.deliveries.queries import deliveries_of, find_delivery


def own_commitment(request: HttpRequest, code: str) -> Commitment:
    """Return the commitment if the reader acts for its giver; else there is none (404).

    Officers act at their desk, so neither a role nor an administrator's rights open it.
    """
    found = find_by_code(code)
    if found is None or not acts_for_giver(request.user, found):
        raise Http404(_("None of your commitments has the code “%(code)s”.") % {"code": code[:40]})
    return found


def own_line(request: HttpRequest, code: str, line_id: int) -> CommitmentLine:
    """Return a line of a commitment of the reader's, or raise Http404."""
    found = own_commitment(request, code)
    line = next((line for line in found.lines.all() if line.pk == line_id), None)
    if line is None:
        raise Http404(_("This commitment has no such line."))
    line.commitment = found
    return line


def own_delivery(request: HttpRequest, pk: int) -> Delivery:
    """Return the delivery if the reader acts for its giver, or raise Http404."""
    found = find_delivery(pk)
    if found is None or not acts_for_giver(request.user, found.commitment):
        raise Http404(_("None of your deliveries stands at this address."))
    return found


def deliveries_with(commitment: Commitment) -> list[Delivery]:
    """Return the deliveries of a commitment, each with that very commitment at hand."""
    found = list(deliveries_of(commitment))
    for delivery in found:
        delivery.commitment = commitment
    return found


def address_of(commitment: Commitment) -> str:
    """Return where the members of a giver find one of its commitments."""
    return reverse("portal:my-commitment", args=[commitment.code])


def address_of_delivery(delivery: Delivery) -> str:
    """Return where the members of a giver find one of its deliveries."""
    return reverse("portal:my-delivery", args=[delivery.pk])
