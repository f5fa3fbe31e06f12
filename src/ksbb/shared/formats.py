"""Numbers, money, dates and lists in the reader's own form, and quantities as people type them.

``language`` is "id" or "en"; without it the active language counts.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ksbb.shared.clock import in_wib
from ksbb.shared.errors import DomainError, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

LARGEST_QUANTITY: Final = 1_000_000_000

_SCALES: Final = (
    (10**12, {"id": "triliun", "en": "trillion"}),
    (10**9, {"id": "miliar", "en": "billion"}),
    (10**6, {"id": "juta", "en": "million"}),
)
_JUST_NOW: Final = {"id": "baru saja", "en": "just now"}
_DIGITS: Final = re.compile(r"[0-9]+")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_FRACTION: Final = re.compile(r"[0-9][0-9., ]*[.,][0-9]+")
_NEGATIVE: Final = re.compile(r"[-−–]\s*[0-9][0-9., ]*")


def number(value: int, language: str | None = None) -> str:
    """Return ``40.913`` in Indonesian and ``40,913`` in English."""
    grouped = f"{value:,}"
    return grouped if _language(language) == "en" else grouped.replace(",", ".")


def signed(value: int, language: str | None = None) -> str:
    """Return ``+40.913``, ``−15`` with a sign that reads as one, and ``0``."""
    sign = {True: "+", False: "−"}[value > 0] if value else ""
    return sign + number(abs(value), language)


def decimal(value: float, language: str | None = None, *, places: int = 1) -> str:
    """Return ``1,2`` in Indonesian and ``1.2`` in English, with at most ``places`` decimals."""
    return format_decimal(value, f"#,##0.{'#' * places}", locale=_locale(language))


def percent(share: float, language: str | None = None) -> str:
    """Return a share (1.0 is the whole) as ``47%``.

    A part is never rounded to nothing or to the whole: it is ``<1%`` or ``>99%``.
    """
    whole = round(share * 100)
    if whole == 0 and share > 0:
        return "<1%"
    if whole == 100 and share < 1:  # noqa: PLR2004 - a hundred per cent
        return ">99%"
    return format_percent(whole / 100, "#,##0%", locale=_locale(language))


def gini(value: float, language: str | None = None) -> str:
    """Return ``0,89`` in Indonesian and ``0.89`` in English: two decimals, never hidden."""
    return format_decimal(value, "0.00", locale=_locale(language))


def rupiah(value: int, language: str | None = None) -> str:
    """Return whole rupiah: ``Rp200.000`` in Indonesian, ``IDR 200,000`` in English."""
    return _with_currency(value, number(abs(value), language), language)


def sen(value: int, language: str | None = None) -> str:
    """Return an amount in sen as rupiah: ``Rp1.234.567,89``, without sen where there are none."""
    whole, rest = divmod(abs(value), 100)
    mark = "." if _language(language) == "en" else ","
    amount = number(whole, language) + (f"{mark}{rest:02d}" if rest else "")
    return _with_currency(value, amount, language)


def rupiah_in_words(value: int, language: str | None = None) -> str:
    """Return ``Rp1 miliar``, ``Rp1,5 miliar``, ``Rp545 juta``; ``IDR 1 billion`` in English.

    An amount which would lose rupiah that way is written out.
    """
    for scale, names in _SCALES:
        if abs(value) >= scale and abs(value) % (scale // 100) == 0:
            amount = decimal(abs(value) / scale, language, places=2)
            return _with_currency(value, f"{amount} {names[_language(language)]}", language)
    return rupiah(value, language)


def day(value: date, language: str | None = None) -> str:
    """Return ``3 Mei 2020`` in Indonesian and ``3 May 2020`` in English."""
    return format_date(value, "d MMMM y", locale=_locale(language))


def weekday(value: date, language: str | None = None) -> str:
    """Return ``Minggu, 3 Mei 2020`` in Indonesian and ``Sunday, 3 May 2020`` in English."""
    return format_date(value, "EEEE, d MMMM y", locale=_locale(language))


def span(first: date, last: date, language: str | None = None) -> str:
    """Return ``24–30 April 2020``, or ``24 April – 2 Mei 2020`` across months."""
    end = day(last, language)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    return f"{format_date(first, pattern, locale=_locale(language))} – {end}"


def clock_time(value: datetime, language: str | None = None) -> str:
    """Return ``11.00 WIB`` in Indonesian and ``11:00 WIB`` in English."""
    local = in_wib(value)
    mark = ":" if _language(language) == "en" else "."
    return f"{local.hour:02d}{mark}{local.minute:02d} WIB"


def moment(value: datetime, language: str | None = None) -> str:
    """Return ``3 Mei 2020 pukul 11.00 WIB`` and ``3 May 2020 at 11:00 WIB``."""
    at = "at" if _language(language) == "en" else "pukul"
    return f"{day(in_wib(value).date(), language)} {at} {clock_time(value, language)}"


def ago(then: datetime, now: datetime, language: str | None = None) -> str:
    """Return ``2 jam yang lalu`` and ``2 hours ago``; ``baru saja`` within a minute."""
    if abs(now - then) < timedelta(minutes=1):
        return _JUST_NOW[_language(language)]
    return format_timedelta(then - now, add_direction=True, locale=_locale(language))


def listing(words: Iterable[str], language: str | None = None) -> str:
    """Return ``ACT, PMI, dan Rumah Zakat``; nothing for no words."""
    return format_list(list(words), locale=_locale(language))


def distance(kilometres: float, language: str | None = None) -> str:
    """Return ``350 m`` below one kilometre (to the nearest 10 m), ``1,2 km`` above."""
    metres = round(kilometres * 100) * 10
    if metres < 1000:  # noqa: PLR2004 - metres in a kilometre
        return f"{metres} m"
    return f"{decimal(kilometres, language)} km"


def parse_quantity(text: str, *, most: int = LARGEST_QUANTITY) -> int:
    """Return the whole number above 0 that somebody typed.

    Dot, comma and space group thousands alike when three digits follow each of them, because what
    is counted here is never split: ``1.000``, ``1,000`` and ``1 000`` are a thousand. Every other
    dot or comma (``1.5``, ``1.000,00``) would be a guess. Raises `DomainError` which says why and
    how to mend it.
    """
    typed = " ".join(text.split())
    grouped = _GROUPED.fullmatch(typed)
    if not (grouped or _DIGITS.fullmatch(typed)):
        raise _no_quantity(typed)
    digits = re.sub(r"[^0-9]", "", typed).lstrip("0")
    if not digits:
        raise DomainError(_("The quantity must be at least 1."))
    if len(digits) > len(str(most)) or int(digits) > most:
        raise DomainError(
            _("“{typed}” is too large: at most {most} can be entered."),
            typed=quoted(typed),
            most=number(most),
        )
    return int(digits)


def _no_quantity(typed: str) -> DomainError:
    if not typed:
        return DomainError(_("Enter a quantity, for example 600."))
    if _NEGATIVE.fullmatch(typed):
        # Some fields take 0 and others do not; what helps in both is to leave out the minus sign.
        return DomainError(
            _("“{typed}” is below zero. Write the quantity without a minus sign."),
            typed=quoted(typed),
        )
    if _FRACTION.fullmatch(typed):
        return DomainError(
            _(
                "“{typed}” is not a whole number. Write the quantity without decimals, "
                "for example 600 or 1,000."
            ),
            typed=quoted(typed),
        )
    return DomainError(
        _("“{typed}” is not a number. Write the quantity in digits only, for example 600."),
        typed=quoted(typed),
    )


def _with_currency(value: int, amount: str, language: str | None) -> str:
    sign = "-" if value < 0 else ""
    return f"{sign}IDR {amount}" if _language(language) == "en" else f"{sign}Rp{amount}"


def _language(language: str | None) -> str:
    return "en" if (language or get_language() or "id").startswith("en") else "id"


def _locale(language: str | None) -> str:
    """Return Babel's locale; English dates and lists follow Commonwealth usage."""
    return "en_GB" if _language(language) == "en" else "id"
