from __future__ import annotations

from pathlib import Path

from ksbb.intake.reasons import Code
from tests.factories.intake import KLENDER, read, write_csv

PAGE = """<html><head><style>td {color: red}</style></head><body>
<table><tr><td colspan=4>Rekap Kecamatan Duren Sawit</td></tr>
<tr><th rowspan=2>Kelurahan<th rowspan=2>RW<th colspan=2>Jumlah KK</tr>
<tr><th>Total<th>Rentan</tr>
<tr><td rowspan=2>Klender<td>RW&nbsp;01<td>1.234<td>100</tr>
<tr><td>RW 02<td>900<td>&plusmn;50</tr></table>
<table><tr><td>Kelurahan</td><td>RW</td><td>KK Rentan</td></tr>
<tr><td>Klender</td><td>3</td><td>30</td></tr></table></body></html>"""


def test_tables_of_a_page_saved_as_xls_are_sheets(tmp_path: Path) -> None:
    rows = read(write_csv(tmp_path, PAGE, name="rekap.xls"))

    assert [(r.sheet, r.source_row, r.kelurahan_code, r.rw, r.kk, r.kk_rentan) for r in rows] == [
        ("Tabel 1", 4, KLENDER, 1, 1234, 100),
        ("Tabel 1", 5, KLENDER, 2, 900, 50),
        ("Tabel 2", 2, KLENDER, 3, None, 30),
    ]
    assert Code.APPROXIMATE in {reason.code for reason in rows[1].reasons}
