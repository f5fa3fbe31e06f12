"""The way of large pools, taken by small ones that can be reckoned by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksbb.allocation.audit import audit_fill
from ksbb.allocation.fill import fill
from ksbb.allocation.large import fill_large
from ksbb.allocation.lots import public_lot
from ksbb.allocation.places import places
from tests.allocation.oracles import Pool, by_heap, pools


def large(pool: Pool, stock: int, **terms: object) -> list[int]:
    rows = places(
        pool.need,
        pool.committed,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=pool.cap,
        scale=4,
    )
    served = fill_large(rows, stock, **terms)  # type: ignore[arg-type]
    return pool.gap if served is None else served[0].tolist()


@settings(max_examples=300)
@given(pools(most=30, places=12), st.integers(0, 2))
def test_packages_go_as_an_exact_heap_serves_them(pool: Pool, delta2: int) -> None:
    assert large(pool, pool.supply, delta2=delta2) == by_heap(pool, delta2=delta2)


@settings(max_examples=200)
@given(pools(), st.integers(1, 200))
def test_money_goes_as_an_exact_heap_spends_it(pool: Pool, budget: int) -> None:
    price = np.array(pool.price, np.float64)

    assert large(pool, budget, price=price) == by_heap(pool, budget=budget)


@pytest.mark.parametrize("supply", [1, 35_000, 69_998, 69_999, 70_000])
def test_weights_and_needs_that_lie_far_apart_are_told_apart(supply: int) -> None:
    count = 70_000
    need, weight = np.ones(count, np.int64), np.full(count, 1)
    need[0], weight[1] = 2**20, 2**31
    lot, cap = public_lot(np.arange(count), 3), np.ones(count, np.int64)
    committed = np.zeros(count, np.int64)

    x = fill(need, committed, supply, lot=lot, weight_milli=weight, cap=cap).x

    assert audit_fill(need, committed, supply, x, lot=lot, weight_milli=weight, cap=cap).passed
