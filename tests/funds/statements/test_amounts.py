from __future__ import annotations

import pytest
from django.utils.translation import override

from ksbb.funds.statements.amounts import point_of, read_sen
from ksbb.shared.errors import DomainError


@pytest.mark.parametrize(
    ("typed", "sen"),
    [
        ("Rp 20.000.000,-", 2_000_000_000),
        ("1.234.567,89", 123_456_789),
        ("1,234,567.89", 123_456_789),
        ("1500000.00", 150_000_000),
        ("1500000,5", 150_000_050),
        ("20000000", 2_000_000_000),
        ("IDR 1.000", 100_000),
        ("1.000 IDR", 100_000),
        ("1,5 juta", 150_000_000),
        ("0,00", 0),
        (".00", 0),
        ("-", 0),
        ("", 0),
        ("1.000.000.000.000.000,00", 10**17),
    ],
)
def test_an_amount_is_read_to_the_sen(typed: str, sen: int) -> None:
    assert read_sen(typed) == sen


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1.50", "is not a whole amount of rupiah"),
        ("-5.000", "is below zero"),
        ("(5.000)", "is below zero"),
        ("1.000.000.000.000.001", "is too much"),
        ("99999999999999999999999999", "is too much"),
        ("USD 100", "is not in rupiah"),
        ("$100.00", "is not in rupiah"),
        ("1.000,000,00", "is not a whole amount"),
        ("seribu", "is not an amount"),
    ],
)
def test_what_is_unclear_is_refused_with_the_reason(typed: str, why: str) -> None:
    with override("en"), pytest.raises(DomainError, match=why):
        read_sen(typed)


def test_the_file_says_what_parts_sen_from_rupiah() -> None:
    assert point_of(["500.00", "1,234.00", "75"]) == "."
    assert point_of(["1.000", "2500,00"]) == ","
    assert point_of(["1234.50", "1234,50"]) == ""
    assert read_sen("500.00", ".") == 50_000
    with pytest.raises(DomainError):
        read_sen("1.500", ".")
