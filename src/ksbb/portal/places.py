"""Saying where a place is, for many places with one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from ksbb.needs.models import Need, Target
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import paths


class Row(NamedTuple):
    """A need with the words for its place: “Kel. Grogol Utara, Kec. Kebayoran Lama, …”."""

    need: Need
    where: str


def rows_of(needs: Iterable[Need]) -> list[Row]:
    """Return the needs with their places in words, in the given order."""
    listed = list(needs)
    where = where_of([need.target for need in listed])
    return [Row(need, where[need.target_id]) for need in listed]


def where_of(targets: Iterable[Target]) -> dict[int, str]:
    """Return where each target is, by its key."""
    listed = list(targets)
    chains = paths({target.region_id for target in listed})
    return {target.pk: in_words(chains[target.region_id]) for target in listed}


def in_words(chain: list[Region]) -> str:
    """Return kelurahan, kecamatan and city from a chain of regions, the smallest first."""
    forms = {
        Level.VILLAGE: _("Kel. %(name)s"),
        Level.DISTRICT: _("Kec. %(name)s"),
        Level.REGENCY: "%(name)s",
    }
    named = [region for region in reversed(chain) if region.level in forms]
    return ", ".join(forms[Level(one.level)] % {"name": one.short_name} for one in named)
