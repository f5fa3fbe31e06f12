from __future__ import annotations

import numpy as np
import pytest

from ksbb.allocation.cells import cells
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.explain import PlanReason, Skipped, explain, explain_row
from ksbb.allocation.offers import offers
from ksbb.allocation.plan import plan
from ksbb.allocation.recommend import Recommendation, recommend
from tests.allocation.cities import lots


def example(*, min_drop: int = 10) -> Recommendation:
    """Three places in reach, the nearest full, and an empty one farther away."""
    return recommend(
        [100, 200, 300, 400],
        [100, 50, 30, 0],
        [0.5, 1.0, 2.0, 6.0],
        lot=lots(4),
        packages=120,
        max_stops=2,
        min_drop=min_drop,
        within_km=5,
        seed=20200503,
    )


def test_each_stop_says_why_it_is_one() -> None:
    told = explain(example())

    first, second = told.reasons
    assert (first.row, first.rank, first.pool_size, first.km) == (1, 2, 2, 1.0)
    assert (second.row, second.rank, second.before) == (2, 1, 0.1)
    assert first.mean == (100 + 50 + 30) / 600
    assert first.after == (50 + first.quantity) / 200
    assert first.because == second.because == "share"
    assert first.skipped == Skipped(row=0, km=0.5, coverage=1.0, open=0, why="full")
    assert (told.placed, told.left, told.proven, told.seed) == (120, 0, True, 20200503)
    assert first.quantity + second.quantity == 120


def test_what_if_three_kilometres_farther_finds_the_empty_place() -> None:
    farther, another, smaller = explain(example()).what_ifs

    assert (farther.change, farther.to, farther.least_before) == ("within_km", 8.0, 0.0)
    assert (another.change, another.to) == ("max_stops", 3)
    assert (smaller.change, smaller.to) == ("min_drop", 5)
    assert farther.value > example().value


def test_a_tie_that_the_draw_decided_is_told() -> None:
    alike = recommend([50, 50], [0, 0], [1, 1], lot=lots(2), packages=10, max_stops=1)

    assert [reason.tied for reason in explain(alike).reasons] == [True]
    assert not any(reason.tied for reason in explain(example()).reasons)


def test_the_quantity_says_what_set_it() -> None:
    both = recommend([8, 300], [0, 240], [1, 1], lot=lots(2), packages=28, max_stops=2, min_drop=20)

    assert [reason.because for reason in explain(both).reasons] == ["need", "min_drop"]


def test_a_row_of_a_plan_is_told_by_its_piece() -> None:
    table = offers([10, 90], level=[0, 0], area=[0, 1])
    two = cells(np.array([[0], [1]]), np.zeros((2, 2)), [0, 0], table)
    found = plan([100, 100], [0, 10], two, lot=lots(2))

    assert explain_row(found, 0) == PlanReason(
        row=0,
        quantity=10,
        need=100,
        before=0.0,
        after=0.1,
        piece=0,
        pieces=2,
        level=0.1,
        rows=1,
        offers=1,
        packages=10,
    )
    assert explain_row(found, 1).level is None


def test_a_row_that_is_not_there_is_refused() -> None:
    one = cells(np.zeros((1, 1), int), np.zeros((1, 2)), [0], offers([1]))

    with pytest.raises(CannotAllocate, match="too_large row"):
        explain_row(plan([5], [0], one, lot=lots(1)), 1)
