from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbb.shared.rw_numbers import split_rw

SPELLINGS = st.sampled_from(
    ["RW {}", "rw{}", "RW.{:02d}", "R.W. {}", "rw-{:03d}", "Rukun Warga {}", "RW No. {}", "RW: {}"]
)


@given(SPELLINGS, st.integers(min_value=1, max_value=999))
def test_an_rw_number_is_read_in_every_spelling(spelling: str, number: int) -> None:
    written = spelling.format(number)

    assert split_rw(f"{written} Duren Sawit") == (number, "Duren Sawit")
    assert split_rw(f"Duren Sawit, {written}") == (number, "Duren Sawit")


@pytest.mark.parametrize(
    ("roman", "number"),
    [("I", 1), ("IV", 4), ("V", 5), ("VIII", 8), ("ix", 9), ("X", 10), ("XIV", 14), ("XXIX", 29)],
)
def test_a_roman_number_is_a_number(roman: str, number: int) -> None:
    assert split_rw(f"RW {roman} Rawajati") == (number, "Rawajati")


@pytest.mark.parametrize(
    "text",
    [
        "RT 003/RW 005 Tengah",
        "RT.003 RW.005, Tengah",
        "RT/RW 003/005 Tengah",
        "RT 3/5 Tengah",
        "Tengah RW 05 RT 03",
    ],
)
def test_an_rt_number_is_not_taken_for_the_rw(text: str) -> None:
    assert split_rw(text) == (5, "Tengah")


@pytest.mark.parametrize(
    "text", ["", "Duren Sawit", "12310", "5", "RW", "RW 0", "RW 1000", "RW VX", "Arwin 5", "RWanda"]
)
def test_a_text_without_an_rw_number_stays_as_it_is(text: str) -> None:
    assert split_rw(text) == (None, text)
