"""What the book knows of the places some rows are about, read with a few queries for all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ksbb.intake.rows import AREA
from ksbb.needs.models import Need, Target
from ksbb.needs.queries_rule import RuleBook
from ksbb.programmes.models import TargetKind
from ksbb.shared.codes import rw_code, within
from ksbb.shared.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from ksbb.batches.models import Batch, BatchRow

INSTITUTION_MARK = "|"


class Terms:
    """What holds for the whole file: the programme's kinds, its rules, the words of the sender."""

    def __init__(self, batch: Batch, today: date) -> None:
        """Read kinds and rules once."""
        self.source = batch.source
        self.counted_on = batch.counted_on
        self.area = batch.area
        self.kinds = {_slug(kind): kind for kind in batch.programme.target_kinds.all()}
        self.rules = RuleBook(today)

    def leaves_out(self, village: str) -> bool:
        """Tell whether a kelurahan lies outside the area whose officer has sent the file."""
        return bool(self.area and village and not within(village, self.area.pk))


def _slug(kind: TargetKind) -> str:
    """Return the word of the reader for a kind: all that are areas are RW to it."""
    return AREA if kind.is_area else kind.slug


def place_of(row: BatchRow) -> str:
    """Return what makes two rows speak of one place; "" where that is not known."""
    if not row.village:
        return ""
    if row.kind == AREA:
        return rw_code(row.village, row.rw) if row.rw else ""
    name = normalise(row.name)
    return INSTITUTION_MARK.join((row.village, row.kind, name)) if name else ""


def _locked() -> QuerySet[Target]:
    return Target.objects.select_for_update(of=("self",), no_key=True).order_by("pk")


class Book:
    """The places of some rows and their needs, as they stand now."""

    def __init__(self, rows: Sequence[BatchRow], *, lock: bool = False) -> None:
        """Read all that the rows speak of; with `lock`, hold the places."""
        self._targets = _locked() if lock else Target.objects.all()
        self._areas = self._read_areas(rows)
        self._institutions = self._read_institutions(rows)
        self._needs = defaultdict[int, list[Need]](list)
        known = [one.pk for one in (*self._areas.values(), *self._institutions.values())]
        for need in Need.objects.filter(target__in=known).order_by("pk"):
            self._needs[need.target_id].append(need)

    def find(self, place: str) -> Target | None:
        """Return the place of a row, or None where it is new."""
        return self._areas.get(place) or self._institutions.get(place)

    def needs_of(self, target: Target) -> list[Need]:
        """Return its needs in the order of their keys."""
        return self._needs[target.pk]

    def _read_areas(self, rows: Sequence[BatchRow]) -> dict[str, Target]:
        codes = [row.place for row in rows if row.kind == AREA and row.place]
        return {one.code: one for one in self._targets.filter(code__in=codes)}

    def _read_institutions(self, rows: Sequence[BatchRow]) -> dict[str, Target]:
        villages = {row.village for row in rows if row.kind != AREA and row.place}
        if not villages:
            return {}
        there = self._targets.filter(region__in=villages, kind__is_area=False)
        return {
            INSTITUTION_MARK.join((one.region_id, one.kind.slug, normalise(one.name))): one
            for one in sorted(there.select_related("kind"), key=lambda one: -one.pk)
        }
