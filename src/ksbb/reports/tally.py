"""The sums behind a programme's figures, which add up and can be kept as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from ksbb.reports.statements import Row

Kept = dict[str, dict[str, int]]
"""The sums by name and key. JSON knows only text as a key, so every key is text."""


class _Sums(NamedTuple):
    """One row of sql/figures.sql. Keys are None where the row counts across them."""

    phase: int | None
    aid_type: int | None
    kota: str | None
    giver: int | None
    need: int
    committed: int
    delivered: int
    received: int
    aided: int
    fulfilled: int
    rw: int
    institutions: int
    kelurahan: int


@dataclass(kw_only=True)
class Tally:
    """Packages per phase and aid type ("7/3"), packages per giver, RW per phase.

    `kelurahan` counts those reached per kota, `reached` the "rw" and "institutions" reached in
    any phase.
    """

    need: Counter[str] = field(default_factory=Counter)
    committed: Counter[str] = field(default_factory=Counter)
    delivered: Counter[str] = field(default_factory=Counter)
    received: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    aided: Counter[str] = field(default_factory=Counter)
    fulfilled: Counter[str] = field(default_factory=Counter)
    kelurahan: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_json(cls, kept: Kept) -> Self:
        """Return what `as_json` gave away."""
        return cls(**{name: Counter(sums) for name, sums in kept.items()})

    def as_json(self) -> Kept:
        """Return the sums that are not nothing."""
        return {
            name: {key: total for key, total in sums.items() if total}
            for name, sums in vars(self).items()
        }

    def add(self, rows: Iterable[Row]) -> None:
        """Add the rows of sql/figures.sql."""
        for row in rows:
            self._add(_Sums(*row[:4], *map(int, row[4:])))

    def _add(self, row: _Sums) -> None:
        if row.giver:
            self.given[str(row.giver)] += row.committed
        elif row.aid_type:
            cell = f"{row.phase}/{row.aid_type}"
            self.need[cell] += row.need
            self.committed[cell] += row.committed
            self.delivered[cell] += row.delivered
            self.received[cell] += row.received
        elif row.phase:
            self.aided[str(row.phase)] += row.aided
            self.fulfilled[str(row.phase)] += row.fulfilled
        elif row.kota:
            self.kelurahan[row.kota] += row.kelurahan
        else:
            self.reached["rw"] += row.rw
            self.reached["institutions"] += row.institutions


def by_aid_type(cells: Counter[str]) -> Counter[int]:
    """Return packages of all phases, by key of the aid type."""
    sums: Counter[int] = Counter()
    for cell, packages in cells.items():
        sums[int(cell.partition("/")[2])] += packages
    return sums
