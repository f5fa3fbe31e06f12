"""The places of the scenario as a phase sees them: which RW it may begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ksbb.demo.choice import Candidates, first_circle, left_open
from ksbb.demo.marks import FIRST_RELEASE
from ksbb.demo.setting import LAST_PHASE

if TYPE_CHECKING:
    from random import Random

    from ksbb.demo.book import Book
    from ksbb.demo.slots import Slot

EAGER: Final = 0.8
"""How often an RW of the first press release is drawn from those not reached yet."""


class Ground:
    """All places, the RW of the first press release, and those left open for a visitor."""

    def __init__(self, book: Book, rng: Random) -> None:
        """Draw the RW of the first press release."""
        self._book, self._rng = book, rng
        self._areas = [place for place in book.places.values() if place.is_area]
        self._circle = first_circle(self._areas, rng)
        self._left_open = left_open(self._areas)
        self.homes = [place.code for place in book.places.values() if not place.is_area]

    @property
    def first_place(self) -> str:
        """The code of the RW to which Barisan Bangun Negeri goes; nobody else begins there."""
        return self._circle[0]

    def candidates(self, slot: Slot, phase: int, *, eager: bool) -> Candidates:
        """Return the RW a phase may begin with; `eager` prefers those not reached yet."""
        closed = {*self._book.aided(phase), *self._book.freed(phase)}
        closed |= self._left_open if phase == LAST_PHASE else set()
        known = self._book.reached()
        free = [place for place in self._areas if place.code not in closed]
        if slot.end > FIRST_RELEASE:
            return Candidates(free, (), known, self._rng)
        circle = [place for place in free if place.code in self._circle[1:]]
        if not eager and self._rng.random() > EAGER:
            return Candidates(circle, (), known, self._rng)
        new = [place for place in circle if place.code not in known]
        return Candidates(new, (p for p in circle if p.code in known), known, self._rng)

    def waiting(self) -> int:
        """Return how many RW of the first press release have nothing yet."""
        return len({*self._circle} - self._book.reached())
