from __future__ import annotations

from pathlib import Path

import pytest

from ksbb.intake.private import by_heading, of_cell
from ksbb.intake.reading import read_file
from ksbb.intake.reasons import Code
from ksbb.intake.rows import DroppedColumn, Status
from ksbb.intake.words import Cell, normal, shown
from tests.factories.intake import KLENDER, make_ground, read_text, write_csv


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("NIK", "nik"),
        ("No. KTP", "nik"),
        ("No. KK", "kk_number"),
        ("Nomor Kartu Keluarga", "kk_number"),
        ("Nama Kepala Keluarga", "person"),
        ("Nama Penerima", "person"),
        ("Ketua RW", "person"),
        ("No HP", "phone"),
        ("Telp.", "phone"),
        ("E-mail", "email"),
        ("Tgl Lahir", "private"),
        ("Jumlah Kepala Keluarga", None),
        ("Jumlah KK", None),
        ("KK Rentan", None),
    ],
)
def test_personal_columns_are_known_by_their_heading(heading: str, what: str | None) -> None:
    assert by_heading(normal(heading)) == what


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("3175071203850003", "nik"),
        ("3175.0712.0385.0003", "nik"),
        (3175071203850003.0, "nik"),
        ("3,17507E+15", "nik"),
        ("3175079999990003", "kk_number"),
        ("0812-3456-7890", "phone"),
        ("+62 812 3456 7890", "phone"),
        ("(021) 8612345", "phone"),
        ("0812xxxxxxx", "phone"),
        ("021-8091234 / 0811xxxxxxx", "phone"),
        ("contoh@example.org", "email"),
        ("31.75.07.1001", None),
        ("1.234", None),
        ("RW 05", None),
        ("Jl. Contoh No. 12", None),
    ],
)
def test_personal_numbers_are_known_by_themselves(cell: Cell, what: str | None) -> None:
    assert of_cell(cell) == what


def test_what_is_shown_never_holds_a_long_number() -> None:
    assert shown("Klender 3175 0712 0385 0003 RW 5") == "Klender … RW 5"
    assert shown("Jl. Contoh 12 RT 003/RW 005, 13470") == "Jl. Contoh 12 RT 003/RW 005, 13470"


def test_a_list_of_persons_keeps_nothing_but_the_place_of_each(tmp_path: Path) -> None:
    text = (
        "Daftar calon penerima;;;;;\n"
        "No;NIK;No KK;Nama;RT/RW;Kelurahan\n"
        "1;3175071203850003;3175072203850009;Contoh Satu;003/005;Klender\n"
    )
    reading = read_file(write_csv(tmp_path, text), ground=make_ground())
    rows = list(reading)

    assert [(row.status, row.kelurahan_code, row.rw) for row in rows] == [
        (Status.PRIVACY, KLENDER, 5)
    ]
    assert "Contoh" not in repr(rows)
    assert [(one.heading, one.what, one.cells) for one in reading.summary.dropped] == [
        ("NIK", "nik", 1),
        ("No KK", "kk_number", 1),
        ("Nama", "person", 1),
    ]


def test_a_personal_column_is_dropped_and_the_row_says_so(tmp_path: Path) -> None:
    text = "Kelurahan,RW,KK Rentan,Ketua RW,Hubungi\nKlender,1,100,(nama),0812-3456-7890\n"
    reading = read_file(write_csv(tmp_path, text), ground=make_ground())
    (row,) = reading

    assert (row.status, row.kk_rentan) == (Status.ACCEPT, 100)
    assert [reason.code for reason in row.reasons] == [Code.DROPPED]
    assert reading.summary.dropped == [
        DroppedColumn("daftar", "Hubungi", "phone", "content", 1),
    ]


def test_a_column_called_kk_that_holds_family_cards_is_no_count(tmp_path: Path) -> None:
    rows = read_text(tmp_path, "Kelurahan,RW,KK\nKlender,1,3175072203850009\n")

    assert [(row.status, row.kk) for row in rows] == [(Status.PRIVACY, None)]


def test_heads_of_families_are_names_or_a_count_by_what_stands_below(tmp_path: Path) -> None:
    counted = read_text(tmp_path, "Kelurahan,RW,Kepala Keluarga,KK Rentan\nKlender,1,900,90\n")
    named = read_text(tmp_path, "Kelurahan,RW,Kepala Keluarga\nKlender,1,Contoh Satu\n")

    assert [(row.status, row.kk) for row in counted] == [(Status.ACCEPT, 900)]
    assert [(row.status, row.kk) for row in named] == [(Status.PRIVACY, None)]
