"""Which declared gift a row of a bank may be: suggestions only, a person decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from ksbb.funds.codes import LETTERS, spelled
from ksbb.funds.statements.lines import SEN
from ksbb.shared.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

UNIQUE_CODE: Final = 999
"""Donors add up to three digits to an amount, so that it can be told from others."""

DAYS_AFTER: Final = 21
DAYS_BEFORE: Final = 7
ALIKE: Final = 80.0
"""From this share of a name on (0 to 100) the text of a bank names the donor."""

_CODES: Final = re.compile(rf"(?<![0-9A-Z])[{LETTERS}]{{4}}[ -]?[{LETTERS}]{{5}}(?![0-9A-Z])")
_LONGEST: Final = 200
_SHORTEST_NAME: Final = 3


class Why(TextChoices):
    """What speaks for a gift."""

    CODE = "CODE", _("its code stands in the text")
    AMOUNT = "AMOUNT", _("the same amount")
    NEARLY = "NEARLY", _("the amount with up to three digits added")
    NAME = "NAME", _("the name of the donor")
    REFERENCE = "REFERENCE", _("the remark on the transfer")
    DAY = "DAY", _("a day near to it")


WEIGHT: Final = {
    Why.CODE: 100,
    Why.AMOUNT: 40,
    Why.NEARLY: 20,
    Why.NAME: 30,
    Why.REFERENCE: 30,
    Why.DAY: 15,
}
LEAST: Final = 35
"""An added code alone, or a day alone, is no suggestion."""


class Credit(NamedTuple):
    """What a row of a bank says."""

    day: date
    sen: int
    text: str


class Wanted(NamedTuple):
    """What a gift would look like at the bank; rupiah."""

    key: int
    code: str
    rupiah: int
    day: date
    donor: str
    reference: str


class Suggestion(NamedTuple):
    """A gift, what speaks for it, and how much (the more the better)."""

    key: int
    reasons: tuple[Why, ...]
    score: int


def codes_in(text: str) -> list[str]:
    """Return what may be codes of gifts in a text, as they are kept."""
    return [spelled(found) for found in _CODES.findall(text[:_LONGEST].upper())]


def suggest(credit: Credit, gifts: Iterable[Wanted], *, most: int = 3) -> list[Suggestion]:
    """Return the gifts a row may be, the likeliest first, of two alike the older one."""
    codes, words = codes_in(credit.text), normalise(credit.text)
    found = []
    for gift in gifts:
        reasons = tuple(_reasons(credit, codes, words, gift))
        score = sum(WEIGHT[why] for why in reasons)
        if score >= LEAST:
            found.append(Suggestion(gift.key, reasons, score))
    return sorted(found, key=lambda one: (-one.score, one.key))[:most]


def _reasons(credit: Credit, codes: list[str], words: str, gift: Wanted) -> Iterable[Why]:
    added = credit.sen - gift.rupiah * SEN
    if gift.code in codes:
        yield Why.CODE
    if added == 0:
        yield Why.AMOUNT
    elif 0 < added <= UNIQUE_CODE * SEN and added % SEN == 0:
        yield Why.NEARLY
    elif gift.code not in codes:
        return
    if _names(words, gift.donor):
        yield Why.NAME
    if _names(words, gift.reference):
        yield Why.REFERENCE
    if -DAYS_BEFORE <= (credit.day - gift.day).days <= DAYS_AFTER:
        yield Why.DAY


def _names(words: str, name: str) -> bool:
    sought = normalise(name)
    if len(sought) < _SHORTEST_NAME or not words:
        return False
    return f" {sought} " in f" {words} " or fuzz.partial_ratio(sought, words) >= ALIKE
