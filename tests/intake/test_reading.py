"""A spreadsheet becomes rows with a status each."""

from __future__ import annotations

from pathlib import Path

from ksbb.intake.ground import Ground, Place
from ksbb.intake.reading import read_file
from ksbb.intake.rows import Status


def test_a_plain_file_is_taken_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "daftar.csv"
    file.write_text("kode kelurahan,rw,kk,kk rentan\n31.75.07.1001,3,860,\n", "utf-8")
    ground = Ground(places=[Place("31.75.07.1001", "Duren Sawit")])

    row = next(iter(read_file(file, ground=ground)))

    assert (row.sheet, row.source_row, row.status) == ("daftar", 2, Status.WARN)
    assert (row.code, row.kk, row.kk_rentan) == ("31.75.07.1001.003", 860, None)
