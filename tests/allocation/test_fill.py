from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksbb.allocation.audit import Audit, audit_fill
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.fill import Fill, fill
from ksbb.allocation.lots import public_lot
from tests.allocation.oracles import Pool, all_ways, by_heap, coverages, pools

LOT = public_lot(np.arange(3), 1)


def filled(pool: Pool, *, supply: int | None = None, delta2: int = 0) -> Fill:
    return fill(
        pool.need,
        pool.committed,
        pool.supply if supply is None else supply,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=pool.cap,
        delta2=delta2,
        seed=pool.seed,
    )


def audited(pool: Pool, x: list[int]) -> Audit:
    return audit_fill(
        pool.need,
        pool.committed,
        pool.supply,
        x,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=pool.cap,
    )


@settings(max_examples=300)
@given(pools(), st.integers(0, 2))
def test_the_smallest_keys_are_served_as_an_exact_heap_serves_them(pool: Pool, delta2: int) -> None:
    assert filled(pool, delta2=delta2).x.tolist() == by_heap(pool, delta2=delta2)


@settings(max_examples=100)
@given(pools(most=5, places=4))
def test_no_other_way_serves_the_worst_off_families_better(pool: Pool) -> None:
    best = max(coverages(pool, way) for way in all_ways(pool))

    assert coverages(pool, filled(pool).x.tolist()) == best


@given(pools())
def test_nothing_is_wasted_and_nobody_gets_more_than_is_missing(pool: Pool) -> None:
    found = filled(pool)

    assert found.x.dtype == np.int64
    assert (found.x >= 0).all()
    assert (found.x <= pool.gap).all()
    assert found.x.sum() == min(pool.supply, sum(pool.gap))
    assert found.left == pool.supply - found.x.sum()


@given(pools(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(pool: Pool, chance: object) -> None:
    order = list(range(len(pool.need)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    shuffled = fill(
        np.array(pool.need)[order],
        np.array(pool.committed)[order],
        pool.supply,
        lot=pool.lot[order],
        weight_milli=np.array(pool.weight)[order],
        cap=np.array(pool.cap)[order],
    )

    assert shuffled.x.tolist() == filled(pool).x[order].tolist()


@given(pools(), st.integers(1, 20))
def test_more_packages_never_take_from_anybody(pool: Pool, more: int) -> None:
    assert (filled(pool, supply=pool.supply + more).x >= filled(pool).x).all()


@given(pools(), st.data())
def test_a_promise_to_one_place_never_hurts_the_others(pool: Pool, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pool.need) - 1))
    after = pool.with_promise(place)

    others = np.arange(len(pool.need)) != place
    assert (filled(after).x >= filled(pool).x)[others].all()


@given(pools(), st.data())
def test_a_larger_need_never_takes_from_its_own_place(pool: Pool, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pool.need) - 1))
    after = pool.with_need(place, pool.need[place] + data.draw(st.integers(1, 9)))

    assert filled(after).x[place] >= filled(pool).x[place]


@given(pools(), st.integers(1, 30))
def test_a_gift_in_two_parts_comes_to_the_same(pool: Pool, second: int) -> None:
    first = filled(pool).x
    then = fill(
        pool.need,
        first + pool.committed,
        second,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=np.array(pool.cap) - first,
    )

    assert (first + then.x).tolist() == filled(pool, supply=pool.supply + second).x.tolist()


@given(st.integers(1, 9), st.integers(1, 60), st.integers(0, 99))
def test_equal_places_differ_by_one_package_at_most(count: int, supply: int, seed: int) -> None:
    found = fill([30] * count, [4] * count, supply, lot=public_lot(np.arange(count), seed))

    assert found.x.max() - found.x.min() <= 1


@given(pools(), st.integers(100, 200))
def test_another_draw_moves_one_package_a_place_at_most(pool: Pool, seed: int) -> None:
    again = Pool(pool.need, pool.committed, pool.weight, pool.cap, pool.supply, seed)

    assert np.abs(filled(again).x - filled(pool).x).max() <= 1


@given(pools())
def test_the_audit_passes_what_fill_did(pool: Pool) -> None:
    assert audited(pool, filled(pool).x.tolist()) == Audit(
        feasible=True, wasteless=True, fair=True, worst=None
    )


@settings(max_examples=200)
@given(pools(), st.data())
def test_the_audit_rejects_any_package_moved_elsewhere(pool: Pool, data: st.DataObject) -> None:
    x = filled(pool).x.tolist()
    place = st.integers(0, len(x) - 1)
    giver, taker = data.draw(place), data.draw(place)
    moved = [amount - (t == giver) + (t == taker) for t, amount in enumerate(x)]

    assert audited(pool, moved).passed == (moved == x)


@pytest.mark.parametrize("shape", ["few", "ties", "nearly all", "skewed"])
def test_a_large_pool_is_served_exactly_too(shape: str) -> None:
    chance = np.random.default_rng(3)
    count = 150_000
    need = np.maximum(1, chance.lognormal(5, 0.8, count)).astype(np.int64)
    need = {"ties": np.full(count, 7), "skewed": need**2 // 50 + 1}.get(shape, need)
    committed = np.where(chance.random(count) < 0.4, chance.integers(0, 3, count), 0)
    total = int(np.maximum(need - committed, 0).sum())
    supply = {"few": 1, "ties": total // 2, "nearly all": total - 1}.get(shape, total // 3)
    lot = public_lot(np.arange(count), 5)

    x = fill(need, committed, supply, lot=lot).x

    assert audit_fill(need, committed, supply, x, lot=lot).passed


def test_the_level_says_where_everybody_stands_who_still_misses_something() -> None:
    found = fill([100, 100, 10], [60, 0, 10], 50, lot=LOT)

    assert found.x.tolist() == [0, 50, 0]
    assert (found.level_num, found.level_den) == (1000 * 49, 1000 * 100)
    assert found.level == 0.49


def test_the_digest_names_the_input() -> None:
    one, same, other = (fill([10, 10, 10], [0, 0, 0], q, lot=LOT, seed=1) for q in (5, 5, 6))

    assert len(one.digest) == 64
    assert one.digest == same.digest != other.digest


@pytest.mark.parametrize(
    ("columns", "code", "field", "row"),
    [
        ({"need": [5, 0, 5]}, "too_small", "need", 1),
        ({"need": [5, 5, 1.5]}, "not_whole", "need", 2),
        ({"committed": [0, float("nan"), 0]}, "not_finite", "committed", 1),
        ({"committed": [0, 0, -1]}, "too_small", "committed", 2),
        ({"committed": [0, 0]}, "shape", "committed", None),
        ({"need": [2**30, 5, 5]}, "overflow", "need", 0),
        ({"weight_milli": [1000, 0, 1000]}, "too_small", "weight_milli", 1),
        ({"cap": [1, 1, -1]}, "too_small", "cap", 2),
        ({"supply": 0}, "no_packages", "supply", None),
        ({"supply": -3}, "too_small", "supply", None),
        ({"supply": float("nan")}, "not_finite", "supply", None),
        ({"supply": 2.5}, "not_whole", "supply", None),
        ({"need": [], "committed": [], "lot": LOT[:0]}, "empty", "need", None),
        ({"lot": [1, 2, 3]}, "shape", "lot", None),
        ({"need": ["a", "b", "c"]}, "not_whole", "need", 0),
    ],
)
def test_bad_input_is_refused_with_its_row(
    columns: dict[str, object], code: str, field: str, row: int | None
) -> None:
    good = {"need": [5, 5, 5], "committed": [0, 0, 0], "supply": 3, "lot": LOT}

    with pytest.raises(CannotAllocate) as refusal:
        fill(**{**good, **columns})  # type: ignore[arg-type]

    assert (refusal.value.code, refusal.value.field, refusal.value.row) == (code, field, row)


def test_places_that_drew_one_lot_are_refused() -> None:
    with pytest.raises(CannotAllocate, match="lot_twice"):
        fill([5, 5], [0, 0], 1, lot=np.array([7, 7], np.uint64))
