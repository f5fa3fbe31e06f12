"""B5–B7: plans of a city and of a country, with wishes."""

from __future__ import annotations

import resource
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from benchmarks.allocation_ground import (
    COUNTRY,
    JAKARTA,
    LARGE_COUNTRY,
    City,
    city,
    milliseconds,
    race,
)
from benchmarks.results import MILLISECONDS, Case, Goal
from ksbb.allocation.audit_plan import audit_plan
from ksbb.allocation.cells import Cells, cells
from ksbb.allocation.plan import Plan, plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sizes import Size


def measure(size: Size) -> Iterator[Case]:
    """Yield Jakarta beside HiGHS, and countries beside a sort of a million numbers."""
    yield _beside_highs(city(JAKARTA), size)
    country = COUNTRY if size.places >= COUNTRY.places else JAKARTA
    yield from _beside_a_sort("B6", city(country), size, rounds=min(3, size.rounds))
    if size.places > COUNTRY.places:
        yield from _beside_a_sort("B7", city(LARGE_COUNTRY), size, rounds=1)


def _planned(given: City, found: Cells) -> Plan:
    return plan(given.need, given.committed, found, lot=given.lot)


def _keep(made: list[Plan], given: City, found: Cells) -> None:
    made.append(_planned(given, found))


def _celled(given: City) -> Cells:
    return cells(given.area, given.xy, given.week, given.offers, place=given.place)


def _beside_highs(given: City, size: Size) -> Case:
    """Compare with the first of the many linear programs which successive leximin solves.

    A min-cost flow stands beside the plan of a country in allocation_flow.
    """
    found = _celled(given)
    title = "B5: plan of Jakarta beside one maximin of HiGHS (first of dozens)"
    case = Case(title=title, unit=MILLISECONDS, goals=[Goal("HiGHS", "plan", at_least=30)])
    calls = {"plan": partial(_planned, given, found), "HiGHS": partial(_highs, given, found)}
    return race(case, calls, min(size.rounds, 3))


def _highs(given: City, found: Cells) -> float:
    """Return the largest coverage all rows that any offer reaches can have, on the same cells."""
    ways = _ways(found)
    gap = np.maximum(given.need - given.committed, 0)
    reached = np.isin(found.cell, ways[:, 1]) & (gap > 0)
    rows = np.flatnonzero(reached)
    count, arcs = len(rows), len(ways)
    last = count + arcs
    offers, at = len(found.offers), np.arange(count)
    entries = [
        (at, at, -np.ones(count)),
        (at, np.full(count, last), given.need[rows].astype(float)),
        (count + ways[:, 0], count + np.arange(arcs), np.ones(arcs)),
        (count + offers + found.cell[rows], at, np.ones(count)),
        (count + offers + ways[:, 1], count + np.arange(arcs), -np.ones(arcs)),
    ]
    which, column, entry = (np.concatenate(part) for part in zip(*entries, strict=True))
    height = count + offers + found.count
    limit = np.r_[given.committed[rows], found.offers.packages, np.zeros(found.count)]
    top = np.r_[gap[rows], np.full(arcs, np.inf), 1.0]
    solved: Any = linprog(
        np.r_[np.zeros(last), -1.0],
        A_ub=coo_array((entry, (which, column)), shape=(height, last + 1)).tocsr(),
        b_ub=limit,
        bounds=np.column_stack([np.zeros(last + 1), top]),
        method="highs-ipm",
    )
    return float(-solved.fun)


def _ways(found: Cells) -> Any:
    """Return all (offer, cell) pairs, hubs taken away."""
    order = np.argsort(found.out.tail, kind="stable")
    size = np.bincount(found.out.tail, minlength=found.hubs)
    low = np.cumsum(size) - size
    pairs = [np.column_stack([found.direct.tail, found.direct.head])]
    for offer, hub in zip(found.into.tail, found.into.head, strict=True):
        cell = found.out.head[order[low[hub] : low[hub] + size[hub]]]
        pairs.append(np.column_stack([np.full(len(cell), offer), cell]))
    return np.unique(np.concatenate(pairs), axis=0)


def _beside_a_sort(name: str, given: City, size: Size, *, rounds: int) -> Iterator[Case]:
    places, offers = int(given.place[-1]) + 1, len(given.offers)
    title = f"{name}: plan, {places:,} places × 4 weeks, {offers:,} offers"
    case = Case(title=title, unit=MILLISECONDS)
    found = _celled(given)
    numbers = np.random.default_rng(1).random(1_000_000)
    for _ in range(rounds):
        made: list[Plan] = []
        times = {
            "cells": milliseconds(partial(_celled, given)),
            "plan": milliseconds(partial(_keep, made, given, found)),
            "np.sort of a million": min(
                milliseconds(partial(np.sort, numbers)) for _ in range(size.rounds)
            ),
        }
        times["audit"] = milliseconds(partial(_audited, given, found, made[0]))
        for label, value in times.items():
            case.rounds.setdefault(label, []).append(value)
    if name == "B7":
        case.goals.append(Goal("plan", "np.sort of a million", at_most=250))
    case.goals.append(Goal("audit", "plan", at_most=0.1))
    yield case
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    memory = Case(title=f"{name}: peak memory so far", unit="MB", rounds={"process": [peak]})
    memory.goals.append(Goal("process", at_most=2_048, unit="MB"))
    yield memory


def _audited(given: City, found: Cells, made: Plan) -> None:
    verdict = audit_plan(given.need, given.committed, found, made.x, made.flow, lot=given.lot)
    assert verdict.passed
