"""How much is measured: `make bench`, or `make bench BENCH=quick` for a look in a minute.

`tiny` measures nothing: a test runs every part at that size to see that it runs.
"""

from __future__ import annotations

import os
from itertools import product, starmap
from typing import Final, NamedTuple


class Extent(NamedTuple):
    """How large a book is."""

    targets: int
    movements: int

    @property
    def name(self) -> str:
        """What its database is called."""
        return f"{self.targets}_{self.movements}"

    @property
    def label(self) -> str:
        """How tables speak of it."""
        return f"{self.targets:,} targets, {self.movements:,} movements"


class Size(NamedTuple):
    """Length and number of the rounds, and how large the book is."""

    seconds: float
    rounds: int
    crowds: tuple[int, ...]
    """Clients on a single need."""
    targets: tuple[int, ...]
    movements: tuple[int, ...]
    repeats: int
    """How often a read is timed in one round."""
    places: int
    """In the largest pool the allocation engine fills."""
    instances: int
    """That a solver answers beside the engine."""
    spreadsheet: int
    """Rows of a csv file that is read in."""

    @property
    def corners(self) -> tuple[Extent, ...]:
        """Return the smallest and the largest book, and those that are large in one way only."""
        targets, movements = (self.targets[0], self.targets[-1]), self.movements
        every = starmap(Extent, product(targets, (movements[0], movements[-1])))
        return tuple(dict.fromkeys(every))

    @property
    def ends(self) -> tuple[Extent, Extent]:
        """Return the smallest and the largest book."""
        return self.corners[0], self.corners[-1]

    @property
    def usual(self) -> Extent:
        """Return the book of Jakarta in 2020, in which commitments are written."""
        return Extent(self.targets[0], self.movements[0])

    def history(self, engine: str) -> tuple[Extent, ...]:
        """Return the books figures are read from; SQLite gets no million movements there."""
        movements = self.movements if engine == "postgresql" else self.movements[:2]
        return tuple(Extent(self.targets[0], one) for one in movements)

    def books(self, part: str, engine: str) -> tuple[Extent, ...]:
        """Return the books a part reads; one that writes fills a database of its own."""
        wanted = {
            "lists": self.ends,
            "maps": self.ends,
            "exports": self.ends,
            "figures": self.history(engine),
            "achievement": self.history(engine),
            "pages": self.corners,
            "proposals": self.ends[:1],
            "views": self.ends[:1],
            "frames": self.ends[1:],
        }
        return wanted.get(part, ())


SIZES: Final = {
    "": Size(
        3,
        5,
        (8, 32, 64),
        (2_700, 100_000),
        (10_000, 100_000, 1_000_000),
        15,
        1_000_000,
        11,
        1_000_000,
    ),
    "quick": Size(1, 3, (8, 64), (2_700, 20_000), (10_000, 100_000), 7, 100_000, 4, 50_000),
    "tiny": Size(0.1, 1, (2,), (2_000,), (1_000,), 2, 20_000, 1, 1_000),
}


def chosen() -> Size:
    """Return the size that BENCH names. Exits with a sentence for an unknown one."""
    name = os.environ.get("BENCH", "")
    if name not in SIZES:
        message = f"BENCH is “{name}”. Leave it out, or write BENCH=quick."
        raise SystemExit(message)
    return SIZES[name]
