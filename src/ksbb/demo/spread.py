"""Which needs the packages of one slot go to, so that its figures come out exactly."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ksbb.demo.book import Book, Cell
from ksbb.demo.marks import FIRST_RELEASE, Reach
from ksbb.demo.pour import Goal, PlanError, pour, scatter
from ksbb.demo.setting import AID, LAST_PHASE, LEBARAN, MEALS, SEMBAKO, THR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from ksbb.demo.choice import Candidates
    from ksbb.demo.ground import Ground
    from ksbb.demo.slots import Slot

TO_INSTITUTIONS: Final = {SEMBAKO: 0.012, MEALS: 0.45, LEBARAN: 0.04, THR: 0.2}
"""Part of each aid type that goes to institutions once they are helped, after 2 May."""
USUAL: Final = {MEALS: 700, LEBARAN: 400, THR: 120}
"""About how much one RW gets of an aid type in a slot."""
ONLY_OTHER_AID: Final = 0.12
"""Part of the newly begun RW that get meals or Lebaran packages and no sembako."""
LEAST_SEMBAKO: Final = 60
LEAST_OTHER: Final = 40


class Spreading:
    """The packages of one slot on their way to needs."""

    def __init__(self, slot: Slot, book: Book, ground: Ground, rng: Random) -> None:
        """Reckon what is missing to the slot's figures."""
        self._slot, self._book, self._ground, self._rng = slot, book, ground, rng
        self._missing = {
            aid: total - book.committed(aid) for aid, total in zip(AID, slot.packages, strict=True)
        }
        self._taken: dict[Cell, int] = {}

    def run(self) -> dict[Cell, int]:
        """Enter all that is missing into the book and return it by need.

        Raises PlanError where the places cannot hold it.
        """
        flow = self._slot.flow
        for phase in sorted({LAST_PHASE, *flow.shares} - {flow.main}):
            self._serve(phase, flow.shares.get(phase, 0))
        self._serve(flow.main, 1)
        if any(self._missing.values()):
            message = f"{self._slot.end}: no place for {self._missing}"
            raise PlanError(message)
        return self._taken

    def _serve(self, phase: int, share: float) -> None:
        """Serve one phase with its share; what finds no room there stays for the running one."""
        amounts = {aid: int(self._missing[aid] * share) for aid in (SEMBAKO, MEALS)}
        if phase == LAST_PHASE:
            amounts |= {aid: self._missing[aid] for aid in (LEBARAN, THR)}
        for aid, amount in amounts.items():
            amounts[aid] = amount - self._to_homes(phase, aid, amount)
        begin, fill = self._new_reach(phase)
        volume = amounts[MEALS] + amounts.get(LEBARAN, 0)
        others = _others(begin, amounts[SEMBAKO], volume)
        self._pour(Goal(phase=phase, amount=amounts[SEMBAKO], begin=begin - others, fill=fill))
        new: Sequence[str] = self._draw(phase, others)
        for aid in (LEBARAN, MEALS, THR):
            new = self._give(phase, aid, amounts.get(aid, 0), new)

    def _new_reach(self, phase: int) -> tuple[int, int]:
        """Return how many RW the phase is to begin with and to fill in this slot."""
        wanted = self._slot.phases.get(phase, Reach(0, 0))
        begin = max(0, wanted.aided - len(self._book.aided(phase)))
        if self._slot.end == FIRST_RELEASE and phase == self._slot.flow.main:
            begin = max(begin, self._ground.waiting())
        return begin, max(0, wanted.fulfilled - len(self._book.fulfilled(phase)))

    def _candidates(self, phase: int) -> Candidates:
        eager = self._slot.end == FIRST_RELEASE
        return self._ground.candidates(self._slot, phase, eager=eager)

    def _pour(self, goal: Goal) -> None:
        draft = pour(self._book, goal, lambda: self._candidates(goal.phase), self._rng)
        for code, quantity in draft.packages.items():
            self._take(Cell(code, goal.phase, SEMBAKO), quantity)

    def _draw(self, phase: int, number: int) -> list[str]:
        candidates = self._candidates(phase)
        return [candidates.large() for _ in range(number)]

    def _give(self, phase: int, aid: str, amount: int, new: Sequence[str]) -> Sequence[str]:
        """Give to the new RW first, then to others of the phase; return those left without."""
        served = new[: amount // LEAST_OTHER]
        amount -= self._begin(phase, aid, served)
        begun = self._book.aided(phase)
        number = min(len(begun), math.ceil(amount / USUAL[aid]))
        amount -= self._scatter(phase, aid, amount, [*served, *self._rng.sample(begun, number)])
        self._scatter(phase, aid, amount, begun)
        return new[len(served) :]

    def _begin(self, phase: int, aid: str, codes: Sequence[str]) -> int:
        """Give each RW a little and return the sum."""
        cells = [Cell(code, phase, aid) for code in codes]
        first = {cell: min(LEAST_OTHER, self._book.room(cell)) for cell in cells}
        for cell, quantity in first.items():
            self._take(cell, quantity)
        return sum(first.values())

    def _to_homes(self, phase: int, aid: str, amount: int) -> int:
        """Give a part of the amount to institutions and return how much that was."""
        if self._slot.end <= FIRST_RELEASE or amount <= 0:
            return 0
        part = int(amount * TO_INSTITUTIONS[aid])
        return self._scatter(phase, aid, part, self._ground.homes, whole=True)

    def _scatter(
        self, phase: int, aid: str, amount: int, codes: Sequence[str], *, whole: bool = False
    ) -> int:
        """Give to places in part, or one after the other all it needs; return the sum."""
        rooms = {code: self._book.room(Cell(code, phase, aid)) for code in codes}
        given, overflow = scatter(amount, rooms, self._rng, (1.0,) if whole else (0.4, 1.0))
        for code, quantity in given.items():
            self._take(Cell(code, phase, aid), quantity)
        return amount - overflow

    def _take(self, cell: Cell, quantity: int) -> None:
        self._book.take(cell, quantity)
        self._missing[cell.aid] -= quantity
        self._taken[cell] = self._taken.get(cell, 0) + quantity


def _others(begin: int, sembako: int, volume: int) -> int:
    """Return how many of the newly begun RW get meals or Lebaran packages and no sembako."""
    wished = max(begin - sembako // LEAST_SEMBAKO, round(begin * ONLY_OTHER_AID))
    return max(0, min(wished, begin, volume // (3 * LEAST_OTHER)))
