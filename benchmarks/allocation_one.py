"""B4 and B11: one giver's stops beside HiGHS, and how long a web request waits for them."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from benchmarks.allocation_ground import COVERED, JAKARTA, families, milliseconds
from benchmarks.results import MILLISECONDS, Case, Goal
from ksbb.allocation.explain import Explanation, explain
from ksbb.allocation.lots import public_lot
from ksbb.allocation.recommend import Recommendation, recommend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

_CALLS: Final = 5
PATIENCE: Final = 20.0
"""Seconds that HiGHS gets for one instance."""

SHAPES: Final = (
    (2.0, 600, 1, 50),
    (2.0, 600, 3, 50),
    (2.0, 600, 5, 50),
    (2.0, 600, 10, 20),
    (2.0, 600, 20, 10),
    (2.0, 300, 10, 30),
    (3.0, 600, 5, 50),
    (3.0, 600, 10, 50),
    (4.0, 300, 5, 50),
    (5.0, 600, 5, 50),
    (5.0, 1000, 10, 100),
)
"""Kilometres, packages, stops, least per stop. The last is hard: stops × least = packages."""


class Asked(NamedTuple):
    """An instance of Jakarta's size around one point."""

    need: Any
    committed: Any
    weight: Any
    km: Any
    lot: Any
    reach: float
    packages: int
    stops: int
    least: int


def measure(size: Size) -> Iterator[Case]:
    """Yield times beside HiGHS, the values, how many were proven, and the waits."""
    shapes = SHAPES[: size.instances]
    asked = [_asked(shape, seed) for seed, shape in enumerate(shapes)]
    times = Case(title=f"B4: recommend beside HiGHS, {len(asked)} instances", unit=MILLISECONDS)
    values = Case(title="B4: what the stops are worth", unit="packages")
    for one in asked:
        ours, theirs = _both(one, times)
        values.rounds.setdefault("recommend", []).append(ours)
        values.rounds.setdefault("HiGHS", []).append(theirs)
    ratios = [a / b for a, b in zip(*(values.rounds[name] for name in values.rounds), strict=True)]
    values.rounds["recommend, worst instance"], values.rounds["as much"] = [min(ratios)], [1.0]
    times.goals += [Goal("HiGHS", "recommend", at_least=200)]
    slowest = min(
        a / b for a, b in zip(times.rounds["HiGHS"], times.rounds["recommend"], strict=True)
    )
    times.rounds["HiGHS ÷ recommend, worst instance"], times.rounds["once"] = [slowest], [1.0]
    times.goals.append(Goal("HiGHS ÷ recommend, worst instance", "once", at_least=25))
    values.goals.append(Goal("recommend, worst instance", "as much", at_least=0.999999))
    yield times
    yield values
    yield _proven(size)
    yield _waits(size)


def _asked(shape: tuple[float, int, int, int], seed: int) -> Asked:
    chance = np.random.default_rng(seed)
    count = JAKARTA.places
    xy = chance.random((count, 2)) * JAKARTA.side
    need = families(chance, count)
    covered = chance.random(count) < COVERED
    committed = np.where(covered, chance.random(count) * need, 0).astype(np.int64)
    km = np.hypot(*(xy - xy[chance.integers(0, count)]).T)
    weight = chance.integers(800, 1501, count)
    return Asked(need, committed, weight, km, public_lot(np.arange(count), seed), *shape)


def _ours(one: Asked) -> Recommendation:
    return recommend(
        one.need,
        one.committed,
        one.km,
        lot=one.lot,
        packages=one.packages,
        max_stops=one.stops,
        min_drop=one.least,
        within_km=one.reach,
        weight_milli=one.weight,
    )


def _both(one: Asked, times: Case) -> tuple[float, float]:
    answers: dict[str, float] = {}

    def keep(name: str, value: float) -> None:
        answers[name] = value

    calls = {
        "recommend": lambda: keep("recommend", _ours(one).value),
        "HiGHS": lambda: keep("HiGHS", _highs(one)),
    }
    # The solver takes seconds and is timed once; ours takes the median of a few calls.
    again = [milliseconds(calls["recommend"]) for _ in range(_CALLS)]
    times.rounds.setdefault("recommend", []).append(median(again))
    times.rounds.setdefault("HiGHS", []).append(milliseconds(calls["HiGHS"]))
    return answers["recommend"], answers["HiGHS"]


def _highs(one: Asked) -> float:
    """Return the best worth HiGHS finds in time.

    y says whether a stop is made, x how much it gets, v what that is worth: below each chord
    between two whole amounts, in its perspective form, which is the tightest there is.
    """
    some = np.flatnonzero((one.km <= one.reach) & (one.need > one.committed))
    rows: list[tuple[list[int], list[float], float]] = []
    count = len(some)
    gap = (one.need - one.committed)[some]
    for at, place in enumerate(some):
        y, x, v = at, count + at, 2 * count + at
        amounts = np.arange(min(one.least, gap[at]), gap[at] + 1)
        worth = _worth(one, place, amounts)
        slope = np.diff(worth) if len(amounts) > 1 else np.zeros(1)
        rows += [
            ([v, x, y], [1.0, -rise, -(value - rise * amount)], 0.0)
            for rise, value, amount in zip(slope, worth, amounts, strict=False)
        ]
        rows += [([x, y], [1.0, -float(gap[at])], 0.0), ([y, x], [float(amounts[0]), -1.0], 0.0)]
    rows.append((list(range(count, 2 * count)), [1.0] * count, float(one.packages)))
    rows.append((list(range(count)), [1.0] * count, float(one.stops)))
    return _solved(rows, count, gap)


def _solved(rows: list[tuple[list[int], list[float], float]], count: int, gap: Any) -> float:
    which = np.repeat(np.arange(len(rows)), [len(row[0]) for row in rows])
    columns = np.concatenate([row[0] for row in rows])
    entries = np.concatenate([row[1] for row in rows])
    matrix = coo_array((entries, (which, columns)), shape=(len(rows), 3 * count)).tocsr()
    free = np.full(count, np.inf)
    found: Any = milp(
        np.r_[np.zeros(2 * count), -np.ones(count)],
        integrality=np.r_[np.ones(count), np.zeros(2 * count)],
        bounds=Bounds(np.r_[np.zeros(2 * count), -free], np.r_[np.ones(count), gap, free]),
        constraints=LinearConstraint(matrix, -np.inf, [row[2] for row in rows]),
        options={"time_limit": PATIENCE, "mip_rel_gap": 1e-9},
    )
    return float("nan") if found.x is None else float(-found.fun)


def _worth(one: Asked, place: int, amounts: Any) -> Any:
    need, committed = float(one.need[place]), float(one.committed[place])
    share = amounts * (1 - committed / need) - amounts * amounts / (2 * need)
    return one.weight[place] / 1000 * share - 0.3 * one.km[place]


def _proven(size: Size) -> Case:
    asked = [_asked(shape, seed) for shape in SHAPES for seed in range(100, 100 + size.rounds * 2)]
    case = Case(title="B4: how many answers are proven", unit="instances")
    case.rounds = {
        "proven": [float(sum(_ours(one).proven for one in asked))],
        "asked": [float(len(asked))],
    }
    case.goals.append(Goal("proven", "asked", at_least=0.99))
    return case


def _waits(size: Size) -> Case:
    """Time a whole answer: recommendation, reasons and three what-ifs, 600–1,000 within 5 km."""
    case = Case(title="B11: recommend and explain, with three what-ifs", unit=MILLISECONDS)
    shapes = [(5.0, 600, 5, 50), (5.0, 600, 10, 50), (5.0, 1000, 10, 100), (5.0, 800, 8, 50)]
    for shape in shapes:
        name = f"{shape[1]} packages, {shape[2]} stops of at least {shape[3]}"
        asked = [_asked(shape, seed) for seed in range(200, 200 + size.repeats)]
        waits = [milliseconds(partial(_explained, one)) for one in asked]
        case.rounds[name] = waits
        case.p95_ms[name] = [float(np.percentile(waits, 95))]
        case.goals.append(Goal(name, at_most=100))
    return case


def _explained(one: Asked) -> Explanation:
    return explain(_ours(one))
