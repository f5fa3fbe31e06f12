"""Why the engine could not answer, as a sentence that says what to change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ksbb.allocation.errors import CannotAllocate
from ksbb.proposals.offer import Offer
from ksbb.shared.formats import decimal, number


def sentence(refusal: CannotAllocate, offer: Offer) -> str:
    """Return the sentence of a refusal, in the language that is active."""
    return _sentences(offer).get(refusal.code) or _(
        "The needs on record do not let us answer ({what}). Please tell the working group."
    ).format(what=refusal)


def _sentences(offer: Offer) -> dict[str, str]:
    return {
        "none_in_reach": _nobody(offer),
        "all_full": _(
            "Nothing is missing in reach: all places there are full. Choose another phase, another"
            " aid type, or a wider reach."
        ),
        "more_stops_than_packages": _(
            "{packages} packages cannot make {stops} stops. Make fewer stops (“max_stops”)."
        ).format(packages=number(offer.packages), stops=number(offer.max_stops)),
        "minimum_impossible": _(
            "At least {least} per stop is more than the {packages} packages there are. Lower"
            " “min_per_stop”."
        ).format(packages=number(offer.packages), least=number(offer.min_per_stop)),
    }


def _nobody(offer: Offer) -> str:
    if offer.near is None:
        return _("No place there has a need in this phase. Choose a larger region.")
    return _(
        "No place with a need lies within {km} km. Go farther (“within_km”) or start elsewhere"
        " (“near”)."
    ).format(km=decimal(offer.within_km))
