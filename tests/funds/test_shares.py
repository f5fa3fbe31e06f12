from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbb.funds.shares import shares


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (100, [70, 20, 10], [70, 20, 10]),
        (5, [1, 1, 8], [1, 0, 4]),
        (0, [3, 4], [0, 0]),
        (0, [], []),
    ],
)
def test_what_is_left_goes_to_the_largest_remainders(
    amount: int, weights: list[int], parts: list[int]
) -> None:
    assert shares(amount, weights) == parts


def test_something_cannot_be_split_over_nothing() -> None:
    with pytest.raises(ValueError, match="cannot be split"):
        shares(1, [0, 0])


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8), st.integers(0, 10**6))
def test_parts_add_up_and_are_within_one_of_their_share(weights: list[int], part: int) -> None:
    whole = sum(weights)
    amount = whole * part // 10**6

    parts = shares(amount, weights)

    assert sum(parts) == amount
    assert all(0 <= mine <= weight for mine, weight in zip(parts, weights, strict=True))
    assert all(
        abs(mine * whole - amount * weight) < whole
        for mine, weight in zip(parts, weights, strict=True)
        if whole
    )
