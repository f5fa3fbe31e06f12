from __future__ import annotations

from datetime import date

import pytest

from ksbb.intake.reasons import Code
from ksbb.intake.rw_cells import read_rw
from ksbb.intake.words import Cell


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("RW 01", 1),
        ("02", 2),
        ("003", 3),
        (4.0, 4),
        ("RW. 05", 5),
        ("RW06", 6),
        ("RW 007 ", 7),
        ("VIII", 8),
        ("RW-09", 9),
        ("R.W. 16", 16),
        ("RW\xa017", 17),
        ("rw.xiv", 14),
        ("XL", 40),
        ("Rukun Warga 3", 3),
        ("RW No. 12", 12),
        ("RW O5", 5),
        ("RW: 5", 5),
        ("'05", None),
        ("5.0", 5),
        ("003/005", 5),
        ("RT 3/RW 5", 5),
        ("RT. 003 RW. 005", 5),
    ],
)
def test_an_rw_in_all_spellings(cell: Cell, number: int | None) -> None:
    assert read_rw(cell).number == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", Code.RW_MISSING),
        ("-", Code.RW_MISSING),
        ("RW", Code.RW_MISSING),
        ("RW 01 s/d 03", Code.RW_SEVERAL),
        ("1,2", Code.RW_SEVERAL),
        ("RW 1 dan RW 2", Code.RW_SEVERAL),
        ("5-7", Code.RW_SEVERAL),
        (date(2020, 3, 1), Code.RW_BECAME_DATE),
        ("Pos", Code.RW_UNREADABLE),
        ("12A", Code.RW_UNREADABLE),
        ("0", Code.RW_OUT_OF_RANGE),
        (-1.0, Code.RW_UNREADABLE),
    ],
)
def test_what_is_not_one_rw_is_none(cell: Cell, code: Code) -> None:
    numbered = read_rw(cell)

    assert numbered.number is None
    assert [reason.code for reason in numbered.reasons] == [code]
