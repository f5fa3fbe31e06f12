from __future__ import annotations

from pathlib import Path

import pytest

from ksbb.intake.files.text import delimiter_of
from tests.factories.intake import KLENDER, read, write_csv

TEXT = "Kelurahan;RW;KK Rentan\nKlender;1;±150\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_csv_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    (row,) = read(write_csv(tmp_path, TEXT, encoding=encoding))

    assert (row.kelurahan_code, row.rw, row.kk_rentan) == (KLENDER, 1, 150)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_is_read_with_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    (row,) = read(write_csv(tmp_path, TEXT.replace(";", delimiter)))

    assert (row.kelurahan_code, row.rw, row.kk_rentan) == (KLENDER, 1, 150)


def test_the_delimiter_is_what_cuts_the_lines_evenly() -> None:
    assert delimiter_of("Daftar, sementara\na;b;c\n1,5;2;3\n1,7;2;3\n") == ";"
    assert delimiter_of('a,b\n"x;y;z",2\n"x;y;z",3\n') == ","


def test_excels_own_first_line_names_the_delimiter(tmp_path: Path) -> None:
    (row,) = read(write_csv(tmp_path, "sep=|\nKelurahan|RW|KK Rentan\nKlender|1|1,000\n"))

    assert (row.source_row, row.kk_rentan) == (3, 1000)


def test_lines_within_a_cell_do_not_count_as_rows(tmp_path: Path) -> None:
    text = 'Kelurahan,RW,"KK\nRentan"\nKlender,"RW\n1",5\n\nKlender,2\n'
    rows = read(write_csv(tmp_path, text))

    assert [(row.source_row, row.rw, row.kk_rentan) for row in rows] == [(2, 1, 5), (4, 2, None)]
