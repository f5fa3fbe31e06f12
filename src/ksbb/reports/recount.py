"""What was carried and added up, reckoned again from the ledgers.

A difference here is mended by `ksbb close_days --rebuild`: everything in these tables is derived.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Min

from ksbb.collaborators.models import Collaborator
from ksbb.programmes.models import AidType, Phase, Programme
from ksbb.reports.difference import Difference
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
from ksbb.reports.reading import bookmark_of, end_of_day
from ksbb.reports.statements import Row, fetch, statement
from ksbb.reports.tally import Tally
from ksbb.shared.clock import in_wib

MEASURES: Final = (
    "need",
    "committed",
    "delivered",
    "received",
    "aided",
    "fulfilled",
    "rw",
    "institutions",
    "kelurahan",
)
GIVEN: Final = ("committed", "delivered", "received")


def _sums(measures: tuple[str, ...]) -> str:
    return ", ".join(
        f"SUM(stored * {measure}), SUM((1 - stored) * {measure})" for measure in measures
    )


def _differ(measures: tuple[str, ...]) -> str:
    return " OR ".join(f"SUM((2 * stored - 1) * {measure}) <> 0" for measure in measures)


_SUMS: Final = _sums(MEASURES)
_DIFFER: Final = _differ(MEASURES)


def derived_differences() -> Iterator[Difference]:
    """Yield what disagrees in the carried rows, closings, snapshots and records."""
    for programme in Programme.objects.order_by("pk"):
        bookmark = bookmark_of(programme)
        yield from _of_changes(bookmark)
        yield from _of_closings(bookmark)
        yield from _of_standings(bookmark)
        yield from _of_open_day(bookmark)
        yield from _of_snapshots(bookmark)
        yield from _of_records(bookmark)


def _of_changes(bookmark: Bookmark) -> Iterator[Difference]:
    rows = fetch(
        statement("recount/changes").format(
            changes=statement("changes"), sums=_SUMS, differ=_DIFFER
        ),
        programme=bookmark.programme_id,
        stage=bookmark.programme.fulfilment_stage,
        after=BEGINNING,
        until=bookmark.carried_until,
    )
    yield from _told(Change._meta.db_table, rows, "")


def _of_closings(bookmark: Bookmark) -> Iterator[Difference]:
    after = BEGINNING
    for end in _days(bookmark):
        day = in_wib(end).date()
        rows = _reckoned(bookmark, Closing, "day", day=day, after=after, until=end)
        yield from _told(Closing._meta.db_table, rows, f" / {day:%Y-%m-%d}")
        after = end


def _of_standings(bookmark: Bookmark) -> Iterator[Difference]:
    """Reckon each day from the one before it and its closings."""
    for day in sorted(_days_of(Closing, bookmark) | _days_of(Standing, bookmark)):
        rows = _reckoned(bookmark, Standing, "standing", day=day)
        yield from _told(Standing._meta.db_table, rows, f" / {day:%Y-%m-%d}")


def _days_of(model: type[Closing | Standing], bookmark: Bookmark) -> set[date]:
    days = model.objects.filter(programme=bookmark.programme_id).order_by()
    return set(days.values_list("day", flat=True).distinct())


def _days(bookmark: Bookmark) -> Iterator[datetime]:
    """Yield the end of each closed day from the first on."""
    changes = Change.objects.filter(programme=bookmark.programme_id)
    first: datetime | None = changes.aggregate(first=Min("at"))["first"]
    end = end_of_day(first) if first else bookmark.closed_until + timedelta(days=1)
    while end <= bookmark.closed_until:
        yield end
        end += timedelta(days=1)


def _of_open_day(bookmark: Bookmark) -> Iterator[Difference]:
    """Reckon the hours of the day that is not over; what stands beside closed days is not read."""
    kept = OpenDay.objects.filter(programme=bookmark.programme_id, at__gt=bookmark.closed_until)
    for end in kept.order_by("at").values_list("at", flat=True).distinct():
        rows = _reckoned(bookmark, OpenDay, "day", at=end, after=bookmark.closed_until, until=end)
        yield from _told(OpenDay._meta.db_table, rows, f" / {in_wib(end):%Y-%m-%d %H:%M}")


def _reckoned(
    bookmark: Bookmark, model: type[Closing | Standing | OpenDay], again: str, **values: object
) -> list[Row]:
    """Return where a table differs from what the statement `again` reckons for the same moment."""
    named = {"table": model._meta.db_table, "when": model.WHEN, "again": statement(again)}
    compared = statement("recount/kept").format(**named, sums=_SUMS, differ=_DIFFER)
    return fetch(compared, programme=bookmark.programme_id, **values)


def _of_snapshots(bookmark: Bookmark) -> Iterator[Difference]:
    """Reckon each snapshot from the one before it, so that a mistake is told once."""
    sums, last = Tally(), BEGINNING
    for kept in Snapshot.objects.filter(programme=bookmark.programme_id).order_by("at"):
        sums.add(
            fetch(
                statement("figures").format(changes=statement("stored")),
                programme=bookmark.programme_id,
                since=last,
                carried=kept.at,
            )
        )
        yield from _of_snapshot(kept, sums)
        sums, last = Tally.from_json(kept.sums), kept.at


def _of_snapshot(kept: Snapshot, sums: Tally) -> Iterator[Difference]:
    for name, right in sums.as_json().items():
        found = kept.sums.get(name, {})
        for key in sorted({*found, *right}):
            if found.get(key, 0) != right.get(key, 0):
                yield Difference(
                    table=Snapshot._meta.db_table,
                    key=kept.pk,
                    where=f"{in_wib(kept.at):%Y-%m-%d %H:%M}",
                    what=f"{name} {key}",
                    stored=str(found.get(key, 0)),
                    recounted=str(right.get(key, 0)),
                )


def _of_records(bookmark: Bookmark) -> Iterator[Difference]:
    givers = dict(Collaborator.objects.values_list("pk", "slug"))
    rows = fetch(
        statement("recount/records").format(sums=_sums(GIVEN), differ=_differ(GIVEN)),
        programme=bookmark.programme_id,
        until=bookmark.carried_until,
    )
    for key, giver, *numbers in rows:
        for measure, stored, right in zip(GIVEN, numbers[::2], numbers[1::2], strict=True):
            if stored != right:
                table, where = Record._meta.db_table, givers.get(giver, "-")
                yield Difference(table, key, where, measure, str(stored), str(right))


def _told(table: str, rows: list[Row], when: str) -> Iterator[Difference]:
    """Yield one difference for each measure that differs in a row of sql/recount/."""
    phases = dict(Phase.objects.values_list("pk", "number"))
    aid_types = dict(AidType.objects.values_list("pk", "slug"))
    for key, area, phase, aid_type, *numbers in rows:
        where = f"{area} / {phases.get(phase, '-')} / {aid_types.get(aid_type, '-')}{when}"
        for measure, stored, recounted in zip(MEASURES, numbers[::2], numbers[1::2], strict=True):
            if stored != recounted:
                yield Difference(table, key, where, measure, str(stored), str(recounted))
