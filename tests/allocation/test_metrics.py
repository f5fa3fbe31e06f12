from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.metrics import metrics


def test_the_figures_of_three_places() -> None:
    found = metrics([100, 100, 200], [0, 120, 100], plan=[55, 55, 110])

    assert found._asdict() == {
        "least": 0.0,
        "p10": 0.0,
        "gini": pytest.approx(0.4090909091),
        "never_served": 1,
        "fully_met": 1,
        "oversupply": 20,
        "unmet": 200,
        "stacking": 65 / 220,
    }


def test_alike_is_no_inequality_and_all_for_one_family_in_many_is_nearly_one() -> None:
    assert metrics([10, 20, 70], [1, 2, 7]).gini == 0.0
    assert metrics([1, 999], [1, 0]).gini == pytest.approx(0.999)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_gini_is_the_mean_difference_between_two_families(rows: list[tuple[int, int]]) -> None:
    families = [served / need for need, served in rows for _ in range(need)]
    total = sum(families)
    apart = sum(abs(one - other) for one in families for other in families)

    expected = apart / (2 * len(families) * total) if total else 0.0
    assert metrics(*zip(*rows, strict=True)).gini == pytest.approx(expected, abs=1e-12)


def test_the_tenth_percentile_counts_families_and_not_places() -> None:
    assert metrics([9, 91], [0, 91]).p10 == 1.0
    assert metrics([10, 90], [0, 90]).p10 == 0.0


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(CannotAllocate, match="empty need"):
        metrics([], [])
