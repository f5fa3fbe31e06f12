"""Where and when the scenario plays: phases, days, kinds of places, the rule for needs.

Source of the dates, prices and contents: the programme's published reference aid of April and May
2020. The rule for needs was never published; this one is the plain reading of it (one package per
vulnerable family and week, 1 family = 4 persons).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from ksbb.shared.clock import WIB

SEMBAKO: Final = "sembako"
MEALS: Final = "makanan-siap-saji"
LEBARAN: Final = "paket-lebaran"
THR: Final = "paket-thr"
AID: Final = (SEMBAKO, MEALS, LEBARAN, THR)

RW: Final = "rw"
FIRST_DAY: Final = date(2020, 4, 24)
LAST_DAY: Final = date(2020, 5, 23)
CLOCK: Final = datetime(2020, 5, 22, 12, tzinfo=WIB)
"""Where the clock of the demo stands; nothing happens in the hour before it."""

PERSONS_PER_FAMILY: Final = 4


class Span(NamedTuple):
    """The days of one phase, both ends included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.ends_on - self.starts_on).days + 1


PHASES: Final = {
    1: Span(date(2020, 4, 24), date(2020, 4, 30)),
    2: Span(date(2020, 5, 1), date(2020, 5, 7)),
    3: Span(date(2020, 5, 8), date(2020, 5, 14)),
    4: Span(date(2020, 5, 15), date(2020, 5, 23)),
}
LAST_PHASE: Final = 4


class Rule(NamedTuple):
    """Need = count × multiplier ÷ divisor (× days), rounded up; `phase` None means every phase."""

    aid: str
    multiplier: int
    divisor: int
    per_day: bool
    phase: int | None


AREA_RULES: Final = (
    Rule(SEMBAKO, 1, 1, per_day=False, phase=None),
    Rule(MEALS, PERSONS_PER_FAMILY, 1, per_day=True, phase=None),
    Rule(LEBARAN, 1, 1, per_day=False, phase=LAST_PHASE),
    Rule(THR, PERSONS_PER_FAMILY, 1, per_day=False, phase=LAST_PHASE),
)
"""An RW: counted in vulnerable families."""

INSTITUTION_RULES: Final = (
    Rule(SEMBAKO, 1, PERSONS_PER_FAMILY, per_day=False, phase=None),
    Rule(MEALS, 1, 1, per_day=True, phase=None),
    Rule(LEBARAN, 1, PERSONS_PER_FAMILY, per_day=False, phase=LAST_PHASE),
    Rule(THR, 1, 1, per_day=False, phase=LAST_PHASE),
)
"""An institution: counted in residents."""


def need_of(*, count: int, area: bool, phase: int, aid: str) -> int:
    """Return the need in units of the aid type for `count` families (RW) or residents."""
    for rule in AREA_RULES if area else INSTITUTION_RULES:
        if rule.aid == aid and rule.phase in {None, phase}:
            days = PHASES[phase].days if rule.per_day else 1
            return -(-count * rule.multiplier * days // rule.divisor)
    return 0
