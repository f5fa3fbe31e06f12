"""Amounts as banks write them, in sen: `1.234.567,89`, `1,234,567.89`, `Rp 20.000.000,-`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from ksbb.funds.statements.lines import SEN
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.rupiah import LARGEST_AMOUNT, parse_rupiah

if TYPE_CHECKING:
    from collections.abc import Iterable

_CURRENCY: Final = re.compile(r"^(?:rp\.?|idr)\s*|\s*(?:idr|rp)$", re.IGNORECASE)
_NO_SEN: Final = re.compile(r"[,.][-−–]{1,2}$")
_ZERO: Final = re.compile(r"0*(?:[.,]0{1,2})?|[-−–]")
_AMOUNT: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?P<group>[.,])[0-9]{3}(?:(?P=group)[0-9]{3})*|[0-9]{1,20})"
    r"(?:(?P<point>[.,])(?P<sen>[0-9]{1,2}))?"
)
_SURE: Final = 4
"""From so many digits on without groups, what follows a dot or comma can only be sen."""


def read_sen(text: str, point: str = "") -> int:
    """Return the amount in a cell in sen, 0 where it says nothing or zero.

    `point` is what parts sen from rupiah elsewhere in the file. What stays unclear (`1.50`) or is
    below zero, above 10^15 rupiah or in other money raises the DomainError of `parse_rupiah`;
    amounts in words (`1,5 juta`) are read by it as well.
    """
    typed = " ".join(text.split()).lstrip("'")
    words = _NO_SEN.sub("", _CURRENCY.sub("", typed)).strip()
    if _ZERO.fullmatch(words):
        return 0
    found = _AMOUNT.fullmatch(words)
    if found and found["group"] and found["group"] == point:
        raise DomainError(
            _("“{typed}” can be read in two ways. Write it in full, for example 1.500.000."),
            typed=quoted(typed),
        )
    if found is None or not _is_clear(found, point):
        return parse_rupiah(typed) * SEN
    whole = int(re.sub(r"[.,]", "", found["whole"]))
    if whole >= LARGEST_AMOUNT:
        whole = parse_rupiah(str(whole))
    return whole * SEN + int((found["sen"] or "").ljust(2, "0"))


def _is_clear(found: re.Match[str], point: str) -> bool:
    if found["group"]:
        return found["group"] != found["point"]
    return not found["point"] or found["point"] == point or len(found["whole"]) >= _SURE


def point_of(texts: Iterable[str]) -> str:
    """Return what parts sen from rupiah in amounts that leave no doubt; "" for none or both."""
    found = set()
    for text in texts:
        words = _CURRENCY.sub("", " ".join(text.split()).lstrip("'")).strip()
        amount = _AMOUNT.fullmatch(words)
        if amount and amount["point"] and _is_clear(amount, ""):
            found.add(amount["point"])
    return found.pop() if len(found) == 1 else ""
