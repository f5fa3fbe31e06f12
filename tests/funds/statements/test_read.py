"""Files as five banks export them, and files that are refused whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from ksbb.funds.statements.lines import Line, StatementRefusedError, marked, shortened
from ksbb.funds.statements.read import read_statement

TODAY = date(2020, 6, 2)
SECOND, THIRD = date(2020, 5, 2), date(2020, 5, 3)

BCA = """\
"Informasi Rekening - Mutasi Rekening"
"No. rekening : 0123456789"
"Periode : 01/05/2020 - 31/05/2020"
"Kode Mata Uang : Rp"
"Tanggal Transaksi","Keterangan","Cabang","Jumlah","","Saldo"
"'02/05","TRSF E-BANKING CR 0205/FTSCY PT CONTOH","'0000","1,000,123.00","CR","6,000,123.00"
"'03/05","BIAYA ADM","'0000","500.00","DB","5,999,623.00"
"PEND","TRSF E-BANKING CR","'0000","70,000.00","CR",""
"Saldo Awal","","","5,000,000.00","",""
"Mutasi Kredit","","","1,000,123.00","",""
"""
MANDIRI = """\
Account No;Date;Val. Date;Description;Reference No.;Debit;Credit;Balance
1230001;02/05/2020;02/05/2020;MCM INHOUSETRF PT CONTOH;;.00;1000123.00;6000123.00
1230001;03/05/2020;03/05/2020;BIAYA ADM;;500.00;.00;5999623.00
"""
BNI = """\
Tanggal|Uraian Transaksi|Tipe|Nominal|Saldo
02-05-2020 10:11:12|TRF PT CONTOH|Cr|1.000.123,00|6.000.123,00
03-05-2020 00:00:00|BIAYA ADM|Db|500,00|5.999.623,00
"""
BRI = """\
TGL_TRAN\tDESK_TRAN\tMUTASI_DEBET\tMUTASI_KREDIT\tSALDO_AKHIR_MUTASI
2020-05-02\tTRF PT CONTOH\t0,00\t1.000.123,00\t6.000.123,00
2020-05-03\tBIAYA ADM\t500,00\t0,00\t5.999.623,00
"""
BSI = """\
Tanggal,Keterangan,Debit (Rp),Kredit (Rp),Mata Uang
2 Mei 2020,TRF PT CONTOH,,"Rp 1.000.123,-",IDR
3 Mei 2020,BIAYA ADM,"Rp 500,-",,IDR
"""
SIGNED = """\
Date,Details,Amount
02/05/2020,TRF PT CONTOH,"1,000,123.00 CR"
03/05/2020,BIAYA ADM,"500.00 DR"
"""
MT940 = """\
{1:F01BMRIIDJA}{2:I940}{4:
:20:STMT
:25:0123456789
:28C:1/1
:60F:C200501IDR5000000,00
:61:2005020502C1000123,00NTRFNONREF//REF1
:86:?20TRF PT CONTOH
?21REK 0123456789
:61:200503D500,NCHGNONREF
:86:BIAYA ADM
:62F:C200531IDR5999623,00
-}
"""


def read(tmp_path: Path, content: str | bytes, name: str = "mutasi.csv") -> list[Line]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_statement(path, Path(name), TODAY)


@pytest.mark.parametrize("content", [BCA, MANDIRI, BNI, BRI, BSI, SIGNED, MT940])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_the_same_two_rows_come_out_of_every_bank(
    tmp_path: Path, content: str, encoding: str
) -> None:
    if content is MT940 and encoding == "utf-16":
        content, encoding = MT940.replace("\n", "\r\n"), "ascii"

    rows = read(tmp_path, content.encode(encoding))

    assert [(row.day, row.sen, row.is_credit) for row in rows] == [
        (SECOND, 100_012_300, True),
        (THIRD, 50_000, False),
    ]
    assert "PT CONTOH" in rows[0].text


def test_balances_are_kept_and_numbers_of_others_are_cut(tmp_path: Path) -> None:
    rows = read(tmp_path, BCA)

    assert [row.balance for row in rows] == [600_012_300, 599_962_300]
    assert read(tmp_path, MT940)[0].text == "NTRFNONREF//REF1 TRF PT CONTOH REK …6789"
    assert shortened("dari 0812-3456-7890 JNE2-BAZN4") == "dari …7890 JNE2-BAZN4"


def with_row(row: str) -> str:
    return f"Tanggal;Keterangan;Debit;Kredit\n02/05/2020;baik;;1.000.000,00\n{row}\n"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("02/05/2020;x;;1.50", "Row 3: “1.50” is not a whole amount"),
        ("02/05/2020;x;;-5.000", "Row 3: “-5.000” is below zero"),
        ("02/05/2020;x;;USD 100", "Row 3: “USD 100” is not in rupiah"),
        ("02/05/2020;x;;1.000.000.000.000.001", "Row 3: .* is too much"),
        ("02/05/2020;x;1.000;2.000", "Row 3: it has an amount under debit and one under credit"),
        ("32/05/2020;x;;1.000", "Row 3: “32/05/2020” is no day that can be read"),
        ("02/05;x;;1.000", "Row 3: its day has no year"),
        ("03/06/2020;x;;1.000", "Row 3: its day is still to come"),
    ],
)
def test_one_unclear_row_and_nothing_of_the_file_is_taken(
    tmp_path: Path, row: str, why: str
) -> None:
    with override("en"), pytest.raises(StatementRefusedError, match=f"Nothing of the file.*{why}"):
        read(tmp_path, with_row(row))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.4 ...", "is no bank statement"),
        (b"\x00\x01\x02" * 50, "is no bank statement"),
        (b"a;b\n1;2\n", "No columns of a bank statement"),
        (b"Tanggal;Kredit;Debit\n", "no row with an amount"),
        (b"Mata Uang : USD\nTanggal;Kredit;Debit\n1/5/2020;5;\n", "The statement is in USD"),
        (MT940.replace("IDR", "USD").encode(), "The statement is in USD"),
        (MT940.replace("C1000123,00", "C1.50").encode(), "is no row of MT940"),
        (MT940.replace("C1000123,00", "C1000000000000001,").encode(), "above Rp1,000 trillion"),
        (b"Tanggal;Jumlah\n1/5/2020;5.000\n", "nothing says whether the amount is a credit"),
        (b"Tanggal;Kredit;Debit\n" + b"1/5/2020;5.000;\n" * 20_001, "more than 20,000 rows"),
    ],
)
def test_what_is_no_statement_in_rupiah_is_refused(
    tmp_path: Path, content: bytes, why: str
) -> None:
    with override("en"), pytest.raises(StatementRefusedError, match=why):
        read(tmp_path, content)


def test_a_file_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as stream:
        stream.truncate(10 * 1024 * 1024 + 1)

    with override("en"), pytest.raises(StatementRefusedError, match="larger than 10 MB"):
        read_statement(path, path, TODAY)


def test_equal_rows_are_one_where_the_balance_after_them_is_one() -> None:
    row = Line(1, SECOND, 100, is_credit=True, text="x", balance=500)
    other = row._replace(balance=600)
    blind = row._replace(balance=None, text="y")

    marks = [one.mark for one in marked([row, row, other, blind, blind])]

    assert len(marks) == len(set(marks)) == 4
    assert marks == [one.mark for one in marked([row, other, blind, blind])]
