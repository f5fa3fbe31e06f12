"""What every kind of file is turned into."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from ksbb.intake.words import Cell

Fills = Mapping[int, Cell]
NO_FILLS: Final[Fills] = MappingProxyType({})

Progress = Callable[[float], None]
"""Takes how much of the file has been read, 0.0 to 1.0."""


class Line(NamedTuple):
    """One line of a sheet, counted from 1 as spreadsheet programs do."""

    number: int
    cells: list[Cell]
    fills: Fills = NO_FILLS
    """Column → value, where a cell reaches over several lines; the first line has it as well."""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet with its lines, to be taken once."""

    name: str
    lines: Iterator[Line]
    is_hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    """Counted from 0."""
