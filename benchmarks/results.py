"""What was measured: contenders side by side, and the ratios that were aimed at."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final, NamedTuple

PER_SECOND: Final = "per second"
MILLISECONDS: Final = "ms"


class Goal(NamedTuple):
    """A wish: `ours` divided by `beside` shall be at least, or at most, so much.

    Without `beside` the wish is about `unit` by itself: of the 95th percentile where calls per
    second are measured, of the median otherwise.
    """

    ours: str
    beside: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    unit: str = "ms"

    def text(self) -> str:
        """Return the wish in words."""
        subject = f"{self.ours} ÷ {self.beside}" if self.beside else f"{self.ours}, {self.unit}"
        return f"{subject} ≥ {self.at_least}" if self.at_least else f"{subject} ≤ {self.at_most}"

    def met(self, value: float) -> bool:
        """Tell whether a measured value fulfils the wish."""
        return value >= self.at_least if self.at_least else value <= (self.at_most or 0)


@dataclass(kw_only=True)
class Case:
    """One situation, and for each contender the figure of every round in turn.

    The rounds are interleaved (first of each, second of each …), so a ratio taken round by round
    compares what ran under the same load of the machine; the median of these ratios counts.
    """

    title: str
    unit: str
    rounds: dict[str, list[float]] = field(default_factory=dict)
    p95_ms: dict[str, list[float]] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """Return medians, ratios and whether the goals are met, ready for JSON."""
        return {
            "case": self.title,
            "unit": self.unit,
            "median": {name: round(median(values), 3) for name, values in self.rounds.items()},
            "p95_ms": {name: round(median(values), 1) for name, values in self.p95_ms.items()},
            "goals": [self._judged(goal) for goal in self.goals],
        }

    def _judged(self, goal: Goal) -> dict[str, Any]:
        value = self._value(goal)
        return {"goal": goal.text(), "value": round(value, 2), "met": goal.met(value)}

    def _value(self, goal: Goal) -> float:
        if goal.beside is None:
            return median((self.p95_ms or self.rounds)[goal.ours])
        pairs = zip(self.rounds[goal.ours], self.rounds[goal.beside], strict=True)
        return median(ours / beside for ours, beside in pairs)
