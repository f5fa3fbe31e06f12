from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.recommend import Recommendation, recommend
from tests.allocation.cities import lots
from tests.allocation.oracles import Pool, pools

NOTHING = -1e18


@dataclass(frozen=True)
class Giver:
    pool: Pool
    km: list[float]
    packages: int
    stops: int
    least: int
    cost: float

    def recommended(self, **other: object) -> Recommendation:
        terms: dict[str, object] = {
            "packages": self.packages,
            "max_stops": self.stops,
            "min_drop": self.least,
            "km_cost": self.cost,
        }
        pool = self.pool
        return recommend(
            pool.need,
            pool.committed,
            self.km,
            lot=pool.lot,
            weight_milli=pool.weight,
            cap=pool.cap,
            **{**terms, **other},  # type: ignore[arg-type]
        )

    def worth(self, place: int, x: int) -> float:
        need, committed = self.pool.need[place], self.pool.committed[place]
        share = x * (1 - committed / need) - x * x / (2 * need)
        return self.pool.weight[place] / 1000 * share - self.cost * self.km[place]


@st.composite
def givers(draw: st.DrawFn) -> Giver:
    pool = draw(pools(most=14).filter(lambda pool: any(pool.gap)))
    packages = draw(st.integers(1, 40))
    count = len(pool.need)
    tenths = draw(st.lists(st.integers(0, 50), min_size=count, max_size=count))
    return Giver(
        pool=pool,
        km=[km / 10 for km in tenths],
        packages=packages,
        stops=draw(st.integers(1, min(packages, 5))),
        least=draw(st.integers(1, min(packages, 12))),
        cost=draw(st.sampled_from([0.0, 0.3, 2.0])),
    )


def by_table(giver: Giver) -> float:
    """Return the best worth by a table over all places, stops and packages."""
    best = np.full((giver.stops + 1, giver.packages + 1), NOTHING)
    best[0, 0] = 0.0
    for place, gap in enumerate(giver.pool.gap):
        before = best.copy()
        for x in range(min(giver.least, gap), min(gap, giver.packages) + 1 if gap else 0):
            found = before[:-1, : giver.packages + 1 - x] + giver.worth(place, x)
            best[1:, x:] = np.maximum(best[1:, x:], found)
    return float(best.max())


@settings(max_examples=200)
@given(givers())
def test_no_choice_is_worth_more(giver: Giver) -> None:
    found = giver.recommended()

    assert found.proven
    assert found.value == pytest.approx(by_table(giver), abs=1e-7)
    assert found.bound >= found.value


@given(givers())
def test_the_terms_are_kept_and_the_value_is_that_of_the_stops(giver: Giver) -> None:
    found = giver.recommended()

    gap = np.array(giver.pool.gap)
    served = found.stops
    assert (found.x <= gap).all()
    assert found.x.sum() <= giver.packages
    assert len(served) <= giver.stops
    assert (found.x[served] >= np.minimum(giver.least, gap[served])).all()
    assert found.value == pytest.approx(
        sum(giver.worth(place, int(found.x[place])) for place in served), abs=1e-9
    )


@given(givers())
def test_with_little_work_the_terms_are_kept_and_the_bound_is_true(giver: Giver) -> None:
    quick, whole = giver.recommended(most_work=0), giver.recommended()

    gap = np.array(giver.pool.gap)
    assert quick.x.sum() <= giver.packages
    assert len(quick.stops) <= giver.stops
    assert (quick.x[quick.stops] >= np.minimum(giver.least, gap[quick.stops])).all()
    assert quick.value <= whole.value + 1e-9 <= quick.bound + 2e-9
    assert not quick.proven or quick.value == pytest.approx(whole.value, abs=1e-7)


@given(givers(), st.integers(1, 10))
def test_the_value_never_falls_as_the_offer_grows(giver: Giver, more: int) -> None:
    value = giver.recommended().value

    assert giver.recommended(packages=giver.packages + more).value >= value - 1e-9
    longer = min(giver.stops + 1, giver.packages)
    assert giver.recommended(max_stops=longer).value >= value - 1e-9


@given(givers(), st.integers(0, 5))
def test_the_value_never_falls_as_the_reach_grows(giver: Giver, reach: int) -> None:
    open_ = [km for km, gap in zip(giver.km, giver.pool.gap, strict=True) if gap]
    near = max(min(open_), float(reach))

    assert giver.recommended().value >= giver.recommended(within_km=near).value - 1e-9


@given(givers(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(giver: Giver, chance: object) -> None:
    order = list(range(len(giver.km)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    pool = giver.pool

    shuffled = recommend(
        np.array(pool.need)[order],
        np.array(pool.committed)[order],
        np.array(giver.km)[order],
        lot=pool.lot[order],
        packages=giver.packages,
        max_stops=giver.stops,
        min_drop=giver.least,
        km_cost=giver.cost,
        weight_milli=np.array(pool.weight)[order],
        cap=np.array(pool.cap)[order],
    )

    assert shuffled.x.tolist() == giver.recommended().x[order].tolist()


def test_as_many_as_the_stops_take_when_each_takes_the_least_only() -> None:
    chance = np.random.default_rng(2)
    need = np.maximum(1, chance.lognormal(5, 0.8, 400)).astype(int)
    committed = (chance.random(400) * need * (chance.random(400) < 0.4)).astype(int)

    found = recommend(
        need,
        committed,
        chance.random(400) * 5,
        lot=lots(400),
        packages=1000,
        max_stops=10,
        min_drop=100,
    )

    assert found.proven
    assert found.x.sum() == 1000


def test_what_binds_is_named() -> None:
    found = recommend(
        [100, 100, 100], [0, 0, 0], [1, 2, 9], lot=lots(3), packages=60, max_stops=1, within_km=5
    )

    assert found.stops.tolist() == [0]
    assert found.binding == ("stops", "packages", "area")
    assert found.runner_up == 1


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        ({"packages": 0}, "no_packages", "packages"),
        ({"packages": 2, "max_stops": 3}, "more_stops_than_packages", "max_stops"),
        ({"max_stops": 0}, "too_small", "max_stops"),
        ({"min_drop": 11}, "minimum_impossible", "min_drop"),
        ({"within_km": 0.5}, "none_in_reach", "km"),
        ({"within_km": float("nan")}, "not_finite", "within_km"),
        ({"km_cost": float("inf")}, "not_finite", "km_cost"),
        ({"km": [1.0, float("nan")]}, "not_finite", "km"),
        ({"committed": [5, 9]}, "all_full", "need"),
        ({"km": [1.0]}, "shape", "km"),
    ],
)
def test_an_offer_that_cannot_be_answered_is_refused(
    terms: dict[str, object], code: str, field: str
) -> None:
    good: dict[str, object] = {
        "need": [5, 5],
        "committed": [0, 0],
        "km": [1.0, 2.0],
        "packages": 10,
        "max_stops": 1,
    }

    with pytest.raises(CannotAllocate) as refusal:
        recommend(**{**good, **terms}, lot=lots(2))  # type: ignore[arg-type]

    assert (refusal.value.code, refusal.value.field) == (code, field)
