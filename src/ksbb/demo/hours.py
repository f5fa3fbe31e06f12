"""Times of day at which people of the scenario act."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from ksbb.shared.clock import WIB

if TYPE_CHECKING:
    from datetime import date
    from random import Random

MORNING: Final = time(8)
EVENING: Final = time(21, 30)


def awake(moment: datetime, rng: Random) -> datetime:
    """Return the moment itself by day, or a time in the following morning."""
    if moment.time() < MORNING:
        morning = moment
    elif moment.time() > EVENING:
        morning = moment + timedelta(days=1)
    else:
        return moment.replace(microsecond=0)
    return on(morning.date(), MORNING) + timedelta(seconds=rng.randrange(2 * 3600))


def on(day: date, hour: time) -> datetime:
    """Return a time of a day, WIB."""
    return datetime.combine(day, hour, tzinfo=WIB)


def within(start: datetime, end: datetime, rng: Random) -> datetime:
    """Return a second between the two, by day where the stretch allows it."""
    first = max(start, min(on(start.date(), MORNING), end))
    last = min(end, max(on(start.date(), EVENING), first))
    return first + timedelta(seconds=rng.randrange(int((last - first).total_seconds()) + 1))


def after(moment: datetime, hours: tuple[float, float], rng: Random) -> datetime:
    """Return a time of day so many hours later."""
    return awake(moment + timedelta(hours=rng.uniform(*hours)), rng)
