from __future__ import annotations

import csv
import io
from pathlib import Path

from ksbb.intake.reading import read_file
from ksbb.intake.report import Report
from ksbb.intake.rows import Status
from tests.factories.intake import KLENDER, make_ground, write_csv

RW_ONLY = "Kelurahan,RW,KK,KK Rentan\nKlender,RW 01,1.234,-\n"
INSTITUTIONS = (
    "Nama Lembaga;Jenis;Kelurahan;Koordinat;Jml Penghuni\n"
    "=HYPERLINK(1);Panti Werdha;Klender;-6,2176, 106,9042;45\n"
)


def _report(folder: Path, text: str) -> tuple[list[list[str]], Report]:
    out = io.StringIO()
    with Report() as report:
        for row in read_file(write_csv(folder, text), ground=make_ground()):
            report.add(row, "+ why")
        report.copy_to(out)
    return list(csv.reader(io.StringIO(out.getvalue()))), report


def test_the_report_has_the_columns_of_the_contract(tmp_path: Path) -> None:
    table, report = _report(tmp_path, RW_ONLY)

    assert table == [
        ["sheet", "source_row", "status", "kelurahan_code", "rw", "kk", "kk_rentan", "reason"],
        ["daftar", "2", "warn", KLENDER, "001", "1234", "", "'+ why"],
    ]
    assert report.statuses == {Status.WARN: 1}


def test_institutions_bring_columns_and_no_formulas(tmp_path: Path) -> None:
    (header, row), _ = _report(tmp_path, INSTITUTIONS)

    assert dict(zip(header[8:], row[8:], strict=True)) == {
        "type": "elderly",
        "name": "'=HYPERLINK(1)",
        "residents": "45",
        "lat": "-6.2176",
        "lon": "106.9042",
    }
