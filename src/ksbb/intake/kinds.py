"""Kinds of institutions from what people call them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ksbb.intake.words import normal

_WORDS: Final = {
    "pesantren": r"ponpes|pesantren|pontren|^pp\b|pondok|boarding",
    "panti-disabilitas": r"disabilitas|difabel|cacat|netra|\btuna|penyandang|disability",
    "panti-jompo": r"w[e]?r[e]?dh?a|jompo|lansia|lanjut usia|pstw|tresna|elderly|nursing",
    "panti-asuhan": r"asuh|lksa|^pa\b|yatim|piatu|panti anak|\banak\b|orphan|child",
}
_OFFICES: Final = re.compile(
    r"\b(?:panti|asuhan|asuh|anak|yatim|piatu|yayasan|yys|lksa|lks|pa|pp|ponpes|pondok|pesantren"
    r"|pstw|psaa|werdha|wredha|wreda|jompo|sosial|tresna)\b"
)


class Kinds:
    """The kinds a programme helps; without any, the four kinds of institution are known."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        """Take slugs with the words for them."""
        self.slugs = tuple(words) or tuple(_WORDS)
        self._patterns = [
            (slug, re.compile(pattern)) for slug, pattern in _WORDS.items() if slug in self.slugs
        ]
        self._names = {
            normal(name).replace(" ", ""): slug
            for slug, names in words.items()
            for name in (slug, *names)
        }

    def find(self, *texts: str) -> str:
        """Return the slug that the first telling text means, "" where none does."""
        for text in map(normal, texts):
            if slug := self._names.get(text.replace(" ", "")):
                return slug
            for slug, pattern in self._patterns:
                if pattern.search(text):
                    return slug
        return ""


def core_name(name: str) -> str:
    """Return what is special in the name of an institution: "contohkasih" of "PA. Contoh Kasih"."""
    spelled = normal(name)
    core = _OFFICES.sub("", spelled).replace(" ", "")
    return core or spelled.replace(" ", "")
