"""B9 and B10: what planning and rotating do for people, in an invented Jakarta."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmarks.allocation_ground import JAKARTA, families
from benchmarks.results import Case, Goal
from ksbb.allocation.cells import cells
from ksbb.allocation.fill import fill
from ksbb.allocation.lots import public_lot
from ksbb.allocation.metrics import Metrics, metrics
from ksbb.allocation.offers import Offers, offers
from ksbb.allocation.plan import plan
from ksbb.allocation.rotate import rotate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

DONORS: Final = 106
PACKAGES: Final = 297_270
WEEKS: Final = 4
WEEKLY: Final = 123_000
"""Packages of one week in B10: a quarter of what is needed."""
LEAST: Final = 25
SEEDS: Final = 4
"""Cities a round."""


def measure(size: Size) -> Iterator[Case]:
    """Yield one plan beside each donor by itself, and visits beside small drops.

    No plan can have a smaller Gini than the fair one (to the rounding of whole packages), so the
    ratio tells of the wishes and of the order in which donors came. From seed to seed it lies
    anywhere between 0.1 and 0.8, hence many of them.
    """
    seeds = SEEDS * size.rounds
    title = f"B9: Gini and p10 of coverage, 106 donors with area wishes, {seeds} cities"
    fair = Case(title=title, unit="× 1,000")
    for seed in range(seeds):
        for name, value in _simulated(seed).items():
            fair.rounds.setdefault(name, []).append(value)
    fair.goals += [
        Goal("Gini, plan", "Gini, donor by donor", at_most=0.65),
        Goal("p10, plan", "p10, no wishes", at_least=0.75),
    ]
    yield fair
    yield _visits()


def _simulated(seed: int) -> dict[str, float]:
    chance = np.random.default_rng(seed)
    count = JAKARTA.places
    need, lot = families(chance, count) * WEEKS, public_lot(np.arange(count), seed)
    kota, kecamatan = np.arange(count) * 6 // count, np.arange(count) * 44 // count
    table = _wishes(chance, PACKAGES)
    path = np.column_stack([kota, kecamatan])
    wishes = cells(path, np.zeros((count, 2)), np.zeros(count, int), table)
    planned = metrics(need, plan(need, np.zeros(count, int), wishes, lot=lot).x)
    alone = metrics(need, _one_by_one(need, path, table, lot))
    free = metrics(need, fill(need, np.zeros(count, int), PACKAGES, lot=lot).x)
    return {
        "Gini, plan": 1e3 * planned.gini,
        "Gini, donor by donor": 1e3 * alone.gini,
        "p10, plan": 1e3 * planned.p10,
        "p10, no wishes": 1e3 * free.p10,
    }


def _wishes(chance: np.random.Generator, total: int) -> Offers:
    """Return 106 donors: three in ten give anywhere, the others to a kota or a kecamatan."""
    share = chance.lognormal(0, 1.2, DONORS)
    packages = np.maximum(1, share / share.sum() * total).astype(np.int64)
    level = chance.choice([-1, 0, 1], DONORS, p=[0.3, 0.4, 0.3])
    areas = np.array([1, 6, 44])[level + 1]
    return offers(packages, level=level, area=(chance.random(DONORS) * areas).astype(np.int64))


def _one_by_one(need: Any, path: Any, table: Offers, lot: Any) -> Any:
    """Let donors come one after the other; each shares fairly inside its own wish."""
    served = np.zeros(len(need), np.int64)
    for packages, level, area in zip(table.packages, table.level, table.area, strict=True):
        mine = np.flatnonzero((level < 0) | (path[:, max(level, 0)] == area))
        got = fill(need[mine], served[mine], int(packages), lot=lot[mine])
        served[mine] += got.x
    return served


def _visits() -> Case:
    small, _ = _weeks(turns=False)
    large, outcome = _weeks(turns=True)
    case = Case(title="B10: visits of half an RW beside leximin of each week", unit="drops")
    case.rounds = {"rotate": [float(large)], "leximin": [float(small)]}
    case.rounds |= {"never served with rotate": [float(outcome.never_served)]}
    case.goals += [
        Goal("rotate", "leximin", at_most=0.45),
        Goal("never served with rotate", at_most=0, unit="RW"),
    ]
    return case


def _weeks(*, turns: bool) -> tuple[int, Metrics]:
    """Serve four weeks, each planned with what the weeks before brought; return the drops."""
    chance = np.random.default_rng(0)
    count = JAKARTA.places
    need, lot = families(chance, count), public_lot(np.arange(count), 1)
    path = np.column_stack([np.arange(count) * 6 // count, np.arange(count) * 44 // count])
    served = np.zeros(count, np.int64)
    drops = 0
    for week in range(WEEKS):
        table = _wishes(chance, WEEKLY)
        wishes = cells(path, np.zeros((count, 2)), np.zeros(count, int), table)
        made = plan(need * (week + 1), served, wishes, lot=lot, cap=need)
        x = rotate(made, served, min_share_milli=_half(week), min_drop=LEAST).x if turns else made.x
        drops += int((x > 0).sum())
        served += x
    return drops, metrics(need * WEEKS, served)


def _half(week: int) -> int:
    """Return half a week's need as a share of all weeks so far, in thousandths."""
    return 500 // (week + 1)
