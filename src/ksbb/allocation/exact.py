"""The best choice among the few stops that are in question: dynamic programming, exact."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ksbb.allocation.arrays import Floats, Ints, Mask
from ksbb.allocation.gain import Gains, gain


class Core(NamedTuple):
    """Stops in question with the amounts in question (both ends), those that are sure first."""

    stop: Ints
    low: Ints
    high: Ints
    sure: int


class _Table(NamedTuple):
    """``best[j, q]``: j further stops, ``begin + q`` packages; ``choice`` is how it came."""

    best: Floats
    begin: int
    choice: Ints


def work(core: Core, packages: int, max_stops: int) -> int:
    """Return about how many additions `exact` takes."""
    rows = np.where(np.arange(len(core.stop)) < core.sure, 1, max_stops - core.sure + 1)
    return int(((core.high - core.low + 1) * rows).sum()) * packages


def exact(stops: Gains, core: Core, packages: int, max_stops: int) -> tuple[Floats, float]:
    """Return the packages per stop of the core and what they are worth; −inf if nothing fits.

    Sure stops are always in; of the others at most ``max_stops`` − sure.
    """
    rows = max_stops - core.sure + 1
    table = _Table(np.full((rows, 1), -np.inf), 0, np.zeros((rows, 1), np.int64))
    table.best[0, 0] = 0.0
    tables = []
    for nth in range(len(core.stop)):
        table = _with(table, stops.at(core.stop[nth : nth + 1]), core, nth, packages)
        tables.append(table)
    if not table.best.size or not np.isfinite(table.best.max()):
        return np.zeros(len(core.stop)), -np.inf
    row, at = np.unravel_index(int(table.best.argmax()), table.best.shape)
    return _traced(tables, core, int(row), int(at)), float(table.best.max())


def _with(table: _Table, stop: Gains, core: Core, nth: int, packages: int) -> _Table:
    """Let one more stop take each amount in question, or, if it is not sure, nothing."""
    low, high = int(core.low[nth]), int(core.high[nth])
    sure = nth < core.sure
    begin = table.begin + (low if sure else 0)
    end = min(table.begin + table.best.shape[1] - 1 + high, packages)
    best = np.full((len(table.best), max(end - begin + 1, 0)), -np.inf)
    choice = np.zeros(best.shape, np.int64)
    if not sure:
        width = min(table.best.shape[1], best.shape[1])
        best[:, :width] = table.best[:, :width]
    step = 0 if sure else 1
    source = table.best if sure else table.best[:-1]
    worth = gain(stop, np.arange(low, high + 1, dtype=np.float64))
    for amount in range(low, high + 1):
        shift = table.begin + amount - begin
        width = min(table.best.shape[1], best.shape[1] - shift)
        if width <= 0:
            break
        target = best[step:, shift : shift + width]
        found = source[:, :width] + worth[amount - low]
        better: Mask = found > target
        np.copyto(target, found, where=better)
        np.copyto(choice[step:, shift : shift + width], amount, where=better)
    return _Table(best, begin, choice)


def _traced(tables: list[_Table], core: Core, row: int, at: int) -> Floats:
    x = np.zeros(len(core.stop))
    total = tables[-1].begin + at
    for nth in reversed(range(len(core.stop))):
        amount = int(tables[nth].choice[row, total - tables[nth].begin])
        x[nth] = amount
        total -= amount
        row -= 0 if nth < core.sure or not amount else 1
    return x
