"""Why the engine could not answer, as a sentence that says what to change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ksbb.allocation.errors import CannotAllocate
from ksbb.proposals.offer import Offer, OfferError
from ksbb.shared.formats import decimal, number


def refused(refusal: CannotAllocate, offer: Offer) -> OfferError:
    """Return the refusal as a sentence in the active language, with the field to change."""
    where = "within_km" if offer.near else "region"
    told = {
        "none_in_reach": (where, _nobody(offer)),
        "all_full": (where, _full()),
        "more_stops_than_packages": ("max_stops", _too_many_stops(offer)),
        "minimum_impossible": ("min_per_stop", _too_much_per_stop(offer)),
    }
    unforeseen = _(
        "The needs on record do not let us answer ({what}). Please tell the working group."
    ).format(what=refusal)
    field, sentence = told.get(refusal.code, ("packages", unforeseen))
    return OfferError(sentence, field=field)


def _nobody(offer: Offer) -> str:
    if offer.near is None:
        return _("No place there has a need in this phase. Choose a larger area.")
    return _("No place with a need lies within {km} km. Go farther, or start elsewhere.").format(
        km=decimal(offer.within_km)
    )


def _full() -> str:
    return _(
        "Nothing is missing in reach: all places there are full. Choose another phase, another"
        " kind of aid, or a wider reach."
    )


def _too_many_stops(offer: Offer) -> str:
    return _("{packages} packages cannot make {stops} stops. Make fewer stops.").format(
        packages=number(offer.packages), stops=number(offer.max_stops)
    )


def _too_much_per_stop(offer: Offer) -> str:
    return _(
        "At least {least} per stop is more than the {packages} packages there are. Lower the least"
        " per stop."
    ).format(packages=number(offer.packages), least=number(offer.min_per_stop))
