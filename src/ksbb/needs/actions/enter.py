"""New places from a list: they wait for verification, and need nothing before it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from ksbb.needs.models import Target
from ksbb.regions.actions.add_rw import add_rw
from ksbb.regions.models import Region
from ksbb.shared.codes import parent_of, rw_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ksbb.programmes.models import TargetKind

SERIAL: Final = re.compile(r"-([A-Z]{2})([0-9]+)$")


@dataclass(frozen=True, kw_only=True)
class NewPlace:
    """A place that nobody has entered: an RW by its code, an institution by kelurahan and name."""

    kind: TargetKind
    region: str
    name: str
    values: dict[str, Any]
    """Columns of `Target` by name."""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """The new places in the order in which they were given, and the RW that were made for them."""

    targets: list[Target]
    regions: set[str]


@transaction.atomic
def enter(places: Sequence[NewPlace], *, now: datetime) -> Entered:
    """Enter new places; a step of a larger action, which writes the audit row.

    Raises IntegrityError where one of the RW stands as a place already.
    """
    areas = [place.region for place in places if place.kind.is_area]
    made = add_rw(areas)
    around = {parent_of(code) for code in areas}
    names = dict(Region.objects.filter(code__in=around).values_list("code", "name"))
    codes = _codes([place for place in places if not place.kind.is_area])
    targets = [
        Target(
            code=place.region if place.kind.is_area else next(codes),
            kind=place.kind,
            name=_area_name(place.region, names) if place.kind.is_area else place.name,
            region_id=place.region,
            entered_at=now,
            **place.values,
        )
        for place in places
    ]
    return Entered(targets=Target.objects.bulk_create(targets), regions=made)


def _area_name(code: str, names: dict[str, str]) -> str:
    return f"RW {rw_number(code):03d} {names[parent_of(code) or '']}"


def _codes(places: Sequence[NewPlace]) -> Iterator[str]:
    """Yield a code for each institution: kelurahan, letters of its kind, the next free serial."""
    letters = {place.kind.pk: _letters(place.kind) for place in places}
    taken = Target.objects.filter(region__in={place.region for place in places})
    serials: Counter[str] = Counter()
    for code in taken.values_list("code", flat=True):
        found = SERIAL.search(code)
        if found:
            prefix = code[: found.start(2)]
            serials[prefix] = max(serials[prefix], int(found[2]))
    for place in places:
        prefix = f"{place.region}-{letters[place.kind.pk]}"
        serials[prefix] += 1
        yield f"{prefix}{serials[prefix]:02d}"


def _letters(kind: TargetKind) -> str:
    """Return the two letters which codes of a kind have: those in use, else its initials."""
    for code in Target.objects.filter(kind=kind).values_list("code", flat=True)[:1]:
        found = SERIAL.search(code)
        if found:
            return found[1]
    words = kind.slug.upper().split("-")
    return words[0][0] + words[1][0] if len(words) > 1 else words[0][:2].ljust(2, "X")
