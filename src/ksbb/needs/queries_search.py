"""Finding places by what people type: names, old spellings, kinds, numbers of RW, codes."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import Q

from ksbb.needs.enums import Verification
from ksbb.needs.meanings import Meaning, meanings
from ksbb.needs.models import Target
from ksbb.programmes.models import TargetKind
from ksbb.regions.queries import paths
from ksbb.regions.words import in_words
from ksbb.shared.codes import within

SHOWN: Final = 6
"""So many meanings are put into words; all of them are searched."""


class Understood(NamedTuple):
    """One meaning of a text, in words and as what narrows a list to it alone.

    An institution has the code of its page; everything else an area and the text that remains.
    """

    words: str
    area: str
    text: str
    target: str


class Found(NamedTuple):
    """The filter a text stands for, and what was understood of it."""

    condition: Q
    understood: list[Understood]

    @property
    def names(self) -> list[str]:
        """What was understood, in words."""
        return [one.words for one in self.understood]


def find_places(text: str, root: str, *, of: str = "target__") -> Found:
    """Return the places a text such as “rw 5 kebayoran lma” means, below a region code.

    Read are regions by name, other spelling, code and postal code, an RW by its number, words for
    a kind of place, and names of institutions. Nothing similar: a filter that keeps nothing.
    The filter is one on needs, or on places themselves where `of` is "".
    """
    if place := _by_code(text.strip(), root):
        understood = Understood(place.name, place.region_id, "", place.code)
        return Found(Q(**{f"{of}pk": place.pk}), [understood])
    found = meanings(text, root, TargetKind.objects.all())
    condition = Q(pk__in=[])
    for one in _without_parts(found):
        condition |= one.condition(of)
    return Found(condition, _in_words(found))


def _by_code(text: str, root: str) -> Target | None:
    """Return the institution whose code was typed; the code of an RW is that of its region."""
    if "-" not in text or not within(text.partition("-")[0], root):
        return None
    return Target.objects.filter(code=text.upper(), verification=Verification.VERIFIED).first()


def _without_parts(found: list[Meaning]) -> list[Meaning]:
    """Leave out areas inside another one that is meant: a kecamatan holds its kelurahan."""
    areas = {(one.area, one.rw, one.kind_words) for one in found if not one.target}
    return [
        one
        for one in found
        if one.target
        or not any(
            area != one.area and within(one.area, area)
            for area, rw, words in areas
            if (rw, words) == (one.rw, one.kind_words)
        )
    ]


def _in_words(found: list[Meaning]) -> list[Understood]:
    shown = found[:SHOWN]
    chains = paths({one.region for one in shown if one.region})
    return [
        Understood(
            one.named(in_words(chains.get(one.region, []))) or one.area,
            one.area,
            one.rest,
            one.target.code if one.target else "",
        )
        for one in shown
    ]
