"""Whole numbers in words (terbilang), as a receipt says an amount once more."""

from __future__ import annotations

from typing import Final

from django.utils.translation import get_language

LARGEST: Final = 10**18 - 1

_UNTIL_TWENTY: Final = (
    "",
    *("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
    *(f"{one} belas" for one in ("dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan")),
    "sembilan belas",
)
_SCALES: Final = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")

_ENGLISH_UNTIL_TWENTY: Final = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS: Final = (
    *("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
)
_ENGLISH_SCALES: Final = ("", "thousand", "million", "billion", "trillion", "quadrillion")


def spelled_out(value: int, language: str | None = None) -> str:
    """Return ``satu juta lima ratus ribu``, in English ``one million five hundred thousand``.

    For 0 to 10^18 - 1; ValueError beyond. Without `language` the active one counts.
    """
    if not 0 <= value <= LARGEST:
        message = f"{value} is not spelled out"
        raise ValueError(message)
    is_english = (language or get_language() or "id").startswith("en")
    if not value:
        return "zero" if is_english else "nol"
    in_words = _english if is_english else _indonesian
    parts = []
    for scale in reversed(range(len(_SCALES))):
        group = value // 1000**scale % 1000
        if group:
            parts.append(in_words(group, scale))
    return " ".join(parts)


def _indonesian(group: int, scale: int) -> str:
    if group == 1 and scale == 1:
        return "seribu"
    return _joined(_below_thousand(group), _SCALES[scale])


def _below_thousand(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    if hundreds == 1:
        return _joined("seratus", _below_hundred(rest))
    start = f"{_UNTIL_TWENTY[hundreds]} ratus" if hundreds else ""
    return _joined(start, _below_hundred(rest))


def _below_hundred(rest: int) -> str:
    if rest < len(_UNTIL_TWENTY):
        return _UNTIL_TWENTY[rest]
    tens, ones = divmod(rest, 10)
    return _joined(f"{_UNTIL_TWENTY[tens]} puluh", _UNTIL_TWENTY[ones])


def _english(group: int, scale: int) -> str:
    hundreds, rest = divmod(group, 100)
    start = f"{_ENGLISH_UNTIL_TWENTY[hundreds]} hundred" if hundreds else ""
    between = "and" if hundreds and rest else ""
    return _joined(start, between, _english_below_hundred(rest), _ENGLISH_SCALES[scale])


def _english_below_hundred(rest: int) -> str:
    if rest < len(_ENGLISH_UNTIL_TWENTY):
        return _ENGLISH_UNTIL_TWENTY[rest]
    tens, ones = divmod(rest, 10)
    return "-".join(filter(None, (_ENGLISH_TENS[tens], _ENGLISH_UNTIL_TWENTY[ones])))


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
