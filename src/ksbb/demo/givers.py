"""Who commits what: the packages of a slot are cut into commitments of its collaborators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ksbb.demo.pour import PlanError, rounded
from ksbb.demo.promises import Line
from ksbb.demo.setting import MEALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from ksbb.demo.book import Cell
    from ksbb.demo.cast import Giver

LONGEST: Final = 12
LARGEST: Final = 900
SCRAP: Final = 15
"""A remainder as small as this goes with the line it is left over from."""
TAKES_ALL: Final = 0.55
"""How often an aggregator closes the whole gap."""
MEALS_FACTOR: Final = 2
PERSONAL: Final = (5, 10, 10, 15, 20, 25, 30, 40, 50)


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What one collaborator commits at once, all in one phase."""

    giver: Giver
    lines: tuple[Line, ...]
    is_first: bool

    @property
    def phase(self) -> int:
        """The phase all lines stand in."""
        return self.lines[0].cell.phase


def parcel_out(
    taken: Mapping[Cell, int], new: Sequence[Giver], known: Sequence[Giver], rng: Random
) -> list[Parcel]:
    """Return commitments that together are exactly `taken`; each new giver makes one at least."""
    heap = _Heap(taken, rng)
    parcels = [Parcel(giver=giver, lines=heap.grab(giver, lines=1), is_first=True) for giver in new]
    everybody = [giver for giver in (*known, *new) if giver.weight]
    weights = [giver.weight for giver in everybody]
    while heap:
        giver = rng.choices(everybody, weights)[0]
        lines = heap.grab(giver, lines=_length(giver, rng))
        parcels.append(Parcel(giver=giver, lines=lines, is_first=False))
    return parcels


def _length(giver: Giver, rng: Random) -> int:
    if giver.is_aggregator:
        return min(LONGEST, 1 + int(rng.expovariate(0.4)))
    return 1 if giver.kind == "INDIVIDUAL" else rng.choice((1, 1, 1, 2, 2, 3, 4))


class _Heap:
    """What is still to be given, by phase and in the order of places, so near ones go together."""

    def __init__(self, taken: Mapping[Cell, int], rng: Random) -> None:
        self._rng = rng
        self._left: dict[int, dict[Cell, int]] = {}
        for cell in sorted(taken):
            self._left.setdefault(cell.phase, {})[cell] = taken[cell]

    def __bool__(self) -> bool:
        return bool(self._left)

    def grab(self, giver: Giver, *, lines: int) -> tuple[Line, ...]:
        """Take up to so many neighbouring needs, each whole or in part; never nothing."""
        if not self:
            message = f"nothing is left for {giver.slug}"
            raise PlanError(message)
        phases = list(self._left)
        phase = self._rng.choices(phases, [len(self._left[phase]) for phase in phases])[0]
        left = self._left[phase]
        cells = list(left)
        start = self._rng.randrange(max(1, len(cells) - lines + 1))
        chosen = cells[start : start + lines]
        grabbed = [Line(cell, self._portion(giver, cell, left[cell])) for cell in chosen]
        for line in grabbed:
            left[line.cell] -= line.quantity
            if not left[line.cell]:
                del left[line.cell]
        if not left:
            del self._left[phase]
        return tuple(grabbed)

    def _portion(self, giver: Giver, cell: Cell, left: int) -> int:
        factor = MEALS_FACTOR if cell.aid == MEALS else 1
        if giver.kind == "INDIVIDUAL":
            wished = self._rng.choice(PERSONAL) * factor
        elif giver.is_aggregator and self._rng.random() < TAKES_ALL:
            wished = LARGEST * factor
        else:
            wished = max(SCRAP, rounded(self._rng.lognormvariate(5.2, 0.7))) * factor
        return left if left - wished <= SCRAP else wished
