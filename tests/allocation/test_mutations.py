"""Real bugs of the first drafts, made again on purpose: the oracles must notice each of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import find, settings

from ksbb.allocation import draw, pour
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.level import Bracket, Keys, pools_of
from ksbb.allocation.lots import public_lot
from ksbb.allocation.places import places
from tests.allocation.oracles import Pool, all_ways, by_heap, coverages, pools

PLENTY = settings(max_examples=5000, database=None)


def best(pool: Pool) -> bool:
    return max(coverages(pool, way) for way in all_ways(pool)) == coverages(
        pool, by_heap(pool, by_size=False)
    )


def test_without_the_third_part_of_the_key_the_worst_off_are_served_worse() -> None:
    found = find(pools(most=4, places=3), lambda pool: not best(pool), settings=PLENTY)

    assert coverages(found, by_heap(found)) > coverages(found, by_heap(found, by_size=False))


def test_a_rest_of_nothing_would_be_drawn_wrongly_and_is_never_drawn() -> None:
    lot = public_lot(np.arange(2), 1)
    rows = places([4, 4], [0, 0], lot=lot)
    keys = Keys(rows.weighted, rows.committed, rows.gap).real()
    pools_ = pools_of(np.array([2]), np.array([2]))
    nothing_left = Bracket(np.array([0.1 / 1000]), np.array([0.3 / 1000]))

    base, inside = pour._split(keys, pools_, nothing_left)  # noqa: SLF001
    with pytest.raises(CannotAllocate, match="lot_twice"):
        draw.select(rows, None, inside, pools_.stock - base.sum())

    assert pour._served(rows, np.arange(2), keys, pools_, nothing_left) is None  # noqa: SLF001
