"""Which places a file has spoken of already, packed so that a million rows fit in little memory."""

from __future__ import annotations

from array import array
from typing import Final, NamedTuple

_NONE: Final = -1
_FACTS: Final = 5

Counts = tuple[int | None, int | None, int | None]
"""kk, kk_rentan, residents."""


class Earlier(NamedTuple):
    """A row about the same place, further up in the file."""

    sheet: str
    row: int
    counts: Counts


class Seen:
    """Rows by kelurahan and RW, or by kelurahan and name: five whole numbers for each."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._sheets: list[str] = []
        self._facts = array("i")
        self._areas: dict[str, array[int]] = {}
        self._names: dict[int, int] = {}

    def area(self, kelurahan: str, rw: int) -> Earlier | None:
        """Return the earlier row about an RW."""
        slots = self._areas.get(kelurahan)
        if slots is None or rw >= len(slots) or not slots[rw]:
            return None
        return self._earlier(slots[rw] - 1)

    def add_area(self, kelurahan: str, rw: int, sheet: str, row: int, counts: Counts) -> None:
        """Remember a row about an RW."""
        slots = self._areas.get(kelurahan)
        if slots is None:
            slots = self._areas[kelurahan] = array("i", bytes(4 * 16))
        if rw >= len(slots):
            slots.extend([0] * (rw + 8 - len(slots)))
        slots[rw] = self._add(sheet, row, counts) + 1

    def meet(self, kelurahan: str, rw: int, sheet: str, row: int, counts: Counts) -> Earlier | None:
        """Return the earlier row about an RW; where there is none, remember this one."""
        earlier = self.area(kelurahan, rw)
        if earlier is None:
            self.add_area(kelurahan, rw, sheet, row, counts)
        return earlier

    def name(self, kelurahan: str, name: str) -> Earlier | None:
        """Return the earlier row about an institution."""
        at = self._names.get(hash((kelurahan, name)))
        return None if at is None else self._earlier(at)

    def add_name(self, kelurahan: str, name: str, sheet: str, row: int, counts: Counts) -> None:
        """Remember a row about an institution."""
        self._names[hash((kelurahan, name))] = self._add(sheet, row, counts)

    def _add(self, sheet: str, row: int, counts: Counts) -> int:
        """Append the facts of a row and return their place."""
        if not self._sheets or self._sheets[-1] != sheet:
            self._sheets.append(sheet)
        kk, kk_rentan, residents = counts
        facts = self._facts
        at = len(facts) // _FACTS
        facts.extend(
            (
                len(self._sheets) - 1,
                row,
                _NONE if kk is None else kk,
                _NONE if kk_rentan is None else kk_rentan,
                _NONE if residents is None else residents,
            )
        )
        return at

    def _earlier(self, at: int) -> Earlier:
        sheet, row, *counts = self._facts[at * _FACTS : (at + 1) * _FACTS]
        kk, kk_rentan, residents = (None if count == _NONE else count for count in counts)
        return Earlier(self._sheets[sheet], row, (kk, kk_rentan, residents))
