"""One kind of thing that waits for a decision: which rows, since when, until when, for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from ksbb.accounts.models import User
from ksbb.rights.queries import in_watched_areas
from ksbb.rights.rules import is_area_officer
from ksbb.shared.clock import END_OF_DAY, WIB, in_wib

Rows = QuerySet[Any]
Area = Callable[[str], Q]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A kind of thing that waits. One query counts it, one orders it, one reads a page of it."""

    slug: str
    """In addresses."""
    label: str | Promise
    permission: str
    """Whoever may decide about it sees it; asked again about the very object."""
    waiting: Callable[[datetime], Rows]
    """All that waits at a moment, with everything that a row of the list names."""
    since: str
    """The path to the moment since which it waits, or to the last day for what ends."""
    ends: bool = False
    """Whether `since` is the last day itself, and so the due time."""
    region: str = ""
    """The path to the region of the thing; "" where it has none."""
    in_area: Area | None = None
    """The filter for things in an area, where one thing may lie in several."""
    address: Callable[[Any], str]
    name: Callable[[Any], str]
    beside: Callable[[Sequence[Any]], dict[int, Any]] | None = None
    """What helps to decide, for a page of rows, by their keys."""

    @property
    def row(self) -> str:
        """The template of the facts in the list."""
        return f"backoffice/inbox/{self.slug}.html"

    def is_open_to(self, user: User) -> bool:
        """Whether the reader sees anything of this kind; area officers what lies in an area."""
        return user.has_perm(self.permission) and (bool(self.region) or not is_area_officer(user))

    def rows(self, user: User, now: datetime) -> Rows:
        """Return what waits and the reader may decide about."""
        found = self.waiting(now)
        return found.filter(in_watched_areas(self.region, user)) if self.region else found

    def due(self, since: date) -> datetime:
        """Return the moment at which something is due, from the value of the `since` column."""
        if isinstance(since, datetime):
            return in_wib(since) + timedelta(hours=settings.DESK_HOURS[self.slug])
        return datetime.combine(since, END_OF_DAY, tzinfo=WIB)

    def since_for(self, due: datetime) -> date:
        """Return the last value of the `since` column that is due by a moment."""
        if self.ends:
            return (in_wib(due) + timedelta(microseconds=1)).date() - timedelta(days=1)
        return due - timedelta(hours=settings.DESK_HOURS[self.slug])


def model_of(source: Source, now: datetime) -> type[Model]:
    """Return the model of what waits."""
    model: type[Model] = source.waiting(now).model
    return model
