"""The directory of collaborators: who is named, in which order, and who is only counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import named
from ksbb.portal.forms.directory import AGGREGATOR, DELIVERED, DONOR
from ksbb.reports.records import Given
from ksbb.shared.text import rank
from ksbb.web.target_filter import NAME

FEWEST: Final = 3
"""Of fewer givers without a name nothing is told: their sum would be somebody's own."""

MANY: Final = 200
CLOSE: Final = 8.0
"""How far behind the best a name may lie and still be meant, on the scale of 0 to 100."""

_NOTHING: Final = Given()


class Entry(NamedTuple):
    """A collaborator and what it has given of the aid type that is shown."""

    collaborator: Collaborator
    given: Given


class Unnamed(NamedTuple):
    """Givers that are not named: how many, and what they have given together."""

    givers: int
    given: Given

    @property
    def told(self) -> bool:
        """Whether they are so many that their sum tells nothing of one of them."""
        return self.givers >= FEWEST


def find(asked: dict[str, Any], given: dict[int, Given]) -> list[int]:
    """Return the keys of the named collaborators that fit the filters, in their order."""
    names = list(_narrowed(asked).values_list("pk", "name"))
    if asked["q"]:
        names = _like(asked["q"], names)
    if asked["urut"] == NAME:
        return [key for key, name in sorted(names, key=lambda one: (one[1].casefold(), one[0]))]
    measure = "delivered" if asked["urut"] == DELIVERED else "committed"
    amounts = {key: getattr(given.get(key, _NOTHING), measure) for key, _ in names}
    ordered = sorted(names, key=lambda one: (-amounts[one[0]], one[1].casefold(), one[0]))
    return [key for key, _ in ordered]


def entries(keys: Iterable[int], given: dict[int, Given]) -> list[Entry]:
    """Return the collaborators of some keys with what they have given, in the given order."""
    listed = list(keys)
    known = named().in_bulk(listed)
    return [Entry(known[key], given.get(key, _NOTHING)) for key in listed if key in known]


def unnamed(given: dict[int, Given]) -> Unnamed:
    """Add up the givers that are not named."""
    giving = {key for key, sums in given.items() if sums.committed > 0}
    hidden = giving - set(named().values_list("pk", flat=True))
    total = _NOTHING
    for key in hidden:
        total = total.plus(given[key])
    return Unnamed(len(hidden), total)


def _narrowed(asked: dict[str, Any]) -> QuerySet[Collaborator]:
    found = named()
    if asked["jenis"]:
        found = found.filter(kind=asked["jenis"])
    if asked["peran"] == AGGREGATOR:
        found = found.filter(is_aggregator=True)
    if asked["peran"] == DONOR:
        found = found.filter(is_donor=True)
    return found


def _like(text: str, names: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Keep the names that are meant by a text, typing errors allowed."""
    ranked = rank(text, [name for _, name in names], limit=MANY)
    exact = [one for one in ranked if one.exact]
    kept = exact or [one for one in ranked if one.score >= ranked[0].score - CLOSE]
    return [names[one.index] for one in kept]
