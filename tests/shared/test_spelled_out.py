"""Amounts in words, against lists written by hand and against counting."""

from __future__ import annotations

import pytest

from ksbb.shared.spelled_out import spelled_out


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (11, "sebelas", "eleven"),
        (19, "sembilan belas", "nineteen"),
        (21, "dua puluh satu", "twenty-one"),
        (100, "seratus", "one hundred"),
        (115, "seratus lima belas", "one hundred and fifteen"),
        (1000, "seribu", "one thousand"),
        (1001, "seribu satu", "one thousand one"),
        (201_000, "dua ratus satu ribu", "two hundred and one thousand"),
        (1_500_000, "satu juta lima ratus ribu", "one million five hundred thousand"),
        (1_000_000_000, "satu miliar", "one billion"),
        (545_000_000, "lima ratus empat puluh lima juta", "five hundred and forty-five million"),
        (10**15, "satu kuadriliun", "one quadrillion"),
    ],
)
def test_a_number_is_written_as_a_receipt_writes_it(
    value: int, indonesian: str, english: str
) -> None:
    assert spelled_out(value, "id") == indonesian
    assert spelled_out(value, "en") == english


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_two_numbers_read_the_same(language: str) -> None:
    values = [*range(2001), *(10**power + step for power in range(4, 16) for step in range(3))]

    assert len({spelled_out(value, language) for value in values}) == len(values)


@pytest.mark.parametrize("value", [-1, 10**18])
def test_what_no_receipt_holds_is_not_spelled_out(value: int) -> None:
    with pytest.raises(ValueError, match="is not spelled out"):
        spelled_out(value)
