from __future__ import annotations

import pytest
from django.utils.translation import override

from ksbb.shared.errors import DomainError
from ksbb.shared.rupiah import parse_rupiah


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1", 1),
        ("20000000", 20_000_000),
        ("20.000.000", 20_000_000),
        ("20,000,000", 20_000_000),
        ("20 000 000", 20_000_000),
        ("1.500", 1_500),
        ("Rp 20.000.000,-", 20_000_000),
        ("Rp20.000.000,00", 20_000_000),
        ("Rp. 20.000.000", 20_000_000),
        ("IDR 20,000,000.00", 20_000_000),
        ("20000000.00", 20_000_000),
        ("  500.000  rupiah ", 500_000),
        ("1,5 juta", 1_500_000),
        ("1.5 juta", 1_500_000),
        ("Rp 545 juta", 545_000_000),
        ("20jt", 20_000_000),
        ("500 ribu", 500_000),
        ("1 milyar", 1_000_000_000),
        ("1 Miliar", 1_000_000_000),
        ("IDR 1 billion", 1_000_000_000),
        ("1000 triliun", 10**15),
        ("1.000.000.000.000.000", 10**15),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, amount: int) -> None:
    assert parse_rupiah(typed) == amount


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter an amount in rupiah"),
        ("1.50", "“1.50” is not a whole amount of rupiah"),
        ("1,5", "“1,5” is not a whole amount of rupiah"),
        ("1.500.000,50", "is not a whole amount of rupiah"),
        ("20.00", "is not a whole amount of rupiah"),
        ("1,500 juta", "can be read in two ways"),
        ("1.500 juta", "can be read in two ways"),
        ("0", "at least 1 rupiah"),
        ("-5.000", "is below zero"),
        ("Rp -5.000", "is below zero"),
        ("-Rp 5.000", "is below zero"),
        ("−5000", "is below zero"),
        ("(5.000)", "is below zero"),
        ("USD 100", "is not in rupiah"),
        ("$100", "is not in rupiah"),
        ("100 dollar", "is not in rupiah"),
        ("1.000.000.000.000.001", "is too much"),
        ("9" * 5000, "is too much"),
        ("2000 triliun", "is too much"),
        ("lima juta", "is not an amount"),
        ("5 kodi", "is not an amount"),
        ("1.5.0", "is not a whole amount of rupiah"),
        ("\x00", "is not an amount"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_way_to_mend_it(typed: str, sentence: str) -> None:
    with override("en"), pytest.raises(DomainError) as refusal:
        parse_rupiah(typed)

    with override("en"):
        assert sentence in str(refusal.value)
