from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbb.shared import codes
from ksbb.shared.errors import DomainError

VILLAGES = st.from_regex(r"[1-9][0-9]\.[0-9]{2}\.[0-9]{2}\.[1-9][0-9]{3}", fullmatch=True)
NUMBERS = st.integers(min_value=1, max_value=999)
SEPARATORS = st.sampled_from([".", "-", " ", "/", " . ", ""])


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("31", "PROVINCE", None),
        ("31.74", "REGENCY", "31"),
        ("31.74.05", "DISTRICT", "31.74"),
        ("31.74.05.1002", "VILLAGE", "31.74.05"),
        ("31.74.05.1002.004", "RW", "31.74.05.1002"),
    ],
)
def test_a_code_tells_its_level_and_its_parent(code: str, level: str, parent: str | None) -> None:
    assert codes.parse(code) == code
    assert codes.level_of(code) == level
    assert codes.parent_of(code) == parent


@given(VILLAGES, NUMBERS, SEPARATORS)
def test_a_code_survives_every_separator(village: str, number: int, separator: str) -> None:
    code = codes.rw_code(village, number)

    assert codes.parse(code.replace(".", separator)) == code
    assert codes.rw_number(code) == number


@given(VILLAGES, NUMBERS)
def test_a_region_lies_within_each_of_its_ancestors(village: str, number: int) -> None:
    code = codes.rw_code(village, number)
    ancestors = codes.ancestors_of(code)

    assert [codes.level_of(one) for one in ancestors] == list(codes.LENGTHS)[:-1]
    assert [codes.within(code, one) for one in ancestors] == [True] * 4
    assert [codes.within(one, code) for one in ancestors] == [False] * 4
    assert codes.parent_of(code) == ancestors[-1] == village


def test_a_neighbour_whose_code_begins_alike_is_not_within() -> None:
    assert codes.within("31.74.05", "31.74.05")
    assert not codes.within("31.74.05", "31.7")
    assert not codes.within("31.74.10.1001", "31.74.1")


def test_an_rw_needs_no_leading_zeros() -> None:
    assert codes.parse("31.74.05.1002.4") == "31.74.05.1002.004"
    assert codes.rw_code("31.74.05.1002", 4) == "31.74.05.1002.004"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "kode wilayah|region code"),
        ("Pondok Pinang", "kode wilayah|region code"),
        ("1", "kode wilayah|region code"),
        ("31.74.05.1002.000", "kode wilayah|region code"),
        ("31.74.05.1002.0004", "kode wilayah|region code"),
        ("31.74.05.1002.004.1", "kode wilayah|region code"),
        ("٣١", "kode wilayah|region code"),
        # A spreadsheet read 31.74.10 as a number.
        ("31.74.1", "digit"),
        # The statistics office counts its villages from 0.
        ("3174050002", "BPS"),
    ],
)
def test_what_is_no_code_is_refused_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(DomainError, match=hint):
        codes.parse(text)


@pytest.mark.parametrize(
    ("village", "number"), [("31.74.05", 4), ("31.74.05.1002", 0), ("31.74.05.1002", 1000)]
)
def test_an_rw_code_is_made_of_a_kelurahan_and_a_number_of_three_digits(
    village: str, number: int
) -> None:
    with pytest.raises(DomainError):
        codes.rw_code(village, number)


def test_a_region_without_an_official_code_has_a_provisional_one() -> None:
    assert codes.is_provisional("31.73.01.9001")
    assert codes.is_provisional("31.73.01.9001.002")
    assert not codes.is_provisional("31.73.01.1001")
    assert not codes.is_provisional("91.73")
