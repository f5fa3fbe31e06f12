"""Finding an aggregator's book for the one who asks: strangers are not told that it is there."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import find_by_slug
from ksbb.funds.models import Gift, Lot
from ksbb.funds.queries import find_gift
from ksbb.funds.rules import acts_for_aggregator


def own_book(request: HttpRequest, slug: str) -> Collaborator:
    """Return the aggregator if the reader keeps its book, or raise Http404."""
    found = find_by_slug(slug)
    if found is None or not acts_for_aggregator(request.user, found):
        raise Http404(_("You keep no aggregator's book at this address."))
    return found


def own_gift(request: HttpRequest, slug: str, code: str) -> Gift:
    """Return a gift to the reader's aggregator, or raise Http404."""
    aggregator, found = own_book(request, slug), find_gift(code)
    if found is None or found.aggregator_id != aggregator.pk:
        raise Http404(_("No gift to you has the code “%(code)s”.") % {"code": code[:40]})
    return found


def own_lot(aggregator: Collaborator, lot_id: int) -> Lot:
    """Return a lot of the aggregator, or raise Http404."""
    found = Lot.objects.filter(aggregator=aggregator, pk=lot_id).first()
    if found is None:
        raise Http404(_("You have no such packages in stock."))
    return found


def address_of_book(aggregator: Collaborator) -> str:
    """Return where the members of an aggregator keep its book."""
    return reverse("portal:book", args=[aggregator.slug])
