"""B6: a country's plan beside a min-cost flow (OR-tools): one arc a package, dearer and dearer.

The reference is told what a fair share may be at most (the plan's and two packages), so it has
a few dozen arcs a row instead of hundreds. Each contender runs in a process of its own, which says
how long it took and by how much its memory grew. OR-tools is installed by hand:
without it this case is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmarks.allocation_ground import COUNTRY, JAKARTA, City, city, milliseconds
from benchmarks.results import MILLISECONDS, Case, Goal
from ksbb.allocation.cells import Cells, cells
from ksbb.allocation.plan import Plan, plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size

PRECISION: Final = 10**9
CONTENDERS: Final = {"plan": "plan", "min-cost flow (OR-tools)": "flow"}


def measure(size: Size) -> Iterator[Case]:
    """Yield times and memory, a country at full size and a city otherwise."""
    if find_spec("ortools") is None:
        return
    name = "COUNTRY" if size.places > COUNTRY.places else "JAKARTA"
    times = Case(title=f"B6: plan beside a min-cost flow, {name.lower()}", unit=MILLISECONDS)
    memory = Case(title="B6: memory the two take", unit="MB")
    for label, what in CONTENDERS.items():
        command = [sys.executable, "-m", "benchmarks.allocation_flow", what, name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
        told = json.loads(done.stdout)
        times.rounds[label], memory.rounds[label] = [told["ms"]], [told["mb"]]
    ours, theirs = CONTENDERS
    times.goals.append(Goal(theirs, ours, at_least=50))
    memory.goals.append(Goal(theirs, ours, at_least=25))
    yield times
    yield memory


def _run(what: str, name: str) -> dict[str, float]:
    given = city({"COUNTRY": COUNTRY, "JAKARTA": JAKARTA}[name])
    found = cells(given.area, given.xy, given.week, given.offers, place=given.place)
    made: list[Any] = []
    if what == "plan":
        before = _memory_before()
        took = milliseconds(lambda: made.append(_planned(given, found)))
        return {"ms": took, "mb": max(_memory("VmHWM") - before, 1.0)}
    fair = _planned(given, found).x
    before = _memory_before()
    took = milliseconds(lambda: made.append(_flow(given, found, fair)))
    assert np.abs(made[0] - fair).max() <= 1
    return {"ms": took, "mb": _memory("VmHWM") - before}


def _planned(given: City, found: Cells) -> Plan:
    return plan(given.need, given.committed, found, lot=given.lot)


def _memory_before() -> float:
    """Forget how much was taken at most so far, and return what is taken now."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(line: str) -> float:
    status = Path("/proc/self/status").read_text()
    return float(status.split(f"{line}:")[1].split()[0]) / 1024


def _flow(given: City, found: Cells, fair: Any) -> Any:
    """Return packages per row at least cost: source, offers, hubs, cells, rows, sink."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - no dependency of ours

    offers, rows = len(found.offers), len(given.need)
    hub, cell, row = 1 + offers, 1 + offers + found.hubs, 1 + offers + found.hubs + found.count
    sink, wide = row + rows, int(fair.sum())
    gap = np.maximum(given.need - given.committed, 0)
    times = np.minimum(fair + 2, gap)
    which = np.repeat(np.arange(rows), times)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
    key = (given.committed[which] + nth) / given.need[which]
    arcs = [
        (np.zeros(offers, int), 1 + np.arange(offers), found.offers.packages, 0),
        (1 + found.into.tail, hub + found.into.head, wide, 0),
        (hub + found.out.tail, cell + found.out.head, wide, 0),
        (1 + found.direct.tail, cell + found.direct.head, wide, 0),
        (cell + found.cell, row + np.arange(rows), wide, 0),
        (row + which, np.full(len(which), sink), 1, np.rint(key * PRECISION).astype(np.int64)),
    ]
    solver = min_cost_flow.SimpleMinCostFlow()
    for tail, head, most, cost in arcs:
        count = len(tail)
        last = solver.add_arcs_with_capacity_and_unit_cost(
            tail, head, np.broadcast_to(most, count), np.broadcast_to(cost, count)
        )
    solver.set_nodes_supplies(np.array([0, sink]), np.array([wide, -wide]))
    assert solver.solve() == solver.OPTIMAL
    return np.bincount(which, solver.flows(last), rows).astype(np.int64)


if __name__ == "__main__":
    print(json.dumps(_run(*sys.argv[1:])))
