"""Saying where a place is, for many places with one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ksbb.needs.models import Need, Target
from ksbb.needs.queries_near import Located, kilometres
from ksbb.overlap.queries import served_to
from ksbb.regions.queries import paths
from ksbb.regions.words import in_words

__all__ = ["Row", "in_words", "rows_of", "where_of"]


class Row(NamedTuple):
    """A need with the words for its place: “Kel. Grogol Utara, Kec. Kebayoran Lama, …”."""

    need: Need
    where: str
    kilometres: float | None = None
    """How far the place is from where the list is seen from, in a straight line."""

    served: int = 0
    """What other sources brought, in the unit of the need and apart from its numbers."""


def rows_of(needs: Iterable[Need], seen_from: Located | None = None) -> list[Row]:
    """Return the needs with their places in words, in the given order."""
    listed = list(needs)
    where = where_of([need.target for need in listed])
    served = served_to(listed)
    return [
        Row(
            need,
            where[need.target_id],
            None if seen_from is None else kilometres(seen_from, need.target),
            served.get(need.pk, 0),
        )
        for need in listed
    ]


def where_of(targets: Iterable[Target]) -> dict[int, str]:
    """Return where each target is, by its key."""
    listed = list(targets)
    chains = paths({target.region_id for target in listed})
    return {target.pk: in_words(chains[target.region_id]) for target in listed}
