from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.fill import Fill
from ksbb.allocation.lots import public_lot
from ksbb.allocation.money import fill_money
from tests.allocation.oracles import Pool, by_heap, pools


def spent(pool: Pool, budget: int) -> Fill:
    return fill_money(
        pool.need,
        pool.committed,
        pool.price,
        budget,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=pool.cap,
    )


@settings(max_examples=200)
@given(pools(), st.integers(1, 200))
def test_money_goes_in_the_order_of_an_exact_heap(pool: Pool, budget: int) -> None:
    assert spent(pool, budget).x.tolist() == by_heap(pool, budget=budget)


@given(pools(), st.integers(1, 200), st.integers(1, 20))
def test_more_money_never_takes_from_anybody(pool: Pool, budget: int, more: int) -> None:
    assert (spent(pool, budget + more).x >= spent(pool, budget).x).all()


@given(pools(), st.integers(1, 200))
def test_less_than_one_package_is_left_while_anything_is_missing(pool: Pool, budget: int) -> None:
    found = spent(pool, budget)

    paid = int((found.x * pool.price).sum())
    assert found.left == budget - paid
    assert found.left < max(pool.price) or found.x.tolist() == pool.gap


def test_a_budget_of_nothing_is_refused() -> None:
    with pytest.raises(CannotAllocate, match="no_packages budget"):
        fill_money([5], [0], [200_000], 0, lot=public_lot([1], 1))


def test_a_budget_too_large_to_add_up_is_refused() -> None:
    with pytest.raises(CannotAllocate, match="overflow price"):
        fill_money([10**6] * 2, [0] * 2, [2**40] * 2, 10**6, lot=public_lot(np.arange(2), 1))
