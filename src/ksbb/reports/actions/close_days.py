from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Min

from ksbb.commitments.models import Movement
from ksbb.needs.models import NeedAdjustment
from ksbb.programmes.models import Programme
from ksbb.reports.models import BEGINNING, Bookmark, Change, Closing
from ksbb.reports.reading import end_of_day, rule_of
from ksbb.reports.statements import run, statement
from ksbb.shared.clock import in_wib

SETTLES: Final = timedelta(minutes=10)
"""A row is written some time after the moment it names; none takes this long."""


def close_days(*, now: datetime) -> int:
    """Carry what has settled and close every day that is over; return how many were closed.

    Safe to repeat and to run twice at once: the second finds nothing left. One transaction a day.
    """
    return sum(_close(programme, now - SETTLES) for programme in Programme.objects.all())


@transaction.atomic
def reopen_days() -> None:
    """Throw away every carried row and closing; the next `close_days` makes them again."""
    Bookmark.objects.all().delete()
    Change.objects.all().delete()
    Closing.objects.all().delete()


def _close(programme: Programme, settled: datetime) -> int:
    days = 0
    while _advance(programme, settled):
        days += 1
    return days


@transaction.atomic
def _advance(programme: Programme, settled: datetime) -> bool:
    """Work on the first day that is not closed; tell whether it is closed now."""
    bookmark = _lock(programme)
    first = _first_open(bookmark)
    if first is None or first > settled:
        return False
    end = end_of_day(first)
    until = min(end, settled)
    _carry(bookmark, until)
    if until == end:
        _add_up(bookmark, until)
    bookmark.save()
    return until == end


def _lock(programme: Programme) -> Bookmark:
    rule = rule_of(programme)
    Bookmark.objects.get_or_create(programme=programme, defaults={"rule": rule})
    bookmark = Bookmark.objects.select_for_update().get(programme=programme)
    if bookmark.rule != rule:
        Change.objects.filter(programme=programme).delete()
        Closing.objects.filter(programme=programme).delete()
        bookmark = Bookmark(programme=programme, rule=rule)
    return bookmark


def _first_open(bookmark: Bookmark) -> datetime | None:
    """Return the earliest moment that is in no closing yet."""
    carried = Change.objects.filter(
        programme=bookmark.programme_id, at__gt=bookmark.closed_until
    ).aggregate(first=Min("at"))["first"]
    return carried or min(filter(None, _first_in_ledgers(bookmark)), default=None)


def _first_in_ledgers(bookmark: Bookmark) -> list[datetime | None]:
    after = bookmark.carried_until
    moved = Movement.objects.filter(
        at__gt=after, line__need__phase__programme=bookmark.programme_id
    )
    adjusted = NeedAdjustment.objects.filter(
        at__gt=after, need__phase__programme=bookmark.programme_id
    )
    return [
        moved.order_by("at").values_list("at", flat=True).first(),
        adjusted.order_by("at").values_list("at", flat=True).first(),
    ]


def _carry(bookmark: Bookmark, until: datetime) -> None:
    if until <= bookmark.carried_until:
        return
    run(
        statement("carry").format(changes=statement("changes")),
        programme=bookmark.programme_id,
        stage=bookmark.programme.fulfilment_stage,
        after=bookmark.carried_until,
        until=until,
    )
    bookmark.carried_until = until


def _add_up(bookmark: Bookmark, until: datetime) -> None:
    run(
        statement("close").format(sums=statement("day")),
        programme=bookmark.programme_id,
        day=in_wib(until).date(),
        after=max(bookmark.closed_until, BEGINNING),
        until=until,
    )
    bookmark.closed_until = until
