from __future__ import annotations

from datetime import date

import pytest

from ksbb.intake.counts import read_count
from ksbb.intake.reasons import Code
from ksbb.intake.words import Cell


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (312.0, 312),
        (0.0, 0),
        ("0", 0),
        ("1.045", 1045),
        ("1,045", 1045),
        ("12.345.678", None),
        ("1 025", 1025),
        ("\u00a01236 ", 1236),
        ("1.234,00", 1234),
        ("1,234.00", 1234),
        ("312,0", 312),
        ("", None),
        (None, None),
    ],
)
def test_whole_numbers_in_all_spellings(cell: Cell, value: int | None) -> None:
    assert read_count(cell, "kk").value == value


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        (2.362, 2362, Code.THOUSANDS),
        (1.96, 1960, Code.THOUSANDS),
        ("1.5", 1500, Code.THOUSANDS),
        ("2.105 KK", 2105, Code.UNIT),
        ("±150", 150, Code.APPROXIMATE),
        ("+/- 150 KK", 150, Code.APPROXIMATE),
        ("kurang lebih 1.500", 1500, Code.APPROXIMATE),
        ("100an", 100, Code.APPROXIMATE),
        ("> 90", 90, Code.APPROXIMATE),
        ("Nihil", 0, Code.UNIT),
        ("1,2E+03", 1200, None),
    ],
)
def test_what_was_meant_is_taken_and_said(cell: Cell, value: int, code: Code | None) -> None:
    counted = read_count(cell, "kk_rentan")

    assert counted.value == value
    assert [reason.code for reason in counted.reasons] == [code] * bool(code)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("-", Code.NO_DATA),
        ("belum ada data", Code.NO_DATA),
        ("#N/A", Code.NO_DATA),
        ("banyak", Code.COUNT_UNREADABLE),
        ("100-150", Code.COUNT_UNREADABLE),
        (12.3456, Code.COUNT_UNREADABLE),
        (0.5, Code.COUNT_UNREADABLE),
        (float("nan"), Code.COUNT_UNREADABLE),
        (date(2020, 5, 3), Code.COUNT_UNREADABLE),
        (True, Code.COUNT_UNREADABLE),
        (-5.0, Code.COUNT_NEGATIVE),
        ("-5", Code.COUNT_NEGATIVE),
        (3175071203850003.0, Code.COUNT_TOO_LARGE),
        ("9999999", Code.COUNT_TOO_LARGE),
    ],
)
def test_what_is_no_count_is_no_number_and_never_zero(cell: Cell, code: Code) -> None:
    counted = read_count(cell, "kk")

    assert counted.value is None
    assert [reason.code for reason in counted.reasons] == [code]


def test_an_approximate_number_of_residents_is_only_said() -> None:
    assert read_count("±45 org", "residents").reasons[0].code == Code.ABOUT
