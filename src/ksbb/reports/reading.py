"""From where a figure is read: closings, then what was carried, then the ledgers themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ksbb.commitments.models import Movement
from ksbb.needs.models import NeedAdjustment
from ksbb.programmes.models import Programme
from ksbb.reports.models import BEGINNING, Bookmark
from ksbb.reports.statements import Row, fetch, statement
from ksbb.shared.clock import END_OF_DAY, in_wib


@dataclass(frozen=True, kw_only=True)
class Position:
    """Where the sources of one reading meet; each moment belongs to the source before it."""

    closed: datetime
    carried: datetime

    @property
    def closed_on(self) -> date:
        """The last day (WIB) that is read from closings."""
        return in_wib(self.closed).date()


def rule_of(programme: Programme) -> str:
    """Return the rule of fulfilment in one line; rows made with another rule are not read."""
    counting = programme.aid_types.filter(counts_toward_fulfilment=True)
    slugs = ",".join(counting.order_by("slug").values_list("slug", flat=True))
    return f"{programme.fulfilment_stage}:{slugs}"[:400]


def end_of_day(moment: datetime) -> datetime:
    """Return the last moment of the same day in WIB."""
    return datetime.combine(in_wib(moment).date(), END_OF_DAY, tzinfo=in_wib(moment).tzinfo)


def position(programme: Programme, as_of: datetime) -> Position:
    """Return how far closings and carried rows reach for a reading as of a moment."""
    bookmark = Bookmark.objects.filter(programme=programme, rule=rule_of(programme)).first()
    if bookmark is None:
        return Position(closed=BEGINNING, carried=BEGINNING)
    return Position(
        closed=min(bookmark.closed_until, _last_whole_day(as_of)),
        carried=min(bookmark.carried_until, as_of),
    )


def read(name: str, programme: Programme, as_of: datetime, **values: object) -> list[Row]:
    """Run the query `name` over all sources as of a moment, both ends included."""
    found = position(programme, as_of)
    return fetch(
        statement(name).format(changes=_changes(found, as_of)),
        programme=programme.pk,
        stage=programme.fulfilment_stage,
        closed_on=found.closed_on,
        closed=found.closed,
        carried=found.carried,
        after=found.carried,
        until=as_of,
        **values,
    )


def _changes(found: Position, as_of: datetime) -> str:
    if not _ledgers_hold_more(found.carried, as_of):
        return statement("stored")
    return statement("with_tail").format(stored=statement("stored"), changes=statement("changes"))


def _ledgers_hold_more(after: datetime, until: datetime) -> bool:
    return any(
        ledger.objects.filter(at__gt=after, at__lte=until).exists()
        for ledger in (Movement, NeedAdjustment)
    )


def _last_whole_day(as_of: datetime) -> datetime:
    end = end_of_day(as_of)
    return end if as_of >= end else end - timedelta(days=1)
