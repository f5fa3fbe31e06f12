"""Which region somebody means: pure ranking over names, codes and postal codes; no database.

A region is found by its official name, its short name and its other spellings. What is typed may
hold an RW number, words of office ("kel.", "kec."), abbreviations, and the regions around the
wanted one ("Duren Sawit, Jakarta Timur").
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ksbb.regions.names import bare_name, short_name
from ksbb.regions.readings import Reading, readings, surroundings
from ksbb.shared import codes
from ksbb.shared.errors import DomainError
from ksbb.shared.rw_numbers import split_rw
from ksbb.shared.text import EXACT_FROM, LONGEST_QUERY, Names, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERIC: Final = re.compile(r"[0-9][0-9 .-]*", re.ASCII)
_POSTAL_DIGITS: Final = 5
_CODE: Final = 100.0
_CODE_BEGINS: Final = 90.0
_SHORTEST_PREFIX: Final = 2

_CANDIDATES: Final = 200
_WORTH_BESIDE_EXACT: Final = 90.0
_OTHER_LEVEL: Final = 0.9
_ELSEWHERE: Final = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region as the index knows it."""

    code: str
    name: str
    level: str
    postal_code: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A region that may be meant, by which of its spellings, and how well it fits (0–100)."""

    code: str
    name: str
    matched: str
    score: float
    rw: int | None = None

    @property
    def exact(self) -> bool:
        """Tell whether it was named outright; anything less is a suggestion."""
        return self.score >= EXACT_FROM

    @property
    def area(self) -> str:
        """The code of the RW where a kelurahan and a number were given, else the region's."""
        is_village = codes.level_of(self.code) == "VILLAGE"
        return codes.rw_code(self.code, self.rw) if self.rw and is_village else self.code


class PlaceIndex:
    """The regions above the RW, prepared for many searches."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Take every spelling of every region."""
        self._places = {place.code: place for place in places}
        self._spellings = [
            (place.code, spelling)
            for place in self._places.values()
            for spelling in _spellings(place)
        ]
        self._names = Names(spelling for _, spelling in self._spellings)
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        for code, spelling in self._spellings:
            self._called[normalise(spelling).replace(" ", "")].add(code)

    def search(self, text: str, *, limit: int = 10) -> list[Hit]:
        """Return the regions that may be meant, best first; of equals the larger one first.

        Where an RW was named, of equals the kelurahan comes first.
        """
        rw, wanted = split_rw(text[:LONGEST_QUERY])
        hits = self._by_number(wanted) or self._by_name(wanted)
        village = codes.LENGTHS["VILLAGE"]
        return sorted(
            (replace(hit, rw=rw) for hit in hits) if rw else hits,
            key=lambda hit: (
                -hit.score,
                village - len(hit.code) if rw else len(hit.code),
                hit.code,
            ),
        )[:limit]

    def _by_number(self, text: str) -> list[Hit]:
        """Find by postal code, by code, or by the beginning of a code."""
        digits = re.sub(r"[ .-]", "", text)
        if not _NUMERIC.fullmatch(text.strip()) or len(digits) < _SHORTEST_PREFIX:
            return []
        return (
            self._by_postal_code(text.strip())
            or self._by_rw_code(text)
            or [
                _hit(place, place.code, _CODE if bare == digits else _CODE_BEGINS)
                for place in self._places.values()
                if (bare := place.code.replace(".", "")).startswith(digits)
            ]
        )

    def _by_postal_code(self, text: str) -> list[Hit]:
        if len(text) != _POSTAL_DIGITS:
            return []
        return [
            _hit(place, text, _CODE) for place in self._places.values() if place.postal_code == text
        ]

    def _by_rw_code(self, text: str) -> list[Hit]:
        try:
            code = codes.parse(text)
        except DomainError:
            return []
        village = self._places.get(codes.parent_of(code) or "")
        if village is None or codes.level_of(code) != "RW":
            return []
        return [_hit(village, code, _CODE, rw=codes.rw_number(code))]

    def _by_name(self, text: str) -> list[Hit]:
        """Find by name; without an outright hit, what lies around it is a suggestion too."""
        hits = self._named(text)
        if any(hit.exact for hit in hits):
            return [hit for hit in hits if hit.score >= _WORTH_BESIDE_EXACT]
        around = self._named(surroundings(text, self._called))
        return _best([*hits, *(replace(hit, score=hit.score * _ELSEWHERE) for hit in around)])

    def _named(self, text: str) -> list[Hit]:
        return _best(
            _hit(
                self._places[code],
                spelling,
                ranked.score * _fit(self._places[code], reading),
            )
            for reading in dict.fromkeys(readings(text, self._called))
            for ranked in self._names.rank(reading.name, limit=_CANDIDATES)
            for code, spelling in [self._spellings[ranked.index]]
        )


def _spellings(place: Place) -> Iterable[str]:
    """Return every spelling once. A kelurahan "Kota Bambu Utara" is not known by less than that."""
    bare = bare_name(place.name) if place.level == "REGENCY" else place.name
    return dict.fromkeys((place.name, short_name(place.name), bare, *place.aliases))


def _best(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the best hit of each region."""
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.code not in best or hit.score > best[hit.code].score:
            best[hit.code] = hit
    return list(best.values())


def _fit(place: Place, reading: Reading) -> float:
    level = 1.0 if reading.level in {None, place.level} else _OTHER_LEVEL
    return level if reading.surrounds(place.code) else level * _ELSEWHERE


def _hit(place: Place, matched: str, score: float, *, rw: int | None = None) -> Hit:
    return Hit(code=place.code, name=place.name, matched=matched, score=score, rw=rw)
