"""Files that are not read: each is refused with one reason, and quickly."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from ksbb.intake.errors import UnreadableError
from ksbb.intake.files import opening, packed
from ksbb.intake.reasons import Refusal
from tests.factories.intake import read, write_csv
from tests.intake.files.test_workbooks import ods_row, write_ods

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def _refused(file: Path) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(file)
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Refusal.EMPTY),
        (b" \r\n", Refusal.EMPTY),
        (b"%PDF-1.7 ...", Refusal.OTHER_KIND),
        (b"\x89PNG\r\n", Refusal.OTHER_KIND),
        (bytes(range(1, 32)) * 50, Refusal.OTHER_KIND),
        (b"<?xml version='1.0'?><Workbook/>", Refusal.OTHER_KIND),
        (b"PK\x03\x04 broken", Refusal.BROKEN),
        (OLE, Refusal.BROKEN),
        (OLE + "Workbook".encode("utf-16-le"), Refusal.BROKEN),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Refusal.ENCRYPTED),
        (OLE + "WordDocument".encode("utf-16-le"), Refusal.OTHER_KIND),
        (_zip(word__document_xml=b"<w/>"), Refusal.OTHER_KIND),
        (_zip(xl__workbook_xml=b"<broken"), Refusal.BROKEN),
        (b"halo\ndunia\n", Refusal.NO_TABLE),
        (b"<html><p>Not found</p></html>", Refusal.NO_TABLE),
    ],
)
def test_what_is_no_readable_spreadsheet_is_refused(
    tmp_path: Path, content: bytes, code: Refusal
) -> None:
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(content)

    assert _refused(file).code is code


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path / "none.csv").code is Refusal.MISSING


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_TEXT", opening.MEGABYTE)
    error = _refused(write_csv(tmp_path, "a;b\n" * 500_000))

    assert (error.code, error.values) == (Refusal.TOO_LARGE, {"size": 2, "most": 1})


def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1_000_000)
    file = tmp_path / "bomb.xlsx"
    file.write_bytes(_zip(xl__workbook_xml=b"<workbook/>", xl__a_xml=b" " * 2_000_000))

    assert _refused(file).code is Refusal.UNPACKS_TOO_LARGE


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    content = _zip(xl__workbook_xml=b"<workbook/>", xl__a_xml=b" " * 100_000)
    file = tmp_path / "liar.xlsx"
    file.write_bytes(content.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))

    assert _refused(file).code is Refusal.BROKEN


def test_a_sheet_with_one_cell_far_out_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "far.xlsx"
    with Workbook(file) as book:
        sheet = book.add_worksheet("Jauh")
        sheet.write(0, 0, "Kelurahan")
        sheet.write(1_048_575, 16_383, "x")
    error = _refused(file)

    assert (error.code, error.values) == (Refusal.TOO_WIDE, {"sheet": "Jauh"})


def test_an_ods_that_repeats_a_row_a_million_times_is_refused(tmp_path: Path) -> None:
    file = write_ods(tmp_path, ods_row("a", "b", "c", "d", "e", "f", repeated=1_048_576))

    assert _refused(file).code is Refusal.TOO_WIDE
