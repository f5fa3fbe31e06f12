"""What somebody may have meant by a line of text: a name, its level, and what lies around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ksbb.shared.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ksbb.shared.codes import Level

    Called = Mapping[str, set[str]]

MOST_WORDS: Final = 10

_OFFICES: Final[dict[str, Level]] = {
    "kel": "VILLAGE",
    "kelurahan": "VILLAGE",
    "ds": "VILLAGE",
    "desa": "VILLAGE",
    "kec": "DISTRICT",
    "kecamatan": "DISTRICT",
    "kota": "REGENCY",
    "kotamadya": "REGENCY",
    "kab": "REGENCY",
    "kabupaten": "REGENCY",
    "prov": "PROVINCE",
    "provinsi": "PROVINCE",
}
_SILENT: Final = {"adm", "administrasi"}
_ABBREVIATIONS: Final = {
    "jkt": "jakarta",
    "kb": "kebon",
    "kep": "kepulauan",
    "kp": "kampung",
    "p": "pulau",
    "pd": "pondok",
    "ps": "pasar",
    "tg": "tanjung",
    "tj": "tanjung",
}
_BREAKS: Final = re.compile(r"[,;/()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A name to look for; its level where one was said; the codes of each region around it."""

    name: str
    level: Level | None = None
    around: tuple[frozenset[str], ...] = ()

    def surrounds(self, code: str) -> bool:
        """Tell whether the region lies inside everything that was said to be around it."""
        return all(any(code.startswith(f"{area}.") for area in areas) for areas in self.around)


@dataclass(frozen=True, slots=True)
class _Segment:
    office: str
    words: list[str]

    @property
    def level(self) -> Level | None:
        return _OFFICES.get(self.office)


def readings(text: str, called: Called) -> Iterator[Reading]:
    """Yield what ``text`` may mean, the plainest first.

    ``called`` maps a normal form without spaces to the codes of the regions called so.
    """
    yield Reading(name=" ".join(_words(text)))
    parts = _segments(text)
    if not parts:
        return
    wanted = next((part for part in parts if part.level == "VILLAGE"), parts[0])
    around = tuple(
        areas for part in parts if part is not wanted for areas in _chain(part.words, called) or ()
    )
    yield Reading(name=" ".join(wanted.words), level=wanted.level, around=around)
    yield Reading(name=" ".join((wanted.office, *wanted.words)).strip(), around=around)
    for name, rest in _splits(wanted.words):
        further = _chain(rest, called)
        if further:
            yield Reading(name=" ".join(name), level=wanted.level, around=(*around, *further))


def surroundings(text: str, called: Called) -> str:
    """Return the longest part of ``text``, at its end or beginning, which names known regions.

    For a street or hamlet that no list of regions knows: "Gang Pasar Kedip, Kebayoran Lama".
    """
    words = [word for part in _segments(text) for word in part.words]
    known = (rest for _, rest in _splits(words) if _chain(rest, called))
    return " ".join(next(known, ()))


def _words(text: str) -> list[str]:
    words = normalise(text).split()[:MOST_WORDS]
    return [_ABBREVIATIONS.get(word, word) for word in words]


def _segments(text: str) -> list[_Segment]:
    """Cut the text at commas and before every word of office."""
    segments = []
    for part in _BREAKS.split(text):
        segment = _Segment("", [])
        for word in _words(part):
            # In "kel. Kota Bambu Utara" the second word of office is part of the name.
            if word in _OFFICES and (segment.words or not segment.office):
                segments.append(segment)
                segment = _Segment(word, [])
            elif word not in _SILENT:
                segment.words.append(word)
        segments.append(segment)
    return [segment for segment in segments if segment.words]


def _splits(words: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield each way to see a name first and its surroundings last, or the other way round."""
    for at in range(1, len(words)):
        yield words[:at], words[at:]
        yield words[at:], words[:at]


def _chain(words: Sequence[str], called: Called) -> tuple[frozenset[str], ...] | None:
    """Return the regions which the words name one after the other, None where one is unknown."""
    if not words:
        return ()
    for length in range(len(words), 0, -1):
        areas = called.get("".join(words[:length]))
        rest = _chain(words[length:], called) if areas else None
        if areas and rest is not None:
            return (frozenset(areas), *rest)
    return None
