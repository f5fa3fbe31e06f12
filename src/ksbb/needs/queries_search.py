"""Finding places by name in spite of typing errors."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import Q

from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.regions.enums import Level
from ksbb.regions.models import Region, RegionAlias
from ksbb.regions.names import short_name
from ksbb.regions.queries import within
from ksbb.shared.rw_numbers import split_rw
from ksbb.shared.text import rank

MANY: Final = 200
CLOSE: Final = 8.0
"""How far behind the best a name may lie and still be meant, on the scale of 0 to 100."""

LEVELS: Final = (Level.REGENCY, Level.DISTRICT, Level.VILLAGE)


class Found(NamedTuple):
    """The filter on needs a text stands for, and the names that were understood."""

    condition: Q
    names: list[str]


class _Candidate(NamedTuple):
    """A name, and the code of the region or the key of the institution that bears it."""

    name: str
    place: str | int

    @property
    def condition(self) -> Q:
        if isinstance(self.place, int):
            return Q(target__pk=self.place)
        return within("target__region", self.place)


def find_places(text: str, root: str) -> Found:
    """Return the places a text such as “rw 5 kebayoran lma” means, below a region code.

    The RW number counts as typed; the rest is compared with regions, their aliases and the names
    of institutions. Nothing similar: a filter that keeps nothing.
    """
    number, rest = split_rw(text)
    condition = Q()
    if number:
        area = Q(target__kind__is_area=True)
        condition &= area & Q(target__region__code__endswith=f".{number:03d}")
    if not rest.strip():
        return Found(condition if number else Q(pk__in=[]), [])
    meant = _closest(rest, [*_regions(root), *_institutions(root)])
    places = Q(pk__in=[])
    for candidate in meant:
        places |= candidate.condition
    return Found(condition & places, list(dict.fromkeys(one.name for one in meant)))


def _closest(text: str, candidates: list[_Candidate]) -> list[_Candidate]:
    ranked = rank(text, [candidate.name for candidate in candidates], limit=MANY)
    if not ranked:
        return []
    exact = [one for one in ranked if one.exact]
    least = ranked[0].score - CLOSE
    kept = exact or [one for one in ranked if one.score >= least]
    return [candidates[one.index] for one in kept]


def _regions(root: str) -> list[_Candidate]:
    regions = Region.objects.filter(within("", root), level__in=LEVELS)
    aliases = RegionAlias.objects.filter(within("region", root), region__level__in=LEVELS)
    named = [(short_name(name), code) for name, code in regions.values_list("name", "code")]
    return [_Candidate(*one) for one in (*named, *aliases.values_list("name", "region_id"))]


def _institutions(root: str) -> list[_Candidate]:
    targets = Target.objects.filter(
        within("region", root), kind__is_area=False, verification=Verification.VERIFIED
    )
    return [_Candidate(*one) for one in targets.order_by("pk").values_list("name", "pk")]
