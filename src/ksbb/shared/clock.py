"""The one place where the time is read: in WIB, and able to stand still.

Doors and commands call `now()` once and pass it on as ``now``; nothing below them reads a clock.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ksbb.shared.errors import DomainError, quoted

WIB: Final = ZoneInfo("Asia/Jakarta")
"""Western Indonesian time, in which every date of the platform is meant."""

END_OF_DAY: Final = time(23, 59, 59, 999999)
FIRST_YEAR: Final = 1945
LAST_YEAR: Final = 2100

# A "+" in an address arrives as a space when the sender did not encode it.
_LOST_PLUS: Final = re.compile(r"(?<=\d) (?=\d\d:?\d\d$)")


def now() -> datetime:
    """Return the present moment in WIB, or the moment at which ``KSBB_CLOCK`` stands."""
    standing: str | datetime | None = getattr(settings, "KSBB_CLOCK", None)
    if not standing:
        return datetime.now(WIB)
    return in_wib(standing) if isinstance(standing, datetime) else parse_moment(standing)


def in_wib(moment: datetime) -> datetime:
    """Return the same moment in WIB; a moment without offset is taken to be WIB already."""
    return moment.replace(tzinfo=WIB) if moment.tzinfo is None else moment.astimezone(WIB)


def parse_moment(text: str) -> datetime:
    """Return the moment written in ``text`` (ISO 8601), in WIB.

    A time without offset is WIB. A date alone means the end of that day, so that "as of 2 May"
    includes everything that happened on 2 May. Raises `DomainError` for anything else.
    """
    written = text.strip()
    try:
        moment = _read(written)
    except (ValueError, OverflowError):
        raise _unreadable(text) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise DomainError(
            _("“{typed}” lies too far away. Write a date from {first} to {last}."),
            typed=quoted(text),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return moment


def _read(written: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(written), END_OF_DAY, tzinfo=WIB)
    except ValueError:
        # In "2020-05-02 11:00" the space parts date and time and is no lost plus.
        head, tail = written[:11], written[11:]
        return in_wib(datetime.fromisoformat(head + _LOST_PLUS.sub("+", tail)))


def _unreadable(text: str) -> DomainError:
    return DomainError(
        _(
            "“{typed}” is not a moment that can be read. Write a date such as 2020-05-02, "
            "or a date and time such as 2020-05-02T23:59:59+07:00."
        ),
        typed=quoted(text),
    )
