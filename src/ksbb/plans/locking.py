from __future__ import annotations

from typing import TYPE_CHECKING, NewType

from ksbb.plans.enums import OfferState
from ksbb.plans.models import Offer

if TYPE_CHECKING:
    from ksbb.collaborators.models import Collaborator

LockedOffer = NewType("LockedOffer", Offer)
"""An offer whose row this transaction holds: nobody else uses or withdraws it meanwhile."""


def lock_offer(offer_id: int) -> LockedOffer:
    """Lock one offer in whatever state and return its fresh row."""
    return LockedOffer(Offer.objects.select_for_update(no_key=True).get(pk=offer_id))


def lock_open_offers(collaborator: Collaborator) -> list[LockedOffer]:
    """Lock the open offers of a giver and return their fresh rows, the oldest first."""
    rows = Offer.objects.select_for_update(no_key=True).filter(
        collaborator=collaborator, state=OfferState.OPEN
    )
    return [LockedOffer(offer) for offer in rows.order_by("pk")]
