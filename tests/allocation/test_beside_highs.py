"""A solver that knows nothing of how we do it comes to the same."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from ksbb.allocation.fill import fill
from ksbb.allocation.recommend import recommend
from tests.allocation.cities import City, cities, lots
from tests.allocation.flows import solver
from tests.allocation.oracles import Pool, coverages, pools


@pytest.mark.parametrize("seed", range(12))
def test_the_stops_are_worth_what_a_mixed_integer_program_finds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    need = chance.integers(20, 120, 25)
    committed = np.where(chance.random(25) < 0.4, chance.random(25) * need, 0).astype(int)
    km = np.round(chance.random(25) * 5, 1)
    stops, least = int(chance.integers(1, 7)), int(chance.integers(1, 40))

    found = recommend(
        need, committed, km, lot=lots(25), packages=240, max_stops=stops, min_drop=least
    )

    best = by_milp(need.tolist(), committed.tolist(), km.tolist(), 240, stops, least)
    assert found.proven
    assert found.value == pytest.approx(best, rel=1e-6)


def by_milp(
    need: list[int], committed: list[int], km: list[float], packages: int, stops: int, least: int
) -> float:
    """Return the best worth: below each chord of the gain, a stop made or not, its packages."""
    highs = solver()
    made, amount, worth = [], [], []
    for total, has, way in zip(need, committed, km, strict=True):
        y, x = highs.addBinary(), highs.addVariable(0, total - has)
        v = highs.addVariable(-1e9, 1e9)
        amounts = np.arange(min(least, total - has), total - has + 1)
        gains = amounts * (1 - has / total) - amounts**2 / (2 * total) - 0.3 * way
        highs.addConstr(x <= int(amounts[-1]) * y)
        highs.addConstr(x >= int(amounts[0]) * y)
        for at in range(max(len(amounts) - 1, 1)):
            rise = float(gains[at + 1] - gains[at]) if len(amounts) > 1 else 0.0
            highs.addConstr(v <= rise * x + (float(gains[at]) - rise * int(amounts[at])) * y)
        made.append(y)
        amount.append(x)
        worth.append(v)
    highs.addConstr(highs.qsum(amount) <= packages)
    highs.addConstr(highs.qsum(made) <= stops)
    highs.maximize(highs.qsum(worth))
    return float(highs.getObjectiveValue())


@settings(max_examples=60)
@given(pools())
def test_the_worst_off_family_has_almost_what_fractions_of_packages_would_give(pool: Pool) -> None:
    found = fill(
        pool.need,
        pool.committed,
        pool.supply,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=pool.cap,
    )

    worst = coverages(pool, found.x.tolist())[0]
    ceiling = maximin(pool)
    step = max(Fraction(1, w * n) for w, n in zip(pool.weight, pool.need, strict=True))
    assert float(worst) <= ceiling + 1e-9
    assert float(worst) >= ceiling - float(step) - 1e-9


def maximin(pool: Pool) -> float:
    """Return the largest coverage all can have at least, packages being divisible."""
    highs = solver()
    level = highs.addVariable(0, 10)
    amounts = [highs.addVariable(0, gap) for gap in pool.gap]
    for place, x in enumerate(amounts):
        weighted = pool.weight[place] * pool.need[place]
        highs.addConstr(x + pool.committed[place] >= weighted / 1000 * level)
    highs.addConstr(highs.qsum(amounts) <= pool.supply)
    highs.maximize(level)
    return float(highs.getObjectiveValue()) / 1000


@settings(max_examples=60)
@given(cities())
def test_a_plan_places_as_many_packages_as_a_linear_program(city: City) -> None:
    assert city.plan().x.sum() == pytest.approx(most_placed(city), abs=1e-6)


def most_placed(city: City) -> float:
    highs = solver()
    ways = {
        (offer, row): highs.addVariable(0, int(city.offers.packages[offer]))
        for offer in range(len(city.offers))
        for row in range(len(city.week))
        if city.may(offer, row)
    }
    if not ways:
        return 0.0
    for offer, packages in enumerate(city.offers.packages.tolist()):
        mine = [way for (by, _), way in ways.items() if by == offer]
        if mine:
            highs.addConstr(highs.qsum(mine) <= packages)
    for row, gap in enumerate(city.pool.gap):
        theirs = [way for (_, to), way in ways.items() if to == row]
        if theirs:
            highs.addConstr(highs.qsum(theirs) <= gap)
    highs.maximize(highs.qsum(list(ways.values())))
    return float(highs.getObjectiveValue())
