"""Why this place, why so many, why not the nearer one, what if: as data, from which prose is made.

Nothing here is worded. Whoever writes a sentence takes its numbers from these fields alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints, Mask
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.plan import Plan
from ksbb.allocation.recommend import Recommendation, answer

FARTHER_KM: Final = 3.0

ALL_THAT_IS_MISSING: Final = "need"
LEAST_PER_STOP: Final = "min_drop"
FAIR_SHARE: Final = "share"

FULL: Final = "full"
BETTER_COVERED: Final = "better_covered"
WORTH_LESS: Final = "worth_less"


class Skipped(NamedTuple):
    """The nearest place that was passed over on the way to a stop, and why."""

    row: int
    km: float
    coverage: float
    open: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One stop. Coverages are packages per family, before and after this offer.

    ``rank`` is its place among the ``pool_size`` places in reach that miss something, 1 = least
    covered; ``mean`` the coverage of all families in reach. ``because`` says what set the quantity:
    need, min_drop or share. ``tied``: another place was like it in everything but the draw.
    """

    row: int
    quantity: int
    need: int
    committed: int
    open: int
    km: float
    rank: int
    pool_size: int
    before: float
    after: float
    mean: float
    because: str
    tied: bool
    skipped: Skipped | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The same packages with one term changed: ``change`` (field of the offer) set to ``to``."""

    change: str
    to: float
    value: float
    stops: int
    placed: int
    least_before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All there is to say about a recommendation. ``left`` packages found no place."""

    reasons: tuple[Reason, ...]
    what_ifs: tuple[WhatIf, ...]
    placed: int
    left: int
    value: float
    bound: float
    proven: bool
    binding: tuple[str, ...]
    seed: int | None
    digest: str

    @property
    def gap(self) -> float:
        """How much more than this any choice can be worth, as a share of it (0.0 if proven)."""
        return self.bound / self.value - 1.0 if self.value else 0.0


def explain(found: Recommendation) -> Explanation:
    """Explain a recommendation, its stops in order of distance. Solves three what-ifs."""
    order = np.lexsort((found.stops, found.ask.km[found.stops]))
    view = _View(found)
    placed = int(found.x.sum())
    return Explanation(
        reasons=tuple(view.reason(int(row)) for row in found.stops[order]),
        what_ifs=what_ifs(found),
        placed=placed,
        left=found.ask.packages - placed,
        value=found.value,
        bound=found.bound,
        proven=found.proven,
        binding=found.binding,
        seed=found.ask.seed,
        digest=found.digest,
    )


def what_ifs(found: Recommendation) -> tuple[WhatIf, ...]:
    """Solve again three kilometres farther, with one stop more, with half the least per stop."""
    asked = found.ask
    tries: list[tuple[str, float]] = []
    if np.isfinite(asked.within_km):
        tries.append(("within_km", asked.within_km + FARTHER_KM))
    if asked.max_stops < asked.packages:
        tries.append(("max_stops", asked.max_stops + 1))
    if asked.min_drop > 1:
        tries.append(("min_drop", -(-asked.min_drop // 2)))
    return tuple(_what_if(found, change, to) for change, to in tries)


def _what_if(found: Recommendation, change: str, to: float) -> WhatIf:
    other = answer(found.ask.but(**{change: to}))
    before = _coverage(found)[other.stops]
    return WhatIf(
        change=change,
        to=to,
        value=other.value,
        stops=len(other.stops),
        placed=int(other.x.sum()),
        least_before=float(before.min()) if len(before) else 0.0,
    )


class _View:
    """What all reasons of a recommendation share."""

    def __init__(self, found: Recommendation) -> None:
        self.found, self.places, self.km = found, found.ask.places, found.ask.km
        self.before = _coverage(found)
        self.reach: Mask = self.km <= found.ask.within_km
        self.pool: Mask = self.reach & (self.places.gap > 0)
        self.mean = _mean(self.places.need[self.reach], self.before[self.reach])

    def reason(self, row: int) -> Reason:
        """Return why a stop was chosen and what it gets."""
        places, quantity = self.places, int(self.found.x[row])
        need, committed = int(places.need[row]), int(places.committed[row])
        return Reason(
            row=row,
            quantity=quantity,
            need=need,
            committed=committed,
            open=int(places.gap[row]),
            km=float(self.km[row]),
            rank=1 + int((self.before[self.pool] < self.before[row]).sum()),
            pool_size=int(self.pool.sum()),
            before=float(self.before[row]),
            after=(committed + quantity) / need,
            mean=self.mean,
            because=self._because(row, quantity),
            tied=self._tied(row),
            skipped=self._skipped(row),
        )

    def _because(self, row: int, quantity: int) -> str:
        if quantity == self.places.gap[row]:
            return ALL_THAT_IS_MISSING
        return LEAST_PER_STOP if quantity == self.found.ask.min_drop else FAIR_SHARE

    def _tied(self, row: int) -> bool:
        places = self.places
        alike = self.pool & (places.need == places.need[row]) & (places.gap == places.gap[row])
        alike &= (places.weighted == places.weighted[row]) & (self.km == self.km[row])
        return int(alike.sum()) > int((alike & (self.found.x > 0)).sum())

    def _skipped(self, row: int) -> Skipped | None:
        """Return the nearest place nearer than a stop that gets nothing."""
        nearer = np.flatnonzero((self.km < self.km[row]) & (self.found.x == 0))
        if not len(nearer):
            return None
        nearest = int(nearer[np.lexsort((self.places.lot[nearer], self.km[nearer]))[0]])
        return Skipped(
            row=nearest,
            km=float(self.km[nearest]),
            coverage=float(self.before[nearest]),
            open=int(self.places.gap[nearest]),
            why=self._why(nearest, row),
        )

    def _why(self, nearest: int, row: int) -> str:
        if not self.places.gap[nearest]:
            return FULL
        return BETTER_COVERED if self.before[nearest] > self.before[row] else WORTH_LESS


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReason:
    """One row of a plan. All in its ``piece`` who still miss something stand at ``level`` or above.

    ``offers`` and ``packages`` are those that serve the piece: they cannot be brought to where the
    level is lower, because their givers' wishes or weeks do not reach there. ``level`` is None
    where nobody in the piece misses anything.
    """

    row: int
    quantity: int
    need: int
    before: float
    after: float
    piece: int
    pieces: int
    level: float | None
    rows: int
    offers: int
    packages: int


def explain_row(plan: Plan, row: int) -> PlanReason:
    """Explain what a plan does for a row. Raises CannotAllocate for a row that is not there."""
    if not 0 <= row < len(plan.x):
        raise CannotAllocate("too_large", field="row", row=row, most=len(plan.x) - 1)
    piece = int(plan.piece[row])
    here = plan.piece == piece
    cell_here = np.zeros(plan.cells.count, bool)
    cell_here[plan.cells.cell[here]] = True
    sent = cell_here[plan.flow.cell]
    level = float(plan.piece_level[piece])
    need, committed = int(plan.places.need[row]), int(plan.places.committed[row])
    return PlanReason(
        row=row,
        quantity=int(plan.x[row]),
        need=need,
        before=committed / need,
        after=(committed + int(plan.x[row])) / need,
        piece=piece,
        pieces=len(plan.piece_level),
        level=level if np.isfinite(level) else None,
        rows=int(here.sum()),
        offers=len(np.unique(plan.flow.offer[sent])),
        packages=int(plan.flow.quantity[sent].sum()),
    )


def _coverage(found: Recommendation) -> Floats:
    covered: Floats = found.ask.places.committed / found.ask.places.need
    return covered


def _mean(need: Ints, coverage: Floats) -> float:
    return float((need * coverage).sum() / need.sum())
