"""Where a figure is read from: what was added up, then what was carried, then the ledgers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from ksbb.programmes.models import Programme
from ksbb.regions.enums import Level
from ksbb.reports.models import BEGINNING, Bookmark
from ksbb.reports.statements import Row, as_moment, fetch, statement
from ksbb.reports.tally import Tally
from ksbb.shared.clock import END_OF_DAY, in_wib


def tally(programme: Programme, as_of: datetime) -> Tally:
    """Return the sums of the whole programme as of a moment, which is included."""
    bookmark = bookmark_of(programme, as_of)
    since, sums = BEGINNING, Tally()
    if bookmark.carried_until > BEGINNING:
        for at, kept in fetch(statement("snapshot"), programme=programme.pk, as_of=as_of):
            since, sums = as_moment(at), Tally.from_json(json.loads(kept))
    sums.add(read("figures", bookmark, as_of, since=since))
    return sums


def area_sums(
    programme: Programme,
    as_of: datetime,
    *,
    area: str,
    level: str,
    length: int,
    kind: int = 0,
    phase: int = 0,
    aid_type: int = 0,
) -> list[Row]:
    """Return the rows of sql/fulfilment.sql for the areas of a level at or below `area`.

    `length` is that of the codes of the level; kind, phase and aid type are keys, 0 for all.
    """
    bookmark = bookmark_of(programme, as_of)
    closed = closed_before(bookmark, as_of)
    return read(
        "fulfilment",
        bookmark,
        as_of,
        since=bookmark.opened_until or closed,
        kept=statement("closed" if level == Level.VILLAGE else "stood"),
        closed_on=in_wib(closed).date(),
        opened=bookmark.opened_until or BEGINNING,
        area=area,
        below=f"{area}.%",
        level=level,
        length=length,
        kind=kind,
        phase=phase,
        aid_type=aid_type,
    )


def closed_before(bookmark: Bookmark, as_of: datetime) -> datetime:
    """Return the end of the last day that is added up and was over by then."""
    return min(bookmark.closed_until, _last_whole_day(as_of))


def bookmark_of(programme: Programme, as_of: datetime = BEGINNING) -> Bookmark:
    """Return how far the ledgers are carried; not at all where it was done by another rule.

    `opened_until` is that of the moment asked for, None where only whole days are added up.
    """
    rows = fetch(statement("bookmark"), programme=programme.pk, as_of=as_of)
    bookmark = Bookmark(programme=programme)
    if rows and rows[0][3] == _in_one_line(programme, [row[4] for row in rows if row[4]]):
        bookmark.rule = rows[0][3]
        bookmark.carried_until, bookmark.closed_until = map(as_moment, rows[0][:2])
        bookmark.opened_until = as_moment(rows[0][2]) if rows[0][2] else None
    return bookmark


def rule_of(programme: Programme) -> str:
    """Return the rule of fulfilment in one line."""
    counting = programme.aid_types.filter(counts_toward_fulfilment=True)
    return _in_one_line(programme, counting.order_by("slug").values_list("slug", flat=True))


def _in_one_line(programme: Programme, slugs: Iterable[str]) -> str:
    return f"{programme.fulfilment_stage}:{','.join(slugs)}"[:400]


def end_of_day(moment: datetime) -> datetime:
    """Return the last moment of the same day in WIB."""
    local = in_wib(moment)
    return datetime.combine(local.date(), END_OF_DAY, tzinfo=local.tzinfo)


def end_of_hour(moment: datetime) -> datetime:
    """Return the last moment of the same hour in WIB."""
    return in_wib(moment).replace(minute=59, second=59, microsecond=999_999)


def read(
    name: str,
    bookmark: Bookmark,
    as_of: datetime,
    *,
    since: datetime,
    days: str = "",
    kept: str = "",
    **values: object,
) -> list[Row]:
    """Run the query `name` over all changes after `since` and up to `as_of`.

    `days` is SQL for a query that asks day by day, `kept` for one that adds up what is closed.
    What is not carried yet comes from the ledgers in the same statement. Apart from it only rows
    are read that never change, so no lock is needed.
    """
    carried = min(bookmark.carried_until, as_of)
    return fetch(
        statement(name).format(changes=_changes(carried, as_of), days=days, kept=kept),
        programme=bookmark.programme_id,
        stage=bookmark.programme.fulfilment_stage,
        since=since,
        carried=carried,
        after=carried,
        until=as_of,
        **values,
    )


def _changes(carried: datetime, as_of: datetime) -> str:
    if not _ledgers_hold_more(carried, as_of):
        return statement("stored")
    return statement("with_tail").format(stored=statement("stored"), changes=statement("changes"))


def _ledgers_hold_more(after: datetime, until: datetime) -> bool:
    return after < until and bool(fetch(statement("ledgers"), after=after, until=until)[0][0])


def _last_whole_day(as_of: datetime) -> datetime:
    end = end_of_day(as_of)
    return end if as_of >= end else end - timedelta(days=1)
