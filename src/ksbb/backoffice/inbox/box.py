"""The inbox of one reader: what waits for them, narrowed, counted, and a page of it in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any, Final, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils.functional import Promise

from ksbb.accounts.models import User
from ksbb.backoffice.inbox.source import Rows, Source, model_of
from ksbb.backoffice.inbox.sources import SOURCES
from ksbb.regions.queries import within
from ksbb.rights.models import Assignment
from ksbb.rights.queries import assigned, assignments_of

ROWS: Final = 20
EVERYTHING: Final = "jenis="
"""The query of an inbox that nothing narrows."""

NOBODY: Final = 0
"""Narrows the list to what nobody works on."""


class Place(NamedTuple):
    """Where a thing stands in the order of the list."""

    due: datetime
    rank: int
    key: int


class Tally(NamedTuple):
    """How much of a kind waits, and how much of it is overdue."""

    slug: str
    label: str | Promise
    total: int
    late: int


class Item(NamedTuple):
    """One thing that waits, ready to be read."""

    source: Source
    thing: Any
    due: datetime
    late: bool
    assignment: Assignment | None
    beside: Any

    @property
    def name(self) -> str:
        """What the thing is called."""
        return self.source.name(self.thing)

    @property
    def address(self) -> str:
        """The page on which it is decided."""
        return self.source.address(self.thing)

    @property
    def mark(self) -> str:
        """The kind and the key, as forms send it."""
        return f"{self.source.slug}.{self.thing.pk}"


@dataclass(frozen=True, kw_only=True)
class Box:
    """What waits for a reader, narrowed by kind, area, officer and due time."""

    user: User
    now: datetime
    kind: str = ""
    area: str = ""
    officer: int | None = None
    """The key of an officer, NOBODY, or None for all."""
    due_by: datetime | None = None

    @cached_property
    def sources(self) -> list[Source]:
        """The kinds that the reader may decide about, and that lie in areas if one is asked for."""
        return [
            one
            for one in SOURCES
            if one.is_open_to(self.user) and (not self.area or one.region or one.in_area)
        ]

    @cached_property
    def tallies(self) -> list[Tally]:
        """How much there is of each kind, whichever kind is shown: one query for each."""
        return [self._tally(one) for one in self.sources]

    @property
    def total(self) -> int:
        """How much there is of what is shown."""
        return sum(one.total for one in self.tallies if self.kind in ("", one.slug))

    def page(self, number: Any) -> Any:
        """Return a page of items; the nearest one where nonsense is asked for."""
        # The paginator only needs to know how many there are.
        counted: Any = range(self.total)
        page: Any = Paginator(counted, ROWS).get_page(number)
        first = (page.number - 1) * ROWS
        places = self._places(first + ROWS)
        page.object_list = self._read(places[first:])
        return page

    def first(self, count: int) -> list[Item]:
        """Return the most urgent items."""
        return self._read(self._places(count))

    def after(self, source: Source, key: int) -> Item | None:
        """Return what comes after a thing in the order of the list, whether it still waits."""
        model = model_of(source, self.now)
        since = model._base_manager.filter(pk=key).values_list(source.since, flat=True).first()  # noqa: SLF001 - public
        if since is None:
            return None
        here = Place(source.due(since), SOURCES.index(source), key)
        return next(iter(self._read(self._places(1, after=here))), None)

    def find(self, source: Source, keys: list[int]) -> dict[int, Any]:
        """Return those of the things that wait for the reader, by key."""
        return {one.pk: one for one in self._narrowed(source).filter(pk__in=keys)}

    def _narrowed(self, source: Source) -> Rows:
        rows = source.rows(self.user, self.now)
        if self.area:
            rows = rows.filter(_in_area(source, self.area))
        if self.officer == NOBODY:
            rows = rows.filter(~assigned(rows.model))
        elif self.officer is not None:
            rows = rows.filter(assigned(rows.model, self.officer))
        if self.due_by:
            rows = rows.filter(**{f"{source.since}__lte": source.since_for(self.due_by)})
        return rows

    def _tally(self, source: Source) -> Tally:
        late = Q(**{f"{source.since}__lte": source.since_for(self.now)})
        rows = self._narrowed(source).order_by().prefetch_related(None).select_related(None)
        found = rows.aggregate(total=Count("pk"), late=Count("pk", filter=late))
        return Tally(source.slug, source.label, found["total"], found["late"])

    def _places(self, count: int, *, after: Place | None = None) -> list[Place]:
        """Return where the first things stand: each kind is read as far as may be needed."""
        chosen = [one for one in self.sources if self.kind in ("", one.slug)]
        found = [place for one in chosen for place in self._first_of(one, count, after)]
        return list(islice(sorted(found), count))

    def _first_of(self, source: Source, count: int, after: Place | None) -> list[Place]:
        rank = SOURCES.index(source)
        rows = self._narrowed(source).select_related(None).prefetch_related(None)
        if after:
            rows = rows.filter(_behind(source, rank, after))
        rows = rows.order_by(source.since, "pk").values_list(source.since, "pk")[:count]
        return [Place(source.due(since), rank, key) for since, key in rows]

    def _read(self, places: list[Place]) -> list[Item]:
        things: dict[Place, Any] = {}
        beside: dict[Place, Any] = {}
        for source in {SOURCES[place.rank].slug: SOURCES[place.rank] for place in places}.values():
            here = {place.key: place for place in places if SOURCES[place.rank] is source}
            rows = list(source.waiting(self.now).filter(pk__in=here))
            facts = source.beside(rows) if source.beside else {}
            things |= {here[row.pk]: row for row in rows}
            beside |= {here[key]: fact for key, fact in facts.items()}
        officers = assignments_of(things.values()) if things else {}
        # What was decided between the two queries is gone from the list.
        return [
            Item(
                source=SOURCES[place.rank],
                thing=things[place],
                due=place.due,
                late=place.due <= self.now,
                assignment=officers.get((things[place]._meta.label_lower, place.key)),
                beside=beside.get(place),
            )
            for place in places
            if place in things
        ]


def _in_area(source: Source, area: str) -> Q:
    return within(source.region, area) if source.region else (source.in_area or _nowhere)(area)


def _nowhere(_area: str) -> Q:
    return Q(pk__in=())


def _behind(source: Source, rank: int, after: Place) -> Q:
    edge: date = source.since_for(after.due)
    later = Q(**{f"{source.since}__gt": edge})
    if rank < after.rank:
        return later
    same = Q(**{source.since: edge})
    return later | (same if rank > after.rank else same & Q(pk__gt=after.key))
