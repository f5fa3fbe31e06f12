"""The scenario's own copy of the needs: how much is needed, committed and still free."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ksbb.demo.setting import SEMBAKO, need_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksbb.demo.places import Place


class Cell(NamedTuple):
    """One need: a place by its code, a phase and an aid type."""

    place: str
    phase: int
    aid: str


class Book:
    """Needs and what is committed to them.

    Within a slot the order of events is left open, so what is freed in a slot cannot be taken
    again before `close_slot`: then no order can lead to more than is needed.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        """Take the needs from the places by the rule of the scenario."""
        self.places = {place.code: place for place in places}
        self._quantity: dict[Cell, int] = {}
        self._net: Counter[Cell] = Counter()
        self._freed: Counter[Cell] = Counter()
        self._by_place: dict[int, Counter[str]] = defaultdict(Counter)

    def quantity(self, cell: Cell) -> int:
        """Return the need itself."""
        if cell not in self._quantity:
            place = self.places[cell.place]
            self._quantity[cell] = need_of(
                count=place.count, area=place.is_area, phase=cell.phase, aid=cell.aid
            )
        return self._quantity[cell]

    def gap(self, cell: Cell) -> int:
        """Return what is not committed."""
        return self.quantity(cell) - self._net[cell]

    def room(self, cell: Cell) -> int:
        """Return what may be committed in this slot whatever its order of events."""
        return self.gap(cell) - self._freed[cell]

    def take(self, cell: Cell, quantity: int) -> None:
        """Commit a quantity; raises ValueError where there is no room for it."""
        if not 0 < quantity <= self.room(cell):
            message = f"{cell}: {quantity} does not fit into {self.room(cell)}"
            raise ValueError(message)
        self._net[cell] += quantity
        self._by_place[cell.phase][cell.place] += quantity

    def free(self, cell: Cell, quantity: int) -> None:
        """Give a committed quantity back; it can be taken from the next slot on."""
        self._net[cell] -= quantity
        self._freed[cell] += quantity
        self._by_place[cell.phase][cell.place] -= quantity

    def freed(self, phase: int) -> set[str]:
        """Return the places that lost something in this slot."""
        return {cell.place for cell in self._freed if cell.phase == phase}

    def close_slot(self) -> None:
        """Let what was freed be taken again."""
        self._freed.clear()

    def committed(self, aid: str) -> int:
        """Return the sum over all places and phases."""
        return sum(quantity for cell, quantity in self._net.items() if cell.aid == aid)

    def aided(self, phase: int) -> list[str]:
        """Return the RW that get anything in a phase, in the order in which they came."""
        return [
            code
            for code, quantity in self._by_place[phase].items()
            if quantity and self.places[code].is_area
        ]

    def fulfilled(self, phase: int) -> list[str]:
        """Return the RW whose need of sembako in a phase is met."""
        return [code for code in self.aided(phase) if not self.gap(Cell(code, phase, SEMBAKO))]

    def reached(self) -> set[str]:
        """Return the RW that get anything in any phase."""
        return {code for phase in tuple(self._by_place) for code in self.aided(phase)}
