from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Max, Min

from ksbb.needs.totals import recount
from ksbb.programmes.models import Programme
from ksbb.reports.models import (
    BEGINNING,
    Bookmark,
    Change,
    Closing,
    OpenDay,
    Record,
    Snapshot,
    Standing,
)
from ksbb.reports.reading import end_of_day, end_of_hour, rule_of, tally
from ksbb.reports.statements import run, statement
from ksbb.shared.clock import in_wib

SETTLES: Final = timedelta(minutes=10)
"""A row is written some time after the moment it names; none takes this long."""

MANY: Final = 10_000
"""Rows carried at once that change how a table is best searched."""

DERIVED: Final = (Change, Closing, Standing, OpenDay, Record, Snapshot)


def close_days(*, now: datetime) -> int:
    """Carry what has settled, add up full hours and days; return how many days were closed.

    Safe to repeat and to run twice at once: each step is one transaction which begins by locking
    the bookmark and starts where the last one ended.
    """
    settled = now - SETTLES
    closed = 0
    for programme in Programme.objects.all():
        _carry(programme, settled)
        while _add_up_hour(programme, settled):
            pass
        while _close_day(programme, settled):
            closed += 1
        _add_up_open_day(programme, settled)
    return closed


@transaction.atomic
def reopen_days() -> None:
    """Throw away everything derived; the next `close_days` makes it again; sums of areas now."""
    Bookmark.objects.all().delete()
    for model in DERIVED:
        model.objects.all().delete()
    recount()


@transaction.atomic
def _carry(programme: Programme, until: datetime) -> None:
    """Copy what the ledgers say up to a moment, add it to the records, note how far that was."""
    bookmark = _lock(programme)
    if until <= bookmark.carried_until:
        return
    carried = run(
        statement("carry").format(changes=statement("changes")),
        programme=programme.pk,
        stage=programme.fulfilment_stage,
        after=bookmark.carried_until,
        until=until,
    )
    run(
        statement("record"),
        programme=programme.pk,
        after=bookmark.carried_until,
        until=until,
    )
    bookmark.carried_until = until
    bookmark.save()
    # Told nothing, PostgreSQL would plan what follows as if the table were as small as before.
    if carried > MANY and connection.vendor == "postgresql":
        run("ANALYZE reports_change")


@transaction.atomic
def _add_up_hour(programme: Programme, settled: datetime) -> bool:
    """Keep the sums at the end of the next hour in which something changed, once it is over."""
    _lock(programme)
    last = Snapshot.objects.filter(programme=programme).order_by("-at").first()
    first = _first_change(programme, after=last.at if last else BEGINNING)
    if first is None or end_of_hour(first) > settled:
        return False
    end = end_of_hour(first)
    sums = tally(programme, end).as_json()
    Snapshot.objects.create(programme=programme, at=end, sums=sums)
    return True


@transaction.atomic
def _close_day(programme: Programme, settled: datetime) -> bool:
    """Add up the next day in which something changed, once it is over."""
    bookmark = _lock(programme)
    first = _first_change(programme, after=bookmark.closed_until)
    if first is None or end_of_day(first) > settled:
        return False
    end = end_of_day(first)
    day = in_wib(end).date()
    _keep(Closing, "day", programme=programme.pk, day=day, after=bookmark.closed_until, until=end)
    _keep(Standing, "standing", programme=programme.pk, day=day)
    bookmark.closed_until = end
    bookmark.save()
    return True


@transaction.atomic
def _add_up_open_day(programme: Programme, settled: datetime) -> None:
    """Add up the day that is not over, up to its last full hour in which something changed."""
    bookmark = _lock(programme)
    end = end_of_hour(settled - timedelta(hours=1))
    kept = OpenDay.objects.filter(programme=programme)
    last = kept.aggregate(last=Max("at"))["last"] or BEGINNING
    first = _first_change(programme, after=max(last, bookmark.closed_until))
    if first is None or first > end:
        return
    _keep(OpenDay, "day", programme=programme.pk, at=end, after=bookmark.closed_until, until=end)
    # Whoever has chosen the hour before this one may be about to read it.
    kept.filter(at__lt=last).delete()


def _keep(model: type[Closing | Standing | OpenDay], sums: str, **values: object) -> None:
    """Write what the statement `sums` reckons into the table of a model."""
    named = {"table": model._meta.db_table, "when": model.WHEN, "sums": statement(sums)}
    run(statement("keep").format(**named), **values)


def _lock(programme: Programme) -> Bookmark:
    """Lock the bookmark; one made by another rule starts again from the beginning."""
    rule = rule_of(programme)
    Bookmark.objects.get_or_create(programme=programme, defaults={"rule": rule})
    bookmark = Bookmark.objects.select_for_update().get(programme=programme)
    if bookmark.rule != rule:
        for model in DERIVED:
            model.objects.filter(programme=programme).delete()
        bookmark = Bookmark(programme=programme, rule=rule)
        bookmark.save()
    return bookmark


def _first_change(programme: Programme, *, after: datetime) -> datetime | None:
    changes = Change.objects.filter(programme=programme, at__gt=after)
    first: datetime | None = changes.aggregate(first=Min("at"))["first"]
    return first
