"""`ksbb import_targets` as an operator runs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from ksbb.needs.models import Target
from ksbb.regions.models import Region
from ksbb.shared.errors import DomainError
from tests.factories.intake import write_csv
from tests.factories.programmes import make_programme
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

VILLAGE = "31.74.05.1002"


@pytest.fixture
def programme() -> str:
    make_region(VILLAGE)
    Region.objects.filter(code=VILLAGE).update(name="Contoh Raya")
    return make_programme().slug


def _file(folder: Path, name: str = "daftar.csv") -> Path:
    return write_csv(
        folder,
        "Kelurahan;RW;KK Rentan;NIK Ketua\n"
        "Contoh Raya;RW 01;1.045;3174051203850003\n"
        "Contoh Raya;RW 01;1045;\n"
        "Contoh Raja;RW 02;±150;\n",
        name=name,
    )


def test_a_dry_run_prints_the_report_and_writes_nothing(
    programme: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_targets", str(_file(tmp_path)), "--programme", programme, "--dry-run")

    printed = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(printed.out)))
    assert [(row["source_row"], row["status"], row["kk_rentan"]) for row in rows] == [
        ("2", "accept", "1045"),
        ("3", "skip", "1045"),
        ("4", "ask", "150"),
    ]
    assert rows[0]["kelurahan_code"] == VILLAGE
    assert "NIK" in rows[0]["reason"]
    assert "NIK Ketua" in printed.err
    assert "3174051203850003" not in printed.out + printed.err
    assert Target.objects.count() == 0


def test_the_report_goes_to_a_file_in_the_language_asked_for(
    programme: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    for language, words in (("id", "perkiraan"), ("en", "approximate")):
        call_command(
            *("import_targets", str(_file(tmp_path)), "--programme", programme, "--dry-run"),
            *("--report", str(out), "--lang", language),
        )

        assert words in out.read_text("utf-8")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--programme", "none"], "“none”"),
        (["--lang", "fr"], "“fr”"),
        (["--report", "/nowhere/out.csv"], "/nowhere/out.csv"),
    ],
)
def test_bad_options_are_one_sentence(
    programme: str, tmp_path: Path, options: list[str], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        call_command(
            *("import_targets", str(_file(tmp_path)), "--dry-run", "--programme", programme),
            *options,
        )


def test_a_file_that_cannot_be_read_is_one_sentence(programme: str, tmp_path: Path) -> None:
    file = tmp_path / "surat.pdf"
    file.write_bytes(b"%PDF-1.7")

    with pytest.raises(DomainError, match=r"surat\.pdf"):
        call_command("import_targets", str(file), "--programme", programme, "--dry-run")
