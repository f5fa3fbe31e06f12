"""Bad input to a command: exit code 2, one sentence, nothing written, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from ksbb.config import cli
from tests.doors.conftest import World
from tests.doors.rows import rows

pytestmark = pytest.mark.django_db

REPORT = ["report", "--programme", "pangan-ramadan-1441", "--as-of", "2020-05-01"]
BOUNDARIES = ["import_boundaries", "--licence", "ODbL", "--as-of", "2020-04-01"]
SENTENCES = [
    ["report", "--programme", "tidak-ada", "--as-of", "2020-05-01"],
    ["report", "--programme", "' OR 1=1 --", "--as-of", "2020-05-01"],
    ["report", "--programme", "a" * 10_000, "--as-of", "2020-05-01"],
    ["report", "--programme", "pangan-ramadan-1441", "--as-of", "kemarin"],
    ["report", "--programme", "pangan-ramadan-1441", "--as-of", ""],
    ["report", "--programme", "pangan-ramadan-1441", "--as-of", "2020-02-30"],
    ["report", "--programme", "pangan-ramadan-1441", "--as-of", "2021-01-01"],
    ["report", "--programme", "pangan-ramadan-1441", "--as-of", "9" * 5_000],
    [*REPORT, "--format", "xml"],
    [*REPORT, "--lang", "jv"],
    [*REPORT, "--date", "tanggal tua"],
    [*REPORT, "--out", "{folder}"],
    [*REPORT, "--out", "{folder}/tidak/ada.txt"],
    ["seed_demo", "--scale", "0"],
    ["seed_demo", "--scale", "-1"],
    ["seed_demo", "--seed", "-1"],
    ["seed_demo"],
    ["import_regions", "{folder}/tidak-ada.csv"],
    ["import_regions", "{folder}"],
    ["import_regions", "{empty}"],
    ["import_regions", "{binary}"],
    ["import_regions", "{other}"],
    [*BOUNDARIES, "{folder}/tidak-ada.json"],
    [*BOUNDARIES, "{folder}"],
    [*BOUNDARIES, "{empty}"],
    [*BOUNDARIES, "{binary}"],
    [*BOUNDARIES, "{other}"],
    [*BOUNDARIES, "{empty}", "--as-of", "kemarin"],
    [*BOUNDARIES, "{empty}", "--licence", ""],
    ["audit_plan", "{empty}", "{other}"],
    ["audit_plan", "{folder}", "{folder}/tidak-ada.json"],
    ["audit_plan", "{binary}", "{binary}"],
    ["audit_plan", "{empty}"],
    ["serve", "--check", "--port", "99999"],
    [*REPORT, "--number", "9" * 61],
    [*REPORT, "--number", "1\n2"],
    ["report"],
    ["report", "--programme"],
    ["expire_commitments", "semua"],
    ["expire_commitments", "--limit", "3"],
    ["verify_integrity", "needs"],
    ["close_days", "--rebuild", "--days", "3"],
    ["seed_demo", "--scale", "banyak"],
    ["seed_demo", "--scale", "1.5"],
    ["import_regions"],
    ["import_boundaries", "batas.json"],
    ["import_boundaries", "--licence", "ODbL", "--as-of", "2020-04-01"],
    ["serve", "--port", "delapan"],
    ["report", "--programme", "pangan-ramadan-1441", "--foo"],
    ["reset_second_factor", "tidak-ada@example.org", "--reason", "hilang"],
    ["reset_second_factor", "tidak-ada@example.org"],
    ["personal_data", "tidak-ada@example.org"],
    ["personal_data", "tidak-ada@example.org", "--erase", "--reason", "Surat 1"],
    ["tidak_ada"],
    ["help", "tidak_ada"],
]


@pytest.fixture(autouse=True)
def _the_connection_of_the_test_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a command not close the connections behind it, as it does at the end of its process."""
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Return files nobody can load."""
    (tmp_path / "kosong.csv").touch()
    (tmp_path / "biner.csv").write_bytes(bytes(range(256)))
    (tmp_path / "lain.csv").write_text("nama,umur\nSari,40\n")
    return {
        "folder": tmp_path,
        "empty": tmp_path / "kosong.csv",
        "binary": tmp_path / "biner.csv",
        "other": tmp_path / "lain.csv",
    }


@pytest.mark.parametrize("typed", SENTENCES, ids=lambda typed: ascii(" ".join(typed))[:60])
def test_bad_input_is_one_sentence(
    typed: list[str],
    files: dict[str, Path],
    world: World,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DEMO = True
    before, listed = rows(), sorted(files["folder"].iterdir())

    code = cli.run(["ksbb", *(word.format(**files) for word in typed)])

    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "Traceback" not in err
    assert (rows(), sorted(files["folder"].iterdir())) == (before, listed)
    assert world.names
