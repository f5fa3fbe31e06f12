"""A plan beside what is committed, area by area, and what another share per visit would mean."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ksbb.needs.queries_list import needs_of
from ksbb.plans.models import PublishedPlan
from ksbb.plans.reckoning import Document, Place, columns_of, figures
from ksbb.regions.models import Region
from ksbb.shared.codes import LENGTHS

_DEPTHS = tuple(sorted(LENGTHS.values()))
_VILLAGE = LENGTHS["VILLAGE"]


class Choice(NamedTuple):
    """One value of the share per visit with its consequences; share None is no rule at all."""

    share: int | None
    is_chosen: bool
    figures: Document

    @property
    def per_visit(self) -> float:
        """Packages per visit."""
        visited = self.figures["visited"]
        return float(self.figures["placed"] / visited) if visited else 0.0


def knob(asked: Document, told: Document) -> list[Choice]:
    """Return the shares the working group chooses from, the plan without visits last."""
    by_name = told["figures"]
    shares = sorted(int(name) for name in by_name if name.isdecimal())
    chosen = [Choice(share, share == asked["share"], by_name[str(share)]) for share in shares]
    return [*chosen, Choice(None, is_chosen=False, figures=by_name["fair"])]


class Sums(NamedTuple):
    """Packages: needed and committed when the plan was made, planned, and on the book now."""

    need: int = 0
    committed: int = 0
    planned: int = 0
    committed_now: int = 0
    delivered: int = 0
    received: int = 0

    def plus(self, other: Sums) -> Sums:
        """Add up."""
        return Sums(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def before(self) -> float:
        """Coverage when the plan was made."""
        return self.committed / self.need if self.need else 1.0

    @property
    def after(self) -> float:
        """Coverage that the plan brings."""
        return (self.committed + self.planned) / self.need if self.need else 1.0

    @property
    def added(self) -> int:
        """What was committed since."""
        return self.committed_now - self.committed


class Line(NamedTuple):
    """One area, or one place, with what lies below it."""

    code: str
    name: str
    is_place: bool
    places: int
    visited: int
    sums: Sums


class Table(NamedTuple):
    """The parts of an area, and all of it."""

    lines: list[Line]
    total: Line


def table_of(
    asked: Document,
    told: Document,
    area: str,
    now: dict[str, tuple[int, int, int]] | None = None,
) -> Table:
    """Return the plan beside what is committed for each part of an area.

    The parts of a kelurahan are its places. ``now`` holds what is committed, delivered and received
    by the code of the place.
    """
    inside = _inside(asked, told, area)
    parts: dict[str, list[tuple[Place, int]]] = {}
    for place, planned in inside:
        parts.setdefault(_part(place, area), []).append((place, planned))
    names = _names(parts, inside)
    lines = [
        _line(code, names[code], rows, now or {}, is_place=len(area) >= _VILLAGE)
        for code, rows in parts.items()
    ]
    lines.sort(key=lambda line: (line.name, line.code))
    return Table(lines, _line(area, "", inside, now or {}, is_place=False))


def _inside(asked: Document, told: Document, area: str) -> list[tuple[Place, int]]:
    rows = zip(columns_of(asked).places, told["places"], strict=True)
    return [
        (place, row[2])
        for place, row in rows
        if place.region == area or place.region.startswith(f"{area}.")
    ]


def _part(place: Place, area: str) -> str:
    if len(area) >= _VILLAGE:
        return place.code
    return place.region[: _DEPTHS[_DEPTHS.index(len(area)) + 1]]


def _names(parts: Collection[str], inside: list[tuple[Place, int]]) -> dict[str, str]:
    names = {place.code: place.name for place, _planned in inside}
    known = Region.objects.in_bulk(list(parts))
    areas = {code: region.short_name for code, region in known.items()}
    return {code: names.get(code) or areas.get(code, code) for code in parts}


def _line(
    code: str,
    name: str,
    rows: list[tuple[Place, int]],
    now: dict[str, tuple[int, int, int]],
    *,
    is_place: bool,
) -> Line:
    sums = Sums()
    for place, planned in rows:
        stands = now.get(place.code, (0, 0, 0))
        sums = sums.plus(Sums(place.need, place.committed, planned, *stands))
    visited = sum(planned > 0 for _place, planned in rows)
    return Line(code, name, is_place, len(rows), visited, sums)


class Reality(NamedTuple):
    """What came of a plan: by place code what stands on the book, and the figures of it."""

    by_place: dict[str, tuple[int, int, int]]
    committed: Document
    received: Document


def reality(plan: PublishedPlan, asked: Document, told: Document) -> Reality:
    """Return what is on the book now beside a published plan, for the needs it was made for."""
    needs = needs_of(plan.aid_type, plan.phase)
    rows = needs.values_list("target__code", "committed", "delivered", "received")
    stands: dict[str, tuple[int, int, int]] = {code: tuple(row) for code, *row in rows}  # type: ignore[misc]
    return Reality(stands, *(_figures(asked, told, stands, at) for at in (0, 2)))


def _figures(
    asked: Document, told: Document, stands: dict[str, tuple[int, int, int]], at: int
) -> Document:
    columns = columns_of(asked)
    served = columns.committed.copy()
    served[:] = [stands.get(place.code, (0, 0, 0))[at] for place in columns.places]
    planned = columns.committed.copy()
    planned += [row[2] for row in told["places"]]
    return figures(columns.need, served, plan=planned)
