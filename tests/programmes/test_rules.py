from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbb.programmes.rules import in_language, needed_quantity


@pytest.mark.parametrize(
    ("count", "multiplier", "divisor", "days", "quantity"),
    [
        (120, 1, 1, 1, 120),
        (300, 4, 1, 7, 8_400),
        (10, 1, 4, 1, 3),
        (8, 1, 4, 1, 2),
        (1, 1, 4, 1, 1),
        (0, 4, 1, 7, 0),
        (10, 1, 3, 7, 24),
    ],
)
def test_a_need_is_reckoned_in_whole_units_rounded_up(
    count: int, multiplier: int, divisor: int, days: int, quantity: int
) -> None:
    assert quantity == needed_quantity(
        count=count, multiplier=multiplier, divisor=divisor, days=days
    )


@given(
    count=st.integers(0, 10**6),
    multiplier=st.integers(1, 100),
    divisor=st.integers(1, 100),
    days=st.integers(1, 366),
)
def test_a_need_covers_everybody_by_less_than_one_unit(
    count: int, multiplier: int, divisor: int, days: int
) -> None:
    quantity = needed_quantity(count=count, multiplier=multiplier, divisor=divisor, days=days)

    assert 0 <= quantity * divisor - count * multiplier * days < divisor


@pytest.mark.parametrize(
    ("language", "text"), [("id", "Pangan"), ("en", "Food"), ("en-gb", "Food"), (None, "Pangan")]
)
def test_a_row_speaks_the_readers_language_and_else_indonesian(
    language: str | None, text: str
) -> None:
    assert in_language(language, "Pangan", "Food") == text
