from __future__ import annotations

from datetime import date, datetime

import pytest

from ksbb.intake.days import read_day
from ksbb.intake.words import Cell


@pytest.mark.parametrize(
    "cell",
    [
        date(2020, 5, 3),
        datetime(2020, 5, 3, 12),  # noqa: DTZ001 - as a spreadsheet keeps it
        "03 Mei 2020",
        "3 mei 20",
        "3/5/2020",
        "03-05-2020",
        "3.5.20",
        "2020-05-03",
        "20200503",
        "May 3, 2020",
        "5/13/2020",
        43954.0,
        "43954",
        "per 3 Mei 2020",
    ],
)
def test_days_in_all_forms_with_the_day_first(cell: Cell) -> None:
    assert read_day(cell) in {date(2020, 5, 3), date(2020, 5, 13)}


def test_only_where_no_other_order_makes_a_day_the_month_comes_first() -> None:
    assert (read_day("5/13/2020"), read_day("4/5/2020")) == (date(2020, 5, 13), date(2020, 5, 4))


def test_of_a_month_alone_the_first_day_is_taken() -> None:
    assert read_day("BULAN : APRIL 2020") == date(2020, 4, 1)


@pytest.mark.parametrize("cell", ["", "-", "kemarin", "31/02/2020", 12.0, True, "RW 05"])
def test_what_is_no_day_is_none(cell: Cell) -> None:
    assert read_day(cell) is None
