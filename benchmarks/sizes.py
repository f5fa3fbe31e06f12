"""How much is measured: `make bench`, or `make bench BENCH=quick` for a look in a minute."""

from __future__ import annotations

import os
from itertools import product
from typing import Final, NamedTuple


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
    def corners(self) -> tuple[tuple[int, int], ...]:
        """Return the smallest and the largest book, and those that are large in one way only."""
        return tuple(
            product((self.targets[0], self.targets[-1]), (self.movements[0], self.movements[-1]))
        )

    def history(self, engine: str) -> tuple[int, ...]:
        """Return the numbers of movements figures are read from; SQLite gets no million."""
        return self.movements if engine == "postgresql" else self.movements[:2]

    def books(self, part: str, engine: str) -> int:
        """Return how many databases a part wants."""
        targets, histories = len(self.targets), len(self.history(engine))
        wanted = {
            "lists": targets,
            "maps": targets,
            "exports": targets,
            "figures": histories,
            "pages": len(self.corners),
            "achievement": histories,
        }
        return wanted.get(part, 1)


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
}


def chosen() -> Size:
    """Return the size that BENCH names. Exits with a sentence for an unknown one."""
    name = os.environ.get("BENCH", "")
    if name not in SIZES:
        message = f"BENCH is “{name}”. Leave it out, or write BENCH=quick."
        raise SystemExit(message)
    return SIZES[name]
