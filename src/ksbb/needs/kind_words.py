"""Words for a kind of place in what somebody typed: “panti jompo cipayung”, “ponpes tebet”."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import fuzz

from ksbb.shared.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ksbb.programmes.models import TargetKind

# Other words people use; a kind which no programme has is never looked for.
_SYNONYMS: Final = {
    "pesantren": ("ponpes", "pondok pesantren", "islamic boarding school"),
    "panti-asuhan": ("panti yatim", "yatim piatu", "panti asuh", "orphanage", "childrens home"),
    "panti-jompo": (
        "panti werdha",
        "panti wreda",
        "panti wredha",
        "panti lansia",
        "jompo",
        "elderly home",
        "nursing home",
    ),
    "panti-disabilitas": ("panti difabel", "panti cacat", "disability home"),
    "rw": ("rukun warga",),
}
_ALIKE: Final = 85.0
_LONG: Final = 8
"""From so many letters on a resemblance is enough: “pantai” is no “panti”."""


class Split(NamedTuple):
    """The kinds that were named, the words that named them, and what else was typed."""

    kinds: tuple[TargetKind, ...]
    words: str
    rest: str


def split_kind(text: str, kinds: Iterable[TargetKind]) -> Split:
    """Return the kinds named at the beginning or at the end of a text; none: all of it is rest."""
    called = _called(kinds)
    words = normalise(text).split()
    longest = max((phrase.count(" ") + 1 for phrase in called), default=0)
    for length in range(min(longest, len(words)), 0, -1):
        for named, rest in (
            (words[:length], words[length:]),
            (words[-length:], words[:-length]),
        ):
            if found := _named(" ".join(named), called):
                return Split(found, " ".join(named), " ".join(rest))
    return Split((), "", text)


def _called(kinds: Iterable[TargetKind]) -> dict[str, tuple[TargetKind, ...]]:
    called: defaultdict[str, dict[int, TargetKind]] = defaultdict(dict)
    for kind in kinds:
        for phrase in _phrases(kind):
            called[phrase][kind.pk] = kind
    return {phrase: tuple(found.values()) for phrase, found in called.items()}


def _phrases(kind: TargetKind) -> Iterator[str]:
    """Yield the names of a kind, and the beginning of the Indonesian one: “panti” is any."""
    name = normalise(kind.name_id).split()
    yield from (" ".join(name[:length]) for length in range(1, len(name) + 1))
    yield normalise(kind.name_en)
    yield normalise(kind.slug)
    yield from _SYNONYMS.get(kind.slug, ())


def _named(words: str, called: dict[str, tuple[TargetKind, ...]]) -> tuple[TargetKind, ...]:
    if words in called or len(words) < _LONG:
        return called.get(words, ())
    alike = {phrase: fuzz.ratio(words, phrase) for phrase in called if len(phrase) >= _LONG}
    best = max(alike, key=alike.__getitem__, default="")
    return called[best] if alike.get(best, 0.0) >= _ALIKE else ()
