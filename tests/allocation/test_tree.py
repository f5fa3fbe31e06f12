from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.fill import fill
from ksbb.allocation.lots import public_lot
from ksbb.allocation.tree import tree_fill
from tests.allocation.oracles import Pool, pools


def greedy(pool: Pool, nodes: list[tuple[int, int, int]]) -> list[int]:
    """Give one package at a time, from the smallest area up, to the smallest free key inside."""
    x = [0] * len(pool.need)
    for low, high, supply in nodes:
        for _ in range(supply):
            free = [t for t in range(low, high) if x[t] < pool.gap[t]]
            if free:
                x[min(free, key=lambda t: pool.key(t, x[t]))] += 1
    return x


@settings(max_examples=200)
@given(pools(), st.data())
def test_areas_are_poured_from_the_smallest_up(pool: Pool, data: st.DataObject) -> None:
    count = len(pool.need)
    cuts = sorted({0, count, *data.draw(st.lists(st.integers(0, count), max_size=3))})
    inner = list(pairwise(cuts))
    nodes = [(*span, data.draw(st.integers(0, 20))) for span in [*inner, (0, count)]]
    low, high, supply = (np.array(column) for column in zip(*nodes, strict=True))
    depth = [1] * len(inner) + [0]

    found = tree_fill(
        pool.need,
        pool.committed,
        low,
        high,
        depth,
        supply,
        lot=pool.lot,
        weight_milli=pool.weight,
        cap=pool.cap,
    )

    assert found.x.tolist() == greedy(pool, nodes)
    assert found.x.sum() + found.left.sum() == supply.sum()


def test_one_area_is_one_pool() -> None:
    lot = public_lot(np.arange(4), 9)
    need, committed = [10, 20, 30, 40], [0, 5, 0, 1]

    tree = tree_fill(need, committed, [0], [4], [0], [37], lot=lot)

    assert tree.x.tolist() == fill(need, committed, 37, lot=lot).x.tolist()


@pytest.mark.parametrize(
    ("low", "high", "depth", "row"),
    [([0, 1], [2, 3], [0, 1], 1), ([0, 0], [2, 2], [1, 1], 1), ([0, 2], [3, 2], [0, 1], 1)],
)
def test_areas_that_cross_are_refused(
    low: list[int], high: list[int], depth: list[int], row: int
) -> None:
    lot = public_lot(np.arange(3), 1)

    with pytest.raises(CannotAllocate, match="not_nested") as refusal:
        tree_fill([5] * 3, [0] * 3, low, high, depth, [1, 1], lot=lot)

    assert refusal.value.row == row


@pytest.mark.parametrize("stock", [(3, 0, 399), (700, 5_000, 40), (1, 1, 100_000)])
def test_areas_of_many_places_give_as_each_would_by_itself(stock: tuple[int, int, int]) -> None:
    chance = np.random.default_rng(5)
    need, committed = chance.integers(1, 60, 1200), chance.integers(0, 9, 1200)
    low, lot = np.array([0, 400, 800]), public_lot(np.arange(1200), 3)

    found = tree_fill(need, committed, low, low + 400, [0, 0, 0], stock, lot=lot)

    alone = [
        fill(need[part], committed[part], packages, lot=lot[part]).x if packages else np.zeros(400)
        for part, packages in zip(np.arange(1200).reshape(3, 400), stock, strict=True)
    ]
    assert found.x.tolist() == np.concatenate(alone).tolist()
