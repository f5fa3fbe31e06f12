"""Amounts of rupiah as people in Indonesia type them. Rupiah are whole, never negative."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from ksbb.shared.errors import DomainError, quoted

LARGEST_AMOUNT: Final = 10**15
"""A thousand trillion; whatever is above it is a slip of the finger."""

_SCALES: Final = {
    "ribu": 10**3,
    "rb": 10**3,
    "thousand": 10**3,
    "juta": 10**6,
    "jt": 10**6,
    "million": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "billion": 10**9,
    "triliun": 10**12,
    "trillion": 10**12,
}
_CURRENCY: Final = re.compile(r"^(?:rp\.?|idr)\s*|\s*(?:rupiah|idr|rp)$")
_FOREIGN: Final = re.compile(
    r"[$€£¥₹]|\b(?:usd|us|eur|sgd|myr|jpy|gbp|aud|sar|cny|dollars?|dolar|euro|ringgit|yen|riyal)\b"
)
_NEGATIVE: Final = re.compile(r"^(?:[-−–]|\(.*\)$)")
# "20.000.000,-" and sen that are none: only behind digits that cannot be read otherwise.
_NO_SEN: Final = re.compile(r"(?:[,.][-−–]{1,2}|(?<=\.\d{3}),00|(?<=,\d{3})\.00|(?<=\d{4})[.,]00)$")
_PLAIN: Final = re.compile(r"[0-9]+")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_SCALED: Final = re.compile(r"([0-9]+(?:[.,][0-9]{1,2})?)\s*([a-z]+)")
_GROUPED_SCALED: Final = re.compile(r"[0-9]{1,3}[.,][0-9]{3,}\s*[a-z]+")
_SEN: Final = re.compile(r"[0-9][0-9., ]*[.,][0-9]+")


def parse_rupiah(text: str) -> int:
    """Return the whole rupiah, 1 to 10^15, that somebody typed.

    Reads `20000000`, `20.000.000`, `Rp 20.000.000,-`, `IDR 20,000,000`, `1,5 juta`, `545 juta`,
    `1 miliar`. What can be read in two ways (`1.50`, `1,500 juta`) is a question and no amount.
    Raises `DomainError` which says why and how to mend it.
    """
    typed = " ".join(text.split())
    words = _CURRENCY.sub("", typed.casefold()).strip()
    _refuse_what_is_no_rupiah(typed, words)
    words = _NO_SEN.sub("", words)
    amount = _plain(words) if _is_plain(words) else _scaled(typed, words)
    if amount < 1:
        raise DomainError(_("The amount must be at least 1 rupiah."))
    if amount > LARGEST_AMOUNT:
        raise DomainError(
            _("“{typed}” is too much: at most Rp1,000 trillion can be entered."),
            typed=quoted(typed),
        )
    return amount


def _is_plain(words: str) -> bool:
    return bool(_PLAIN.fullmatch(words) or _GROUPED.fullmatch(words))


def _plain(words: str) -> int:
    digits = re.sub(r"[^0-9]", "", words).lstrip("0")
    # Python refuses to read thousands of digits; more than these are too many anyway.
    return int(digits[:20] or "0")


def _scaled(typed: str, words: str) -> int:
    found = _SCALED.fullmatch(words)
    scale = _SCALES.get(found.group(2)) if found else None
    if found is None or scale is None:
        raise _unreadable(typed, words)
    amount = Decimal(found.group(1).replace(",", ".")[:20]) * scale
    return int(amount)


def _refuse_what_is_no_rupiah(typed: str, words: str) -> None:
    if not typed:
        raise DomainError(_("Enter an amount in rupiah, for example 500,000 or 1.5 million."))
    if _FOREIGN.search(words):
        raise DomainError(
            _("“{typed}” is not in rupiah. Change it to rupiah first, for example Rp1.500.000."),
            typed=quoted(typed),
        )
    if _NEGATIVE.match(words):
        raise DomainError(
            _("“{typed}” is below zero. Write the amount without a minus sign."),
            typed=quoted(typed),
        )


def _unreadable(typed: str, words: str) -> DomainError:
    if _GROUPED_SCALED.fullmatch(words):
        return DomainError(
            _("“{typed}” can be read in two ways. Write it in full, for example 1.500.000."),
            typed=quoted(typed),
        )
    if _SEN.fullmatch(words):
        return DomainError(
            _(
                "“{typed}” is not a whole amount of rupiah. Write it in full, for example 1.500 "
                "or 1.500.000, or in words such as 1,5 juta."
            ),
            typed=quoted(typed),
        )
    return DomainError(
        _("“{typed}” is not an amount. Write digits, for example 500,000, or 1.5 million."),
        typed=quoted(typed),
    )
