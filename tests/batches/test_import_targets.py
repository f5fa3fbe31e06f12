"""`ksbb import_targets` as an operator runs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from ksbb.batches.enums import State
from ksbb.batches.models import Batch
from ksbb.needs.models import Target
from ksbb.regions.models import Region
from ksbb.shared.errors import DomainError
from tests.factories.intake import write_csv
from tests.factories.programmes import make_kind, make_programme
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

VILLAGE = "31.74.05.1002"


@pytest.fixture
def programme() -> str:
    make_region(VILLAGE)
    Region.objects.filter(code=VILLAGE).update(name="Contoh Raya")
    programme = make_programme()
    programme.target_kinds.add(make_kind())
    return programme.slug


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


def _import(file: Path, programme: str) -> None:
    call_command("import_targets", str(file), "--programme", programme, "--lang", "en")


def test_without_a_dry_run_the_file_is_written_whole_and_a_second_time_changes_nothing(
    programme: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Kelurahan,RW,KK Rentan\nContoh Raya,1,100\nContoh Raya,2,-\nContoh Raya,3,90\n"
    file = write_csv(tmp_path, text)

    _import(file, programme)
    assert "2 new, 0 changed" in capsys.readouterr().err
    _import(file, programme)
    assert "Nothing in this file would change the book" in capsys.readouterr().err

    assert dict(Target.objects.values_list("code", "families")) == {
        f"{VILLAGE}.001": 100,
        f"{VILLAGE}.003": 90,
    }


def test_a_file_that_asks_something_waits_on_the_page(
    programme: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _import(_file(tmp_path), programme)

    assert "wait for an answer" in capsys.readouterr().err
    assert Target.objects.count() == 0
    assert [batch.state for batch in Batch.objects.all()] == [State.READY]


def test_a_file_that_cannot_be_read_is_one_sentence(programme: str, tmp_path: Path) -> None:
    file = tmp_path / "surat.pdf"
    file.write_bytes(b"%PDF-1.7")

    with pytest.raises(DomainError, match=r"surat\.pdf"):
        call_command("import_targets", str(file), "--programme", programme, "--dry-run")
