"""A commitment of the scenario with everything that will become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ksbb.demo.book import Cell


class Line(NamedTuple):
    """A quantity promised to one need."""

    cell: Cell
    quantity: int


class Cut(NamedTuple):
    """Quantities by line taken back at one moment; `verb` is cancel, reject or expire."""

    at: datetime
    verb: str
    quantities: dict[int, int]
    reason: str


@dataclass(kw_only=True)
class HandOver:
    """What happens at one place: bringing, the receiver's word, and a mending afterwards.

    `short` packages stay behind; the receiver counts `difference` more or fewer than were brought.
    """

    place: str
    done_at: datetime
    short: int = 0
    confirmed_at: datetime | None = None
    difference: int = 0
    remark: str = ""
    corrected_at: datetime | None = None
    reason: str = ""


@dataclass(kw_only=True)
class Promise:
    """One commitment; all its lines stand in one phase."""

    code: str
    giver: str
    phase: int
    lines: tuple[Line, ...]
    created_at: datetime
    planned_for: date
    window: str
    is_first: bool = False
    is_example: bool = True
    remark: str = ""
    accepted_at: datetime | None = None
    agreed_for: date | None = None
    scheduled_at: datetime | None = None
    cuts: list[Cut] = field(default_factory=list)
    hand_overs: list[HandOver] = field(default_factory=list)
