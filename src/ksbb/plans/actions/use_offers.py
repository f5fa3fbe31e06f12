"""What a giver commits comes out of what they left to the working group."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ksbb.audit.actions.record import record
from ksbb.needs.queries_near import kilometres
from ksbb.plans.enums import OfferState, Reach
from ksbb.plans.locking import lock_open_offers
from ksbb.shared.codes import within

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ksbb.audit.actors import Actor
    from ksbb.collaborators.models import Collaborator
    from ksbb.needs.models import Need, Target
    from ksbb.plans.locking import LockedOffer
    from ksbb.plans.models import Offer


class Given(NamedTuple):
    """What was committed to one need, in units of its aid type."""

    need: Need
    quantity: int


def use_offers(
    *, giver: Collaborator, given: Iterable[Given], commitment: str, actor: Actor, now: datetime
) -> None:
    """Take a new commitment out of its giver's open offers, inside the caller's transaction.

    An offer is meant where phase and kind of aid are the same and the place lies in its reach; the
    oldest goes first, and one that is used up is open no more. What is committed beyond all offers
    is simply given as well. ``given`` is read only where there is an open offer.
    """
    offers = lock_open_offers(giver)
    if not offers:
        return
    before = {offer.pk: offer.used for offer in offers}
    for need, quantity in given:
        _use(offers, need, quantity)
    for offer in offers:
        if offer.used != before[offer.pk]:
            offer.state = OfferState.OPEN if offer.left else OfferState.USED
            offer.save(update_fields=["used", "state"])
            record(
                action="plans.use_offer",
                obj=offer,
                actor=actor,
                now=now,
                changes={"used": [before[offer.pk], offer.used], "commitment": commitment},
            )


def _use(offers: Iterable[LockedOffer], need: Need, quantity: int) -> None:
    for offer in offers:
        if _is_meant(offer, need):
            part = min(quantity, offer.left)
            offer.used += part
            quantity -= part


def _is_meant(offer: Offer, need: Need) -> bool:
    same = offer.phase_id == need.phase_id and offer.aid_type_id == need.aid_type_id
    return same and _reaches(offer, need.target)


def _reaches(offer: Offer, place: Target) -> bool:
    if offer.reach == Reach.AREA:
        return within(place.region_id, offer.area_id or "")
    if offer.reach == Reach.LIST:
        return place.code in offer.places
    far = kilometres(offer, place)
    return far is not None and far <= offer.kilometres
