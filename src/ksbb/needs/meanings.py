"""What a typed line may mean: an area, an RW by its number, a kind of place, an institution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from ksbb.needs.kind_words import Split, split_kind
from ksbb.needs.queries_names import Institution, search_institutions
from ksbb.regions.queries import within
from ksbb.regions.search import search_places
from ksbb.shared import codes
from ksbb.shared.rw_numbers import split_rw
from ksbb.shared.text import EXACT_FROM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksbb.programmes.models import TargetKind
    from ksbb.regions.place_index import Hit

CLOSE: Final = 8.0
"""How far behind the best a name may lie and still be meant, on the scale of 0 to 100."""

MANY: Final = 50


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One thing a text may stand for; what was not said is empty.

    `area` is a region code and `target` the key, code and name of an institution.
    """

    score: float = 100.0
    area: str = ""
    rw: int | None = None
    kinds: tuple[TargetKind, ...] = ()
    kind_words: str = ""
    target: Institution | None = None

    @property
    def exact(self) -> bool:
        """Tell whether it was named outright."""
        return self.score >= EXACT_FROM

    @property
    def region(self) -> str:
        """The code of the region it lies in."""
        return self.target.region if self.target else self.area

    @property
    def rest(self) -> str:
        """The text that says all but the area: “RW 5”, “panti jompo”, or nothing."""
        number = _("RW %(number)s") % {"number": self.rw} if self.rw else ""
        return " ".join(word for word in (self.kind_words, number) if word)

    def named(self, where: str) -> str:
        """Return what it is in words; `where` names the area it lies in."""
        number = _("RW %(number)s") % {"number": f"{self.rw:03d}"} if self.rw else ""
        kinds = " / ".join(kind.name for kind in self.kinds)
        name = self.target.name if self.target else ""
        return ", ".join(word for word in (name, kinds, number, where) if word)

    def condition(self, of: str) -> Q:
        """Return the filter; `of` leads from what is filtered to the place, as in "target__"."""
        if self.target:
            return Q(**{f"{of}pk": self.target.key})
        kept = Q(**{f"{of}kind__in": self.kinds}) if self.kinds else Q()
        if self.rw:
            kept &= Q(**{f"{of}kind__is_area": True})
        if self.rw and len(self.area) == codes.LENGTHS["VILLAGE"]:
            return kept & Q(**{f"{of}region": codes.rw_code(self.area, self.rw)})
        if self.rw:
            kept &= Q(**{f"{of}region__code__endswith": f".{self.rw:03d}"})
        return kept & within(f"{of}region", self.area) if self.area else kept


def meanings(text: str, root: str, kinds: Iterable[TargetKind]) -> list[Meaning]:
    """Return what a text may mean below a region code, the likeliest first; [] for nothing."""
    number, rest = split_rw(text)
    split = split_kind(rest, kinds)
    said = Meaning(rw=number, kinds=split.kinds, kind_words=split.words)
    if not split.rest.strip():
        return [said] if number or split.kinds else []
    found = [*_areas(said, split, root), *_named(text, said, split, root)]
    return _likeliest(found)


def _areas(said: Meaning, split: Split, root: str) -> Iterable[Meaning]:
    """Yield the areas; a code of an RW brings its number with it."""
    for hit in _inside(search_places(split.rest, limit=MANY), root):
        yield replace(said, area=hit.code, rw=said.rw or hit.rw, score=hit.score)
    if split.kinds:
        whole = replace(said, kinds=(), kind_words="")
        for hit in _inside(search_places(f"{split.words} {split.rest}", limit=MANY), root):
            if hit.exact:
                yield replace(whole, area=hit.code, score=hit.score)


def _inside(hits: Iterable[Hit], root: str) -> Iterable[Hit]:
    return (hit for hit in hits if codes.within(hit.code, root))


def _named(text: str, said: Meaning, split: Split, root: str) -> Iterable[Meaning]:
    """Yield the institutions called so, with the word for their kind or without it."""
    if said.rw:
        return
    for one in search_institutions(text, root):
        yield Meaning(target=one, score=one.score)
    if split.kinds:
        for one in search_institutions(split.rest, root):
            yield Meaning(target=one, score=one.score)


def _likeliest(found: list[Meaning]) -> list[Meaning]:
    best = max((one.score for one in found), default=0.0)
    if best >= EXACT_FROM:
        kept = [one for one in found if one.exact]
    else:
        kept = [one for one in found if one.score >= best - CLOSE]
    # Of equals the larger area comes first, but an RW rather lies in the kelurahan of that name.
    ordered = sorted(
        kept, key=lambda one: (-one.score, -len(one.area) if one.rw else len(one.area))
    )
    once = {(one.area, one.rw, one.target and one.target.key): one for one in ordered}
    return list(once.values())
