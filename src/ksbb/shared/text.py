"""Finding names in spite of typing errors: one normal form, one ranking.

`Names` prepares a list once; `rank` is the same for a list that is used once. Similarity only
suggests: whoever asks decides by `Ranked.exact` whether a name was meant or merely resembles.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_QUERY: Final = 120
"""Characters of a query that are read; a longer one is no name."""

EXACT_FROM: Final = 99.0
"""From this score on the name itself was typed; below, it only resembles."""

_EXACT: Final = 100.0
_SPACING_ONLY: Final = 99.0
_BEGINS: Final = 90.0
_CONTAINS: Final = 80.0
_SHORTEST_PART: Final = 2

# How far a resemblance counts, by what resembles: the whole name, its words in any order, a part.
_WHOLE: Final = 0.97
_WORDS: Final = 0.95
_PART: Final = 0.85
_LEAST_WHOLE: Final = 70.0
_LEAST_PART: Final = 82.0
_SHORTEST_FUZZY_PART: Final = 5

_NOT_LETTERS: Final = re.compile(r"[^0-9a-z]+")
_APOSTROPHES: Final = re.compile("['’`]")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A name's place in the list that was searched, and how well it fits (0–100)."""

    index: int
    score: float

    @property
    def exact(self) -> bool:
        """Tell whether the name was typed as it is, spacing and capitals aside."""
        return self.score >= EXACT_FROM


def normalise(text: str) -> str:
    """Return ``text`` in small unaccented letters and digits with single spaces."""
    marks = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    letters = "".join(mark for mark in marks if not unicodedata.combining(mark))
    return _NOT_LETTERS.sub(" ", letters).strip()


def rank(text: str, names: Iterable[str], *, limit: int = 10) -> list[Ranked]:
    """Return the ``limit`` names that fit ``text`` best, best first."""
    return Names(names).rank(text, limit=limit)


class Names:
    """A list of names, prepared for many searches."""

    def __init__(self, names: Iterable[str]) -> None:
        """Bring every name into its normal form; its place in the list is its index."""
        self._names = [normalise(name) for name in names]
        self._compact = [name.replace(" ", "") for name in self._names]

    def rank(self, text: str, *, limit: int = 10) -> list[Ranked]:
        """Return the ``limit`` names that fit ``text`` best, best first, equals in list order.

        Names that merely resemble it are left out where one was typed as it is.
        """
        query = normalise(text[:LONGEST_QUERY])
        compact = query.replace(" ", "")
        if len(compact) < _SHORTEST_PART:
            return []
        scores = dict(self._holding(query, compact))
        if max(scores.values(), default=0.0) < EXACT_FROM:
            for index, score in self._resembling(query, compact).items():
                scores[index] = max(score, scores.get(index, 0.0))
        ranked = [Ranked(index, score) for index, score in scores.items()]
        return sorted(ranked, key=lambda found: (-found.score, found.index))[:limit]

    def _holding(self, query: str, compact: str) -> list[tuple[int, float]]:
        """Score the names that hold the query letter by letter."""
        return [
            (index, self._holding_score(index, query, compact))
            for index, name in enumerate(self._compact)
            if compact in name
        ]

    def _holding_score(self, index: int, query: str, compact: str) -> float:
        name = self._compact[index]
        if name == compact:
            return _EXACT if self._names[index] == query else _SPACING_ONLY
        base = _BEGINS if name.startswith(compact) else _CONTAINS
        return base + 8 * len(compact) / len(name)

    def _resembling(self, query: str, compact: str) -> dict[int, float]:
        """Score the names that resemble the query, each by what speaks most for it."""
        passes = [
            (_WHOLE, _LEAST_WHOLE, fuzz.ratio, compact, self._compact),
            (_WORDS, _LEAST_WHOLE, fuzz.token_sort_ratio, query, self._names),
        ]
        if len(compact) >= _SHORTEST_FUZZY_PART:
            passes.append((_PART, _LEAST_PART, fuzz.partial_ratio, compact, self._compact))
        scores: dict[int, float] = {}
        for weight, least, scorer, wanted, names in passes:
            for _, score, index in process.extract_iter(
                wanted, names, scorer=scorer, score_cutoff=least
            ):
                # A name shorter than the query would be found inside it by accident.
                if scorer is not fuzz.partial_ratio or len(names[index]) >= len(wanted) - 1:
                    scores[index] = max(weight * score, scores.get(index, 0.0))
        return scores
