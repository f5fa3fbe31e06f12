"""Reading the needs of a list one after the other, with the words for where each place lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import AutoField, Case, CharField, QuerySet, Value, When
from django.db.models.functions import Cast

from ksbb.needs.models import Need
from ksbb.needs.small_numbers import published_count
from ksbb.overlap.queries import any_served, served_beside
from ksbb.programmes.scope import Scope
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.names import short_name
from ksbb.regions.queries import within
from ksbb.shared.codes import LENGTHS
from ksbb.web.listing import Listing

MOST: Final = 100_000
"""Rows of one file; a longer list is to be narrowed."""

CHUNK: Final = 1_000
FIELDS: Final = (
    "target__code",
    "target__name",
    "target__kind__slug",
    "target__region_id",
    "target__lat",
    "target__lon",
    "quantity",
    "committed",
    "delivered",
    "received",
    "open",
    "coverage",
    "target__families",
    "target__residents",
    "day",
    "target__source",
    "example",
    "served",
)
_PARTS: Final = tuple(LENGTHS[level] for level in ("VILLAGE", "DISTRICT", "REGENCY"))

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Sheet:
    """One export: the list it holds, and what is the same in every row of it."""

    listing: Listing
    scope: Scope

    @property
    def constant(self) -> Row:
        """The values of the constant columns."""
        listing = self.listing
        return (
            self.scope.programme.slug,
            listing.phase.number,
            listing.aid_type.slug,
            listing.aid_type.unit,
            self.scope.now.isoformat(timespec="seconds"),
            settings.DATA_LICENCE,
        )

    @property
    def file_name(self) -> str:
        """The name without its ending: programme, kind of aid, phase and moment."""
        slug, phase, aid, *_ = self.constant
        return f"ksbb-{slug}-{aid}-{phase}-{self.scope.now:%Y%m%dT%H%M}"

    def is_too_long(self) -> bool:
        """Tell whether the list has more rows than a file takes."""
        return self.listing.needs.order_by()[: MOST + 1].count() > MOST

    def values(self) -> QuerySet[Need, Row]:
        """Return FIELDS of the needs, as the database itself writes days and truth.

        Making a date of a text and a text of the date takes as long as reading the row.
        """
        listing = self.listing
        needs = listing.needs.annotate(
            day=Cast("target__counted_on", CharField()),
            example=Case(When(target__is_example=True, then=Value("true")), default=Value("false")),
        )
        if any_served(listing.aid_type, listing.phase):
            needs = needs.annotate(served=served_beside())
        else:
            # Of all whole numbers this field alone does not convert each one again.
            needs = needs.annotate(served=Value(0, output_field=AutoField()))
        return needs.values_list(*FIELDS)

    def rows(self) -> Iterator[Row]:
        """Yield the values of the columns, need by need, in the order of the list."""
        where = _Where(_names_below(self.listing.area))
        suffix = f"/{self.listing.phase.number}/{self.listing.aid_type.slug}"
        village = LENGTHS["VILLAGE"]
        for row in self.values().iterator(chunk_size=CHUNK):
            code, name, kind, region, *numbers, kk, people, day, source, example, served = row
            yield (
                code + suffix,
                code,
                name,
                kind,
                *where[region[:village]],
                *numbers,
                served,
                published_count(kk),
                published_count(people),
                day,
                source,
                example,
            )


class _Where(dict[str, tuple[str, ...]]):
    """By the code of a kelurahan: the code, and the names of kelurahan, kecamatan and city."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, village: str) -> tuple[str, ...]:
        words = (self.names.get(village[:length], "") for length in _PARTS)
        found = self[village] = (village, *words)
        return found


def _names_below(area: str) -> dict[str, str]:
    """Return the names of kelurahan, kecamatan and cities in an area and around it."""
    around = [area[:length] for length in _PARTS]
    regions = Region.objects.exclude(level=Level.RW).filter(within("", area))
    known = regions | Region.objects.filter(code__in=around)
    return {code: short_name(name) for code, name in known.values_list("code", "name")}
