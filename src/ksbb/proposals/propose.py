"""One function for every door: an offer in, a proposal out, nothing written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from math import inf
from typing import Final

from django.utils.translation import gettext as _

from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.explain import FARTHER_KM, Explanation, explain
from ksbb.allocation.lots import named_lot
from ksbb.allocation.recommend import Recommendation, recommend
from ksbb.programmes.models import AidType, Phase, Programme
from ksbb.programmes.queries import aid_types_of, current_phase, phases_of
from ksbb.proposals.offer import Offer, OfferError
from ksbb.proposals.reading import Ground, Place, read_ground
from ksbb.proposals.refusals import refused
from ksbb.regions.models import Region
from ksbb.shared.clock import WIB
from ksbb.shared.errors import quoted

MOST_WORK: Final = 10_000_000
"""A page waits for four answers: what needs longer is told with its bound, and not proven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An answer as of `as_of`. `explanation.reasons` speak of rows; `places` names each row."""

    programme: Programme
    aid_type: AidType
    phase: Phase
    offer: Offer
    as_of: datetime
    ground: Ground
    explanation: Explanation

    @property
    def places(self) -> list[Place]:
        """The places in reach and a little beyond, by their rows."""
        return self.ground.places


def propose(
    *, programme: Programme, offer: Offer, now: datetime, without: Collection[int] = ()
) -> Proposal:
    """Return where the offer does most, with reasons, a bound and three what-ifs.

    Nothing is written or reserved. What is committed as of ``now`` counts; needs whose keys are in
    ``without`` are left out. Raises OfferError with a sentence that says what to change.
    """
    _same_programme(programme, offer)
    aid_type, phase = _aid_type(programme, offer), _phase(programme, offer, now)
    reach = offer.within_km if offer.near else inf
    ground = read_ground(
        aid_type,
        phase,
        area=_area(programme, offer),
        near=offer.near,
        reach=reach + FARTHER_KM,
        without=without,
    )
    try:
        found = _recommended(ground, offer, reach, now)
    except CannotAllocate as refusal:
        raise refused(refusal, offer) from refusal
    return Proposal(
        programme=programme,
        aid_type=aid_type,
        phase=phase,
        offer=offer,
        as_of=now,
        ground=ground,
        explanation=explain(found),
    )


def _recommended(ground: Ground, offer: Offer, reach: float, now: datetime) -> Recommendation:
    if not ground.places:
        nobody = "none_in_reach"
        raise CannotAllocate(nobody, field="km", within_km=reach)
    seed = offer.seed or int(now.astimezone(WIB).strftime("%Y%m%d"))
    ask = partial(
        recommend,
        ground.need,
        ground.committed,
        ground.km,
        lot=named_lot((place.id for place in ground.places), seed),
        packages=offer.packages,
        max_stops=offer.max_stops,
        min_drop=offer.min_per_stop,
        within_km=reach,
        seed=seed,
        most_work=MOST_WORK,
    )
    found = ask()
    # A few packages are worth less than the way at its usual price; whoever has them goes anyway.
    return found if len(found.stops) else ask(km_cost=0.0)


def _same_programme(programme: Programme, offer: Offer) -> None:
    if offer.programme not in {"", programme.slug}:
        raise OfferError(
            _("The offer is for “{theirs}”, but “{ours}” was asked for."),
            field="programme",
            theirs=quoted(offer.programme),
            ours=programme.slug,
        )


def _aid_type(programme: Programme, offer: Offer) -> AidType:
    known = {aid_type.slug: aid_type for aid_type in aid_types_of(programme)}
    if offer.aid_type not in known:
        raise OfferError(
            _("There is no aid type “{typed}”. Known: {known}."),
            field="aid_type",
            typed=quoted(offer.aid_type),
            known=", ".join(known),
        )
    return known[offer.aid_type]


def _phase(programme: Programme, offer: Offer, now: datetime) -> Phase:
    phases = phases_of(programme)
    if offer.phase is None:
        found = current_phase(phases, now.astimezone(WIB).date())
    else:
        found = next((phase for phase in phases if phase.number == offer.phase), None)
    if found is None:
        raise OfferError(
            _("There is no phase {typed}. Known: {known}."),
            field="phase",
            typed=offer.phase or "–",
            known=", ".join(str(phase.number) for phase in phases),
        )
    return found


def _area(programme: Programme, offer: Offer) -> str:
    """Return the region code to look in. Raises OfferError for one that is not in the programme."""
    if not offer.region:
        return programme.root_region_id
    inside = f"{offer.region}.".startswith(f"{programme.root_region_id}.")
    if not inside or not Region.objects.filter(code=offer.region).exists():
        raise OfferError(
            _("There is no region “{typed}” in this programme. Write a code such as 31.74.05."),
            field="region",
            typed=quoted(offer.region),
        )
    return offer.region
