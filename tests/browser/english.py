"""Finding English in a text that ought to be Indonesian."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

import ksbb

CATALOGUE: Final = Path(ksbb.__file__).parent / "locale/id/LC_MESSAGES/django.po"
# Words no Indonesian sentence has; names of people, firms and formats are left alone.
ENGLISH: Final = re.compile(
    # Not inside a name such as CC-BY-4.0.
    r"(?<![\w-])(the|and|of|with|was|were|this|that|from|by|has|have|not|is|are|your|you)(?![\w-])",
    re.IGNORECASE,
)
LICENCES: Final = re.compile(r"\bCC-BY(-SA)?-4\.0\b")
"""Short names of licences, which are the same in every language."""

PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def english_in(lines: list[str]) -> list[str]:
    """Return the lines that are English sentences of ours or have English words in them."""
    return [
        line
        for line in lines
        if _sentences().fullmatch(line) or ENGLISH.search(LICENCES.sub("", line))
    ]


@cache
def _sentences() -> re.Pattern[str]:
    """Match every sentence of the code that reads otherwise in Indonesian."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="id")
    pairs = [(_first(message.id), _first(message.string)) for message in catalogue if message.id]
    known = {indonesian for _, indonesian in pairs}
    foreign = {english for english, _ in pairs} - known
    return re.compile("|".join(_pattern(sentence) for sentence in sorted(foreign)))


def _pattern(sentence: str) -> str:
    return ".+".join(re.escape(part) for part in PLACEHOLDER.split(sentence))


def _first(forms: str | tuple[str, ...] | list[str] | None) -> str:
    return forms if isinstance(forms, str) else (forms or [""])[0]
