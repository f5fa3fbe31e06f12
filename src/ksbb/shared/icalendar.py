"""Calendar files after RFC 5545: escaped text, lines folded at 75 octets, times in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
LONGEST: Final = 75
"""Octets of a line, the space that marks its continuation among them."""

_ESCAPED: Final = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"))


class Event(NamedTuple):
    """One entry; a `date` fills its whole day. The same `uid` with more `sequence` replaces it."""

    uid: str
    sequence: int
    starts: datetime | date
    ends: datetime | date
    """The first moment (or day) after it."""
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    is_tentative: bool = False
    reminder: timedelta | None = None
    """So long before the start the phone speaks up."""


def calendar(events: Iterable[Event], *, name: str, now: datetime) -> bytes:
    """Return the file; `now` says when it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//KSBB//Calendar of deliveries//ID",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line)).encode()


def _event(event: Event, now: datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_utc(now)}")
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART{_when(event.starts)}"
    yield f"DTEND{_when(event.ends)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'TENTATIVE' if event.is_tentative else 'CONFIRMED'}"
    if event.reminder:
        hours = int(event.reminder.total_seconds()) // 3600
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.summary)}")
        yield from (f"TRIGGER:-PT{hours}H", "END:VALARM")
    yield "END:VEVENT"


def _when(value: datetime | date) -> str:
    return f":{_utc(value)}" if isinstance(value, datetime) else f";VALUE=DATE:{value:%Y%m%d}"


def _utc(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for plain, escaped in _ESCAPED:
        value = value.replace(plain, escaped)
    # No other control character may stand in a text.
    return "".join(letter for letter in value if letter == "\t" or letter >= " ")


def _fold(line: str) -> Iterator[str]:
    """Yield the line in pieces of at most LONGEST octets, never splitting a letter."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
