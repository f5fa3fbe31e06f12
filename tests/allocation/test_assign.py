from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksbb.allocation.assign import along, assign
from ksbb.allocation.cells import cells
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.forest import as_forest
from ksbb.allocation.offers import offers
from ksbb.allocation.plan import plan
from ksbb.allocation.shipments import Shipments
from tests.allocation.cities import City, cities, lots

ways = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 9)), min_size=1, max_size=20
)


@settings(max_examples=60)
@given(cities())
def test_everybody_gets_what_is_planned_from_givers_who_wished_it(city: City) -> None:
    found = city.plan()

    pairs = assign(found, city.xy)

    row, offer = pairs.row.tolist(), pairs.offer.tolist()
    assert all(city.may(one, other) for one, other in zip(offer, row, strict=True))
    got = np.bincount(pairs.row, pairs.quantity, len(found.x))
    gave = np.bincount(pairs.offer, pairs.quantity, len(city.offers))
    assert got.tolist() == found.x.tolist()
    assert (gave + found.left).tolist() == city.offers.packages.tolist()


@settings(max_examples=60)
@given(cities())
def test_few_places_are_served_by_two(city: City) -> None:
    found = city.plan()

    pairs = assign(found, city.xy)

    served, givers = int((found.x > 0).sum()), len(np.unique(pairs.offer))
    assert len(pairs.row) <= max(served + givers - 1, 0)


@settings(max_examples=150)
@given(ways)
def test_a_forest_has_the_same_sums_on_fewer_ways_that_were_there(
    rows: list[tuple[int, int, int]],
) -> None:
    table = np.array(rows)
    sent = Shipments(table[:, 0], table[:, 1], table[:, 2])

    found = as_forest(sent)

    for before, after in ((sent.offer, found.offer), (sent.cell, found.cell)):
        one, other = np.bincount(before, sent.quantity, 5), np.bincount(after, found.quantity, 5)
        assert one.tolist() == other.tolist()
    there = {(offer, cell) for offer, cell, _ in rows}
    kept = list(zip(found.offer.tolist(), found.cell.tolist(), strict=True))
    assert set(kept) <= there
    assert (found.quantity > 0).all()
    assert len(kept) <= len({o for o, _ in there}) + len({c for _, c in there}) - 1


def test_the_curve_goes_through_the_four_quarters_in_turn() -> None:
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0]])

    assert np.argsort(along(corners)).tolist() in ([0, 1, 2, 3], [0, 3, 2, 1])


def test_along_the_curve_one_step_is_never_far() -> None:
    side = np.arange(32.0)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)

    line = grid[np.argsort(along(grid), kind="stable")]

    assert np.abs(np.diff(line, axis=0)).sum(axis=1).mean() < 1.2


def test_givers_drop_side_by_side() -> None:
    xy = np.array([[0.0, 0.0], [9.0, 9.0], [0.1, 0.0], [9.0, 9.1]])
    one_cell = cells(np.zeros((4, 1), int), xy, [0] * 4, offers([20, 20]))

    pairs = assign(plan([10] * 4, [0] * 4, one_cell, lot=lots(4)), xy)

    served = {offer: set(pairs.row[pairs.offer == offer].tolist()) for offer in (0, 1)}
    assert sorted(map(sorted, served.values())) == [[0, 2], [1, 3]]


def test_points_for_other_rows_are_refused() -> None:
    one = cells(np.zeros((1, 1), int), np.zeros((1, 2)), [0], offers([1]))

    with pytest.raises(CannotAllocate, match="shape xy"):
        assign(plan([5], [0], one, lot=lots(1)), np.zeros((2, 2)))
