"""A spreadsheet becomes rows with a status each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ksbb.intake.ground import Institution
from ksbb.intake.reading import read_file
from ksbb.intake.reasons import Code
from ksbb.intake.rows import QuestionKind, Row, Status
from tests.factories.intake import (
    DUREN_SAWIT,
    KLENDER,
    make_ground,
    read,
    read_text,
    write_csv,
    write_xlsx,
)


def _codes(row: Row) -> list[str]:
    return [reason.code for reason in row.reasons]


def test_a_sheet_with_titles_two_headings_totals_and_signatures(tmp_path: Path) -> None:
    file = write_xlsx(
        tmp_path,
        ["PEMERINTAH PROVINSI DKI JAKARTA"],
        ["KOTA ADMINISTRASI JAKARTA TIMUR - KECAMATAN DUREN SAWIT"],
        ["KELURAHAN : DUREN SAWIT      BULAN : APRIL 2020"],
        [],
        ["NO", "RW", "JML\nRT", "JUMLAH KK", "", "", "KK RENTAN\n(KK)", "KET."],
        ["", "", "", "L", "P", "JML", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        [1, "RW 01", 12, 800, 60, 860, 100, ""],
        [2, "VIII", 9, "600", "100", "700", "-", "belum ada data"],
        [3, "RW 03", 9, 1.1, 134, 1.234, 90, ""],
        ["", "RW 03", 9, 1100, 134, 1250, 95, "revisi"],
        ["JUMLAH", "", 30, 2500, 294, 2794, 190, ""],
        [],
        ["", "", "", "", "", "", "Jakarta, 24 April 2020"],
        ["", "", "", "", "", "", "LURAH DUREN SAWIT"],
        ["*) sumber : laporan RW"],
    )
    rows = read(file)

    assert [(r.source_row, r.status, r.rw, r.kk, r.kk_rentan, _codes(r)) for r in rows] == [
        (8, Status.ACCEPT, 1, 860, 100, []),
        (9, Status.WARN, 8, 700, None, [Code.RW_ROMAN, Code.NO_DATA]),
        (10, Status.WARN, 3, 1234, 90, [Code.THOUSANDS]),
        (11, Status.CONFLICT, 3, 1250, 95, [Code.REVISED, Code.CONFLICT]),
        (12, Status.SKIP, None, None, None, [Code.TOTAL]),
    ]
    assert {row.kelurahan_code for row in rows[:-1]} == {DUREN_SAWIT}
    assert {row.as_of for row in rows[:-1]} == {date(2020, 4, 1)}


def test_headings_in_groups_above_and_sections_between(tmp_path: Path) -> None:
    rows = read_text(
        tmp_path,
        ",,,Jumlah KK,\n"
        "Kota,Kelurahan,RW,Total,Rentan\n"
        "Jakarta Timur,Klender,1,900,90\n"
        ",,2,800,80\n"
        "Sub Total,,,1700,170\n"
        "Kelurahan : Duren Sawit,,,,\n"
        ",,3,700,70\n"
        "Kota,Kelurahan,RW,Total,Rentan\n"
        ",Klender,4,600,60\n",
    )

    assert [(row.kelurahan_code, row.rw, row.kk, row.kk_rentan) for row in rows] == [
        (KLENDER, 1, 900, 90),
        (KLENDER, 2, 800, 80),
        ("", None, None, None),
        (DUREN_SAWIT, 3, 700, 70),
        (KLENDER, 4, 600, 60),
    ]


def test_a_second_table_below_has_columns_of_its_own(tmp_path: Path) -> None:
    rows = read_text(
        tmp_path,
        "No,Kel,RW,KK Rentan\n1,Klender,1,10\n\nNo,Kelurahan,RW,KK,KK Rentan\n1,Klender,2,99,20\n",
    )

    assert [(row.source_row, row.kk, row.kk_rentan) for row in rows] == [(2, None, 10), (5, 99, 20)]


def test_an_empty_name_among_repeated_ones_is_a_guess_to_look_at(tmp_path: Path) -> None:
    rows = read_text(
        tmp_path, "Kelurahan,RW,KK Rentan\nKlender,1,91\nKlender,2,92\n,3,93\nKlender,4,94\n"
    )

    assert [(row.kelurahan_code, row.status) for row in rows] == [
        (KLENDER, Status.ACCEPT),
        (KLENDER, Status.ACCEPT),
        (KLENDER, Status.WARN),
        (KLENDER, Status.ACCEPT),
    ]


def test_the_same_again_is_skipped_and_other_numbers_are_a_conflict(tmp_path: Path) -> None:
    rows = read_text(
        tmp_path,
        "Kelurahan,RW,KK,KK Rentan\nKlender,1,900,90\nKlender,RW 01,900,90\nKlender,I,900,91\n",
    )

    assert [row.status for row in rows] == [Status.ACCEPT, Status.SKIP, Status.CONFLICT]
    assert rows[1].reasons[0].values == {"sheet": "daftar", "row": 2}


@pytest.mark.parametrize(
    ("chosen", "first", "second"), [(0, "accept", "skip"), (1, "skip", "accept")]
)
def test_a_person_decides_which_of_two_rows_holds(
    tmp_path: Path, chosen: int, first: str, second: str
) -> None:
    text = "Kelurahan,RW,KK Rentan\nKlender,1,90\nKlender,1,91\n"
    question = read_text(tmp_path, text)[1].question
    assert question
    assert question.kind is QuestionKind.WHICH_ROW

    rows = read_text(tmp_path, text, answers={question.key: question.choices[chosen].value})

    assert [row.status for row in rows] == [first, second]


def test_an_unknown_rw_is_taken_and_asked_and_an_impossible_one_is_not(tmp_path: Path) -> None:
    text = "Kelurahan,RW,KK Rentan\nKlender,11,90\nKlender,99,90\nPapanggo,61,9\n"
    rows = read_text(tmp_path, text)

    assert [row.status for row in rows] == [Status.WARN, Status.REJECT, Status.REJECT]
    question = rows[0].question
    assert question
    for answer, status in (("exists", Status.ACCEPT), ("none", Status.REJECT)):
        assert read_text(tmp_path, text, answers={question.key: answer})[0].status is status


def test_an_unknown_column_is_asked_where_something_is_missing(tmp_path: Path) -> None:
    text = "Nama Wilayah,Jml RTM,RW\nKlender,120,1\n"
    (row,) = read_text(tmp_path, text)
    assert (row.status, _codes(row)) == (Status.ASK, [Code.COLUMN_UNKNOWN])
    assert row.question

    answers = {row.question.key: "village", "column:jml rtm": "kk_rentan"}
    (row,) = read_text(tmp_path, text, answers=answers)

    assert (row.status, row.kelurahan_code, row.kk_rentan) == (Status.ACCEPT, KLENDER, 120)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Klender,1,100,1000,", Code.PERSONS_PER_KK),
        ("Klender,1,100,,200", Code.MORE_VULNERABLE),
        ("Klender,1,5000,,1000", Code.TEN_TIMES_LAST),
        ("Klender,1,5000,,2", Code.TEN_TIMES_LAST),
        ("Klender,1,100,,", Code.NO_COUNT),
    ],
)
def test_what_can_hardly_be_is_a_warning(tmp_path: Path, line: str, code: Code) -> None:
    (row,) = read_text(tmp_path, f"Kelurahan,RW,KK,Jumlah Jiwa,KK Rentan\n{line}\n")

    assert row.status is Status.WARN
    assert code in _codes(row)


def test_ten_times_the_neighbours_is_a_warning_wherever_it_stands(tmp_path: Path) -> None:
    lines = [f"Papanggo,{number},{count}" for number, count in enumerate((900, 90, 80, 70), 1)]
    for order in (lines, lines[::-1]):
        rows = read_text(tmp_path, "Kelurahan,RW,KK Rentan\n" + "\n".join(order))

        assert [row.kk_rentan for row in rows if Code.TEN_TIMES_NEIGHBOURS in _codes(row)] == [900]


def test_counts_for_each_rt_are_held(tmp_path: Path) -> None:
    rows = read_text(tmp_path, "Kelurahan,RT,RW,KK Rentan\nKlender,1,5,10\n")

    assert [_codes(row) for row in rows] == [[Code.PER_RT]]


def test_institutions_have_a_kind_a_place_and_a_point(tmp_path: Path) -> None:
    rows = read_text(
        tmp_path,
        "No;Nama Lembaga;Jenis;Alamat;Kel/Kec;Koordinat;Lat;Long;Jml Penghuni\n"
        "1;PA. Contoh Kasih;Panti Asuhan;Jl. Contoh 1;Klender/Duren Sawit;-6,2176, 106,9042;;;±45\n"
        "2;PSTW Contoh;;Jl. Contoh 2;Klender;;106,9042;-6,2176;110\n"
        "3;Ponpes Contoh;PP;;Klender;;6,2176;106,9042;-\n"
        "4;PA Contoh Kasih;Panti Asuhan Anak;;Kel. Klender;;;;45\n"
        "5;Contoh Lain;Rumah Singgah;;Klender;;;;5\n"
        "6;Panti Contoh Nol;Panti Asuhan;?;Senen;;0;0;10\n"
        "7;;Panti Asuhan;;Klender;;;;10\n"
        "8;Panti Contoh Jauh;Panti Asuhan;;Klender;-6,5, 106,9;;;10\n",
    )

    assert [(row.status, row.kind, row.kelurahan_code, row.residents) for row in rows] == [
        (Status.ACCEPT, "panti-asuhan", KLENDER, 45),
        (Status.WARN, "panti-jompo", KLENDER, 110),
        (Status.WARN, "pesantren", KLENDER, None),
        (Status.SKIP, "panti-asuhan", KLENDER, 45),
        (Status.ASK, "", KLENDER, 5),
        (Status.HOLD, "panti-asuhan", "", 10),
        (Status.HOLD, "panti-asuhan", KLENDER, 10),
        (Status.WARN, "panti-asuhan", KLENDER, 10),
    ]
    assert {(row.lat, row.lon) for row in rows[:3]} == {(-6.2176, 106.9042)}
    assert Code.POINT_MENDED in _codes(rows[2])
    assert Code.POINT_FAR in _codes(rows[7])


def test_a_known_institution_is_recognised_under_another_spelling(tmp_path: Path) -> None:
    text = "Nama Panti,Jenis,Kelurahan,Jml Penghuni\nP.A. CONTOH KASIH,Panti Asuhan,Klender,45\n"
    known = [Institution(KLENDER, "Panti Asuhan Contoh Kasih")]

    assert read_text(tmp_path, text, institutions=known)[0].name in {
        "Panti Asuhan Contoh Kasih",
        "P.A. CONTOH KASIH",
    }


def test_kinds_are_those_of_the_programme(tmp_path: Path) -> None:
    text = "Nama Lembaga,Jenis,Kelurahan,Jumlah Orang\nLokbin Contoh,Lokasi Binaan,Klender,40\n"
    kinds = {"lokbin": ("Lokasi binaan", "Trading site"), "sekolah": ("Sekolah", "School")}
    (row,) = read_text(tmp_path, text, kinds=kinds)

    assert (row.status, row.kind) == (Status.ACCEPT, "lokbin")
    (row,) = read_text(tmp_path, text.replace("Lokasi Binaan", "Kios"), kinds=kinds)
    assert row.question
    assert [choice.value for choice in row.question.choices] == ["lokbin", "sekolah", "none"]


def test_the_same_file_gives_the_same_rows_and_its_progress(tmp_path: Path) -> None:
    lines = "".join(f"Klender,{number % 18 + 1},{number}\n" for number in range(5_000))
    file = write_csv(tmp_path, f"Kelurahan,RW,KK Rentan\n{lines}")
    reading = read_file(file, ground=make_ground())
    rows = iter(reading)
    seen = [next(rows) for _ in range(4_000)]

    assert 0.0 < reading.summary.progress < 1.0
    assert [*seen, *rows] == read(file)
    assert reading.summary.progress == 1.0


def test_an_rw_may_stand_in_the_cell_of_its_kelurahan(tmp_path: Path) -> None:
    rows = read_text(
        tmp_path,
        'Kelurahan,KK Rentan\nRW 05 Kel. Klender,90\n"1003 Klender, RW VI",80\n'
        "RW 1 s/d 3 Klender,70\n",
    )

    assert [(row.kelurahan_code, row.rw, row.status) for row in rows] == [
        (KLENDER, 5, Status.ACCEPT),
        (KLENDER, 6, Status.ACCEPT),
        (KLENDER, None, Status.HOLD),
    ]


def test_the_name_of_a_file_may_name_the_kelurahan(tmp_path: Path) -> None:
    file = write_csv(tmp_path, "RW,KK Rentan\n1,90\n", name="rekap_rw_kel_duren_sawit.csv")

    assert [row.kelurahan_code for row in read(file)] == [DUREN_SAWIT]
