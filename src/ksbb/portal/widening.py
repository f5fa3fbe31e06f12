"""What to offer where nothing fits: the same list with one thing less asked of it."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from ksbb.programmes.scope import Scope
from ksbb.web.listing import Listing, find
from ksbb.web.target_filter import TargetFilter

OFFERED: Final = 5


class Way(NamedTuple):
    """A wider list, in words, with how many places it has."""

    words: str
    address: str
    places: int
    is_longer: bool


def ways_out(form: TargetFilter, listing: Listing, scope: Scope) -> list[Way]:
    """Return the wider lists which are not empty, at most a few."""
    offers = [*_understood(form, listing), *_without_one(form), *_wider_area(form)]
    ways = (_counted(words, address, scope) for words, address in dict(offers).items())
    return [way for way in ways if way.places][:OFFERED]


def _understood(form: TargetFilter, listing: Listing) -> list[tuple[str, str]]:
    """Offer the area that was understood alone, and what was said besides it everywhere."""
    offers = []
    for one in listing.understood[:1]:
        if one.area and one.text:
            area = form.address(q=None, wilayah=one.area)
            offers = [
                (_("All places in this area"), area),
                (_("“%(words)s” everywhere") % {"words": one.text}, form.address(q=one.text)),
            ]
    return offers


def _without_one(form: TargetFilter) -> list[tuple[str, str]]:
    return [
        (_("Without the filter %(filter)s") % {"filter": chip.words}, chip.without)
        for chip in form.chips
        if chip.name != "dekat"
    ]


def _wider_area(form: TargetFilter) -> list[tuple[str, str]]:
    wider = form.wider_area
    return [(_("The area around it"), form.address(wilayah=wider))] if wider else []


def _counted(words: str, address: str, scope: Scope) -> Way:
    wider = TargetFilter(QueryDict(address), scope)
    if not wider.is_valid():
        return Way(words, address, 0, is_longer=False)
    extent = find(wider.cleaned_data, scope).extent()
    return Way(words, address, extent.places, extent.is_longer)
