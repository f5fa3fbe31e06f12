"""B1–B3 and B8: one stock, and stocks of nested areas."""

from __future__ import annotations

import heapq
import tracemalloc
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from benchmarks.allocation_ground import Pool, pool, race
from benchmarks.results import MILLISECONDS, Case, Goal
from ksbb.allocation.fill import Fill, fill
from ksbb.allocation.lots import public_lot
from ksbb.allocation.tree import tree_fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

CITY: Final = 3_700
AREAS: Final = (1, 20, 400, 2_000, 20_000)
PRECISION: Final = 10**12
"""What a weighted coverage in thousandths of thousandths counts as a cost."""


def measure(size: Size) -> Iterator[Case]:
    """Yield a million places (a hundred thousand when quick) beside a sort, then the references."""
    count = size.places
    yield _beside_a_sort(pool(count), count, size, "B1: fill, typical", most=2.0)
    for name, hard in _shapes(count).items():
        yield _beside_a_sort(hard, count, size, f"B1: fill, {name}", most=7.0)
    yield _memory(pool(count), count)
    yield _beside_a_heap(pool(CITY), size)
    yield from _beside_a_flow(pool(CITY), size)
    yield _beside_highs(pool(CITY), size)
    yield _areas(count, size)


def _beside_a_sort(given: Pool, count: int, size: Size, title: str, *, most: float) -> Case:
    numbers = np.random.default_rng(1).random(count)
    case = Case(title=f"{title}, {count:,} places", unit=MILLISECONDS)
    case.goals.append(Goal("fill", "np.sort", at_most=most))
    return race(
        case, {"fill": partial(_fill, given), "np.sort": partial(np.sort, numbers)}, size.rounds
    )


def _fill(given: Pool) -> Fill:
    need, committed, weight, lot, supply = given
    return fill(need, committed, supply, lot=lot, weight_milli=weight)


def _shapes(count: int) -> dict[str, Pool]:
    """Return pools on which a search for the level has a hard time."""
    usual = pool(count)
    chance = np.random.default_rng(2)
    steep = np.minimum(1 + chance.pareto(0.8, count), 1e4).astype(np.int64)
    none, alike = np.zeros(count, np.int64), np.full(count, 100)
    lot = public_lot(np.arange(count), 7)
    missing = int(np.maximum(usual.need - usual.committed, 0).sum())
    return {
        "half of the places get one": Pool(usual.need, none, None, lot, count // 2),
        "needs by a power law": Pool(steep, none, None, lot, int(0.3 * steep.sum())),
        "all places alike": Pool(alike, none, None, lot, 30 * count + count // 2),
        "all but one package": usual._replace(supply=missing - 1),
    }


def _memory(given: Pool, count: int) -> Case:
    tracemalloc.start()
    _fill(given)
    peak = tracemalloc.get_traced_memory()[1] / (8 * count)
    tracemalloc.stop()
    case = Case(title="B1: memory of fill", unit="arrays of 8 bytes a place")
    case.rounds["fill"] = [peak]
    case.goals.append(Goal("fill", at_most=14.0, unit="arrays"))
    return case


def _beside_a_heap(given: Pool, size: Size) -> Case:
    """Compare with the exact heap: package by package, the same answer."""
    assert _fill(given).x.tolist() == _heap(given)
    case = Case(title=f"B2: fill beside an exact heap, {CITY:,} places", unit=MILLISECONDS)
    case.goals.append(Goal("heap", "fill", at_least=500))
    return race(case, {"fill": partial(_fill, given), "heap": partial(_heap, given)}, size.rounds)


def _heap(given: Pool) -> list[int]:
    need, committed, weight, lot = (column.tolist() for column in given[:4])
    x = [0] * len(need)

    def key(place: int) -> tuple[float, int, int, int, int]:
        weighted = weight[place] * need[place]
        return (
            (committed[place] + x[place]) / weighted,
            -need[place],
            weighted,
            lot[place],
            place,
        )

    heap = [key(place) for place in range(len(need)) if committed[place] < need[place]]
    heapq.heapify(heap)
    for _ in range(given.supply):
        place = heap[0][-1]
        x[place] += 1
        if committed[place] + x[place] < need[place]:
            heapq.heapreplace(heap, key(place))
        else:
            heapq.heappop(heap)
    return x


def _beside_a_flow(given: Pool, size: Size) -> Iterator[Case]:
    """Compare with a min-cost flow, one arc a package, which places the same but for ties."""
    if find_spec("ortools") is None:
        return
    ours, theirs = _fill(given), _flow(given)
    worst = [
        float(((given.committed + x) / (given.weight * given.need)).min()) for x in (ours.x, theirs)
    ]
    assert np.abs(ours.x - theirs).max() <= 1
    name = "min-cost flow (OR-tools)"
    case = Case(title=f"B2: fill beside a min-cost flow, {CITY:,} places", unit=MILLISECONDS)
    case.goals.append(Goal(name, "fill", at_least=1_000))
    calls = {"fill": partial(_fill, given), name: partial(_flow, given)}
    yield race(case, calls, min(size.rounds, 3))
    level = Case(title="B2: the lowest coverage the two reach", unit="× 1,000,000")
    level.rounds = {"fill": [worst[0] * 1e9], name: [worst[1] * 1e9]}
    level.goals.append(Goal("fill", name, at_least=1.0))
    yield level


def _flow(given: Pool) -> Any:
    """Return packages per place at least cost; each package is an arc dearer than the one before.

    Costs are whole numbers, so coverages that differ by less than a billionth are alike to it.
    """
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - no dependency of ours

    count = len(given.need)
    gap = np.maximum(given.need - given.committed, 0)
    which = np.repeat(np.arange(count), gap)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(gap) - gap, gap)
    key = (given.committed[which] + nth) / (given.weight * given.need)[which]
    source, sink = count, count + 1
    solver = min_cost_flow.SimpleMinCostFlow()
    for tail, head, most, cost in (
        (np.full(count, source), np.arange(count), gap, np.zeros(count, np.int64)),
        (
            which,
            np.full(len(which), sink),
            np.ones(len(which), np.int64),
            np.rint(key * PRECISION).astype(np.int64),
        ),
    ):
        last = solver.add_arcs_with_capacity_and_unit_cost(tail, head, most, cost)
    solver.set_nodes_supplies(np.array([source, sink]), np.array([given.supply, -given.supply]))
    assert solver.solve() == solver.OPTIMAL
    return np.bincount(which, solver.flows(last), count).astype(np.int64)


def _beside_highs(given: Pool, size: Size) -> Case:
    """Compare with HiGHS on the continuous maximin alone, which is less than is asked of fill."""
    x = _fill(given).x
    worst = ((given.committed + x) / (given.weight * given.need)).min()
    assert worst <= _highs(given) * (1 + 1e-6)
    case = Case(title=f"B3: fill beside HiGHS, continuous, {CITY:,} places", unit=MILLISECONDS)
    case.goals.append(Goal("HiGHS (interior point)", "fill", at_least=300))
    calls = {"fill": partial(_fill, given), "HiGHS (interior point)": partial(_highs, given)}
    return race(case, calls, min(size.rounds, 3))


def _highs(given: Pool) -> float:
    """Return the largest coverage that everybody can have: max L, committed + x ≥ L weight need."""
    count = len(given.need)
    gap = np.maximum(given.need - given.committed, 0)
    rows = np.arange(count)
    weighted = (given.weight * given.need).astype(float)
    covered = coo_array(
        (np.r_[-np.ones(count), weighted], (np.r_[rows, rows], np.r_[rows, np.full(count, count)])),
        shape=(count, count + 1),
    )
    stock = coo_array(np.r_[np.ones(count), 0.0][None, :])
    found: Any = linprog(
        np.r_[np.zeros(count), -1.0],
        A_ub=vstack([covered, stock]),
        b_ub=np.r_[given.committed, given.supply],
        bounds=np.column_stack([np.zeros(count + 1), np.r_[gap, 1.0]]),
        method="highs-ipm",
    )
    return float(-found.fun)


def _areas(count: int, size: Size) -> Case:
    given = pool(count)
    ends = [np.linspace(0, count, areas + 1).astype(int) for areas in AREAS]
    low = np.concatenate([cuts[:-1] for cuts in ends])
    high = np.concatenate([cuts[1:] for cuts in ends])
    depth = np.repeat(np.arange(len(AREAS)), AREAS)
    stock = np.random.default_rng(3).integers(0, 3_000, len(low))
    call = partial(tree_fill, given.need, given.committed, low, high, depth, stock, lot=given.lot)
    numbers = np.random.default_rng(1).random(count)
    title = f"B8: tree_fill, {count:,} places, {len(low):,} areas"
    case = Case(title=title, unit=MILLISECONDS)
    case.goals.append(Goal("tree_fill", "np.sort", at_most=30))
    return race(case, {"tree_fill": call, "np.sort": partial(np.sort, numbers)}, size.rounds)
