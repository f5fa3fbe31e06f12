from __future__ import annotations

import zipfile
from pathlib import Path

from xlsxwriter import Workbook

from ksbb.intake.reading import read_file
from ksbb.intake.reasons import Code
from ksbb.intake.rows import Status
from tests.factories.intake import KLENDER, make_ground, read, write_xlsx

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"


def write_ods(folder: Path, rows: str) -> Path:
    """Write an ods file around rows of its own XML."""
    file = folder / "daftar.ods"
    spaces = "".join(
        f' xmlns:{one}="{_NAMESPACE}:{one}:1.0"' for one in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Lembar1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_NAMESPACE}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return file


def ods_row(*cells: str, repeated: int = 1) -> str:
    """Return a row of texts."""
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'


def test_a_merged_cell_holds_for_all_rows_it_reaches_over(tmp_path: Path) -> None:
    file = write_xlsx(
        tmp_path,
        ["Kelurahan", "RW", "KK Rentan"],
        ["", 1, 100],
        ["", 2, 90],
        merged={"A2:A3": "Klender"},
    )

    assert [(row.kelurahan_code, row.rw, row.status) for row in read(file)] == [
        (KLENDER, 1, Status.ACCEPT),
        (KLENDER, 2, Status.ACCEPT),
    ]


def test_one_merged_number_for_several_rw_is_held(tmp_path: Path) -> None:
    file = write_xlsx(
        tmp_path,
        ["Kelurahan", "RW", "KK Rentan"],
        ["Klender", 1],
        ["Klender", 2],
        merged={"C2:C3": "100"},
    )

    assert [row.status for row in read(file)] == [Status.HOLD, Status.HOLD]


def test_hidden_rows_and_sheets_are_read_and_said(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with Workbook(file) as book:
        shown, hidden = book.add_worksheet("A"), book.add_worksheet("B")
        shown.write_row(0, 0, ["Kelurahan", "RW", "KK Rentan"])
        shown.write_row(1, 0, ["Klender", 1, 100])
        shown.set_row(1, None, None, {"hidden": True})
        shown.set_column(2, 2, None, None, {"hidden": True})
        hidden.write_row(0, 0, ["Kelurahan", "RW", "KK Rentan"])
        hidden.write_row(1, 0, ["Klender", 2, 100])
        hidden.hide()
    reading = read_file(file, ground=make_ground())
    rows = list(reading)

    assert [(row.sheet, row.kk_rentan, row.status) for row in rows] == [
        ("A", 100, Status.WARN),
        ("B", 100, Status.ACCEPT),
    ]
    assert [reason.code for reason in rows[0].reasons] == [Code.HIDDEN_ROW]
    assert reading.summary.hidden_sheets == ["B"]
    assert reading.summary.progress == 1.0


def test_a_table_may_begin_anywhere_and_styled_cells_reach_to_the_end(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with Workbook(file) as book:
        sheet = book.add_worksheet("A")
        sheet.write_row(7, 3, ["Kelurahan", "RW", "KK Rentan"])
        sheet.write_row(8, 3, ["Klender", 1, 100])
        sheet.write_blank(1_048_575, 200, None, book.add_format({"bold": True}))

    assert [(row.source_row, row.kk_rentan) for row in read(file)] == [(9, 100)]


def test_ods_is_read(tmp_path: Path) -> None:
    rows = (
        ods_row("Kelurahan", "RW", "KK Rentan")
        + ods_row("Klender", "RW 01", "1.045")
        + '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )

    assert [
        (row.kelurahan_code, row.rw, row.kk_rentan) for row in read(write_ods(tmp_path, rows))
    ] == [(KLENDER, 1, 1045)]


def test_of_two_columns_for_one_thing_the_hidden_one_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with Workbook(file) as book:
        sheet = book.add_worksheet("Kel. Klender")
        sheet.write_row(0, 0, ["RW", "KK Rentan", "KK Rentan"])
        sheet.write_row(1, 0, ["1 (satu)", 999, 90])
        sheet.set_column(1, 1, None, None, {"hidden": True})

    assert [(row.kelurahan_code, row.rw, row.kk_rentan) for row in read(file)] == [(KLENDER, 1, 90)]
