from __future__ import annotations

import pytest

from ksbb.intake.points import read_pair, read_point
from ksbb.intake.reasons import Code
from ksbb.intake.words import Cell


@pytest.mark.parametrize(
    "cell",
    [
        "-6,2176, 106,9042",
        "-6.2176,106.9042",
        "-6.2176 106.9042",
        "(-6.2176; 106.9042)",
        "6.2176 LS, 106.9042 BT",
        "S 6.2176 E 106.9042",
        "https://maps.example/@-6.2176,106.9042,17z",
        "6°13'3.36\"S 106°54'15.12\"E",
        "S6°13’3.36” E106°54’15.12”",
        "-6° 13' 3,36'' , 106° 54' 15,12''",
    ],
)
def test_a_point_in_one_cell(cell: str) -> None:
    point = read_point(cell)

    assert (point.lat, point.lon, point.reasons) == (-6.2176, 106.9042, ())


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (-6.2176, 106.9042, None),
        ("-6,2176", "106,9042", None),
        (106.9042, -6.2176, Code.POINT_SWAPPED),
        (-62176.0, 1069042.0, Code.POINT_MENDED),
    ],
)
def test_a_point_in_two_cells(lat: Cell, lon: Cell, code: Code | None) -> None:
    point = read_pair(lat, lon)

    assert (point.lat, point.lon) == (-6.2176, 106.9042)
    assert [reason.code for reason in point.reasons] == [code] * bool(code)


def test_zero_is_no_place() -> None:
    assert read_pair(0.0, 0.0).reasons[0].code == Code.POINT_ZERO


@pytest.mark.parametrize("cell", ["di depan masjid", "-6.2176", "48.85, 2.35", "12 34 56"])
def test_what_is_no_point_in_indonesia_is_none(cell: str) -> None:
    point = read_point(cell)

    assert (point.lat, point.lon) == (None, None)
    assert point.reasons[0].code == Code.POINT_UNREADABLE


@pytest.mark.parametrize("cell", ["", "-"])
def test_an_empty_cell_says_nothing(cell: str) -> None:
    assert read_point(cell) == read_pair(cell, cell)
    assert read_point(cell).reasons == ()
