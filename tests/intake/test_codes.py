from __future__ import annotations

import pytest

from ksbb.intake.codes import Kind, read_code
from ksbb.intake.words import Cell

KNOWN = {"31.75.07.1001", "31.74.01.1003", "31.74.10.1003", "31.75.10.1010", "31.71.04.1001"}


def _read(cell: Cell) -> tuple[Kind, str]:
    read = read_code(cell, KNOWN, {"31"})
    return read.kind, read.code


@pytest.mark.parametrize(
    "cell",
    [
        "31.75.07.1001",
        "3175071001",
        3175071001.0,
        3175071001,
        "3175071001.0",
        "'3175071001",
        " 31 75 07 1001 ",
        "31-75-07-1001",
        "31.7507.1001",
        "3.175071001E+09",
        "31.75071001",
    ],
)
def test_a_whole_code_in_any_form_is_the_code(cell: Cell) -> None:
    assert _read(cell) == (Kind.EXACT, "31.75.07.1001")


@pytest.mark.parametrize(
    ("cell", "kind"), [("31.75.7.1001", Kind.MENDED), ("317571001", Kind.GUESSED)]
)
def test_zeros_are_put_back_where_one_code_fits(cell: Cell, kind: Kind) -> None:
    assert _read(cell) == (kind, "31.75.07.1001")


def test_where_a_lost_zero_may_be_before_or_behind_both_are_offered() -> None:
    read = read_code("31.74.1.1003", KNOWN, {"31"})

    assert read.kind is Kind.SEVERAL
    assert read.candidates == ("31.74.01.1003", "31.74.10.1003")


@pytest.mark.parametrize("cell", ["31.75.07.1001.004", "3175071001004"])
def test_a_code_may_go_down_to_the_rw(cell: str) -> None:
    read = read_code(cell, KNOWN, {"31"})

    assert (read.code, read.rw) == ("31.75.07.1001", 4)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("3172070004", Kind.BPS),
        (3172070004.0, Kind.BPS),
        ("31.72.070.004", Kind.BPS),
        ("3172070", Kind.BPS),
        ("3,17507E+09", Kind.LOST),
        ("31.75.07", Kind.DISTRICT),
        ("32.75.01.1001", Kind.OUTSIDE),
        ("31.75.07.1999", Kind.UNKNOWN),
        ("31.99.99.9", Kind.UNKNOWN),
        ("12", Kind.UNKNOWN),
        ("A1B2", Kind.NONE),
        ("31.74.1", Kind.NONE),
        ("", Kind.NONE),
        ("-", Kind.NONE),
    ],
)
def test_what_is_no_code_of_ours_is_told_apart(cell: Cell, kind: Kind) -> None:
    assert _read(cell)[0] is kind
