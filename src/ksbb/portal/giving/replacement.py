"""What was filled by somebody else meanwhile: a new proposal for the packages that lost a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ksbb.needs.models import Need
from ksbb.portal.forms.terms import TermsForm
from ksbb.portal.giving.change_lines import kind_of
from ksbb.portal.giving.draft import Draft
from ksbb.portal.scope import Scope
from ksbb.proposals.offer import Offer, OfferError
from ksbb.proposals.propose import Proposal, propose
from ksbb.proposals.prose import Why, why_of
from ksbb.proposals.reading import Place
from ksbb.shared.codes import LENGTHS

_PAIR: Final = re.compile("([0-9]{1,18}):([0-9]{1,9})")


class Instead(NamedTuple):
    """A place that takes some of them."""

    place: Place
    quantity: int
    why: Why


class Replacement(NamedTuple):
    """So many packages of one kind have no place any more, and where they do most now."""

    missing: int
    need: Need
    stops: list[Instead]
    left: int
    refusal: str

    @property
    def value(self) -> str:
        """What the button sends: “12:40,17:20”, the keys of needs with what they get."""
        return ",".join(f"{one.place.need}:{one.quantity}" for one in self.stops)


def replacements(scope: Scope, draft: Draft, refused: Sequence[Need]) -> list[Replacement]:
    """Return a new proposal for each kind of aid whose lines ask more than is open."""
    kinds = dict.fromkeys(kind_of(need) for need in refused)
    return [
        _replacement(scope, draft, [need for need in refused if kind_of(need) == kind])
        for kind in kinds
    ]


def offered_in(typed: str) -> dict[int, int]:
    """Return the pairs that the button of a replacement sent; nothing for any other text."""
    found = [_PAIR.fullmatch(part) for part in typed.split(",")]
    return {int(one[1]): int(one[2]) for one in found if one}


def _replacement(scope: Scope, draft: Draft, refused: list[Need]) -> Replacement:
    missing = sum(draft.lines[need.pk] - max(need.open, 0) for need in refused)
    first = refused[0]
    try:
        found = propose(
            programme=scope.programme,
            offer=_rest_of(_terms(scope, draft, first), draft, refused, missing),
            now=scope.now,
            without=draft.lines.keys(),
        )
    except OfferError as refusal:
        return Replacement(missing, first, [], missing, str(refusal))
    return Replacement(missing, first, _stops(found), found.explanation.left, "")


def _stops(found: Proposal) -> list[Instead]:
    return [
        Instead(found.places[one.row], one.quantity, why_of(found, one))
        for one in found.explanation.reasons
    ]


def _terms(scope: Scope, draft: Draft, need: Need) -> Offer:
    """Return the terms the lines were proposed on, or those of whoever goes to this place."""
    terms = TermsForm(draft.terms.get(kind_of(need), {}), scope)
    if terms.is_valid():
        return terms.offer
    place = need.target
    has_point = place.lat is not None and place.lon is not None
    return Offer(
        aid_type=need.aid_type.slug,
        phase=need.phase.number,
        packages=1,
        near=(place.lat, place.lon) if has_point else None,  # type: ignore[arg-type]
        region="" if has_point else place.region_id[: LENGTHS["DISTRICT"]],
    )


def _rest_of(offer: Offer, draft: Draft, refused: list[Need], missing: int) -> Offer:
    """Return the offer for the missing packages, with the stops that are free for them."""
    lost = sum(need.open <= 0 for need in refused)
    kept = len(draft.lines) - lost
    free = max(offer.max_stops - kept, lost, 1)
    return replace(
        offer,
        packages=missing,
        max_stops=min(free, missing),
        min_per_stop=min(offer.min_per_stop, missing),
    )
