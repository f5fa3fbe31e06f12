from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksbb.allocation.cells import cells
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.offers import offers
from ksbb.allocation.plan import Plan, plan
from ksbb.allocation.rotate import rotate
from tests.allocation.cities import City, cities, lots, per_cell


def one_cell(need: list[int], packages: int) -> Plan:
    count = len(need)
    everybody = cells(
        np.zeros((count, 1), int), np.zeros((count, 2)), [0] * count, offers([packages])
    )
    return plan(need, [0] * count, everybody, lot=lots(count))


@settings(max_examples=60)
@given(cities(), st.integers(1, 1000), st.integers(1, 6), st.data())
def test_every_cell_keeps_its_total_and_nobody_gets_too_much(
    city: City, share: int, least: int, data: st.DataObject
) -> None:
    found = city.plan()
    so_far = data.draw(st.lists(st.integers(0, 9), min_size=len(found.x), max_size=len(found.x)))

    turned = rotate(found, so_far, min_share_milli=share, min_drop=least)

    assert per_cell(found.cells, turned.x).tolist() == per_cell(found.cells, found.x).tolist()
    assert (turned.x >= 0).all()
    assert (turned.x <= city.pool.gap).all()


def test_those_with_the_least_so_far_are_visited_first_and_worthwhile() -> None:
    found = one_cell([100] * 4, 120)

    first = rotate(found, [0, 0, 30, 0], min_share_milli=500, min_drop=25)
    second = rotate(found, first.x + np.array([0, 0, 30, 0]), min_share_milli=500, min_drop=25)

    assert found.x.tolist() == [30] * 4
    assert sorted(first.x[[0, 1, 3]].tolist()) == [0, 50, 70]
    assert first.x[2] == 0
    missed = int(np.flatnonzero(first.x[[0, 1, 3]] == 0)[0])
    assert second.x[[0, 1, 3][missed]] >= 50


def test_too_little_for_a_visit_goes_on_top() -> None:
    turned = rotate(one_cell([100] * 2, 60), [0, 0], min_share_milli=500, min_drop=25)

    assert sorted(turned.x.tolist()) == [0, 60]


def test_a_short_visit_only_where_there_is_no_room() -> None:
    turned = rotate(one_cell([50, 50], 60), [0, 1], min_share_milli=1000, min_drop=25)

    assert turned.x.tolist() == [50, 10]


def test_a_share_beyond_all_is_refused() -> None:
    with pytest.raises(CannotAllocate, match="too_large min_share_milli"):
        rotate(one_cell([5], 1), [0], min_share_milli=1001)
