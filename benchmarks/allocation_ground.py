"""Invented places and offers for the allocation benchmarks, shaped after a city or a country."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ksbb.allocation.lots import public_lot
from ksbb.allocation.offers import AREA, LIST, RADIUS, Offers, offers

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.results import Case

AWHILE: Final = 20.0
"""Milliseconds for which a contender that is over sooner is called again and again."""

WEEKS = 4
ONE_WEEK = 0.6
COVERED = 0.4
"""The share of places that were promised something already."""


class Pool(NamedTuple):
    """One stock of 30 % of what is needed."""

    need: Any
    committed: Any
    weight: Any
    lot: Any
    supply: int


class City(NamedTuple):
    """Rows are places in weeks."""

    area: Any
    xy: Any
    week: Any
    place: Any
    need: Any
    committed: Any
    lot: Any
    offers: Offers


class Plan(NamedTuple):
    """How large a city is: places, offers, areas per level, kilometres from side to side."""

    places: int
    offers: int
    levels: tuple[int, ...]
    side: float


JAKARTA = Plan(3_700, 200, (6, 44, 267), 26.0)
COUNTRY = Plan(100_000, 2_000, (34, 514, 2_000, 10_000), 500.0)
LARGE_COUNTRY = Plan(1_000_000, 20_000, (34, 514, 2_000, 10_000), 1_500.0)


def families(chance: np.random.Generator, count: int) -> Any:
    """Return families per place: lognormal, half of the places below 150."""
    return np.maximum(1, chance.lognormal(5, 0.8, count)).astype(np.int64)


def pool(count: int, seed: int = 0) -> Pool:
    """Return a pool with promises and weights."""
    chance = np.random.default_rng(seed)
    need = families(chance, count)
    committed = np.where(chance.random(count) < COVERED, (chance.random(count) * need), 0)
    weight = chance.integers(800, 1501, count)
    lot = public_lot(np.arange(count), 7)
    return Pool(need, committed.astype(np.int64), weight, lot, int(0.3 * need.sum()))


def city(size: Plan, seed: int = 0) -> City:
    """Return a city: a tenth of the offers by radius, a twentieth by list, the rest by area."""
    chance = np.random.default_rng(seed)
    xy = chance.random((size.places, 2)) * size.side
    strip = (xy[:, 0] * np.sqrt(size.levels[-1]) / size.side).astype(int)
    xy = xy[np.lexsort((xy[:, 1], strip))]
    path = np.column_stack([np.arange(size.places) * areas // size.places for areas in size.levels])
    place, week = np.repeat(np.arange(size.places), WEEKS), np.tile(np.arange(WEEKS), size.places)
    need = families(chance, size.places)[place]
    covered = chance.random(len(need)) < COVERED
    committed = np.where(covered, chance.random(len(need)) ** 3 * need, 0).astype(np.int64)
    table = _offers(chance, size, xy, int(0.24 * need.sum()))
    lot = public_lot(np.arange(len(need)), 7)
    return City(path[place], xy[place], week, place, need, committed, lot, table)


def _offers(chance: np.random.Generator, size: Plan, xy: Any, total: int) -> Offers:
    count = size.offers
    kind = chance.choice([AREA, RADIUS, LIST], count, p=[0.85, 0.10, 0.05])
    level = chance.integers(-1, len(size.levels), count)
    areas = np.array([1, *size.levels])[level + 1]
    first = chance.integers(0, WEEKS, count)
    longer = np.minimum(first + chance.integers(1, WEEKS, count), WEEKS - 1)
    share = chance.lognormal(0, 1, count)
    near = xy[chance.integers(0, size.places, count)]
    return offers(
        np.maximum(1, share / share.sum() * total).astype(np.int64),
        kind=kind,
        level=level,
        area=(chance.random(count) * areas).astype(np.int64),
        x=near[:, 0],
        y=near[:, 1],
        km=chance.choice([1.0, 2.0, 5.0], count),
        lists=[chance.integers(0, size.places, 10) if one == LIST else [] for one in kind],
        week_from=first,
        week_to=np.where(chance.random(count) < ONE_WEEK, first, longer),
    )


def race(case: Case, contenders: dict[str, Callable[[], object]], rounds: int) -> Case:
    """Time the contenders in turn, in milliseconds, round after round."""
    for call in contenders.values():
        call()
    for _ in range(rounds):
        for name, call in contenders.items():
            case.rounds.setdefault(name, []).append(settled(call))
    return case


def settled(call: Callable[[], object]) -> float:
    """Return how long a call takes, once it runs.

    What lasts a tenth of a millisecond is otherwise measured with the caches as the contender
    before it left them. Both sides are treated alike; who takes longer is called once.
    """
    once = milliseconds(call)
    return median([once, *(milliseconds(call) for _ in range(int(AWHILE / once)))])


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long one call takes."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1e3
