from __future__ import annotations

import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import translation

from ksbb.commitments.models import Movement
from ksbb.config import cli
from ksbb.needs.models import Need
from ksbb.shared.append_only import lifted
from ksbb.shared.errors import quoted
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db(transaction=True)


class Told:
    """What a command said in English: exit code, standard output, standard error."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        with translation.override("en"):
            code = cli.run(["ksbb", *map(str, words)])
        out, err = self.capsys.readouterr()
        return code, out, err


@pytest.fixture
def ksbb(capsys: pytest.CaptureFixture[str]) -> Told:
    return Told(capsys)


@pytest.fixture
def saved(tmp_path: Path, ksbb: Told) -> Path:
    """Back up a book in which 40 of 100 are committed."""
    make_commitment({make_need(100): 40})
    file = tmp_path / "book.backup"
    assert ksbb("backup", file)[0] == 0
    return file


def committed() -> list[int]:
    return list(Need.objects.order_by("pk").values_list("committed", flat=True))


def test_a_restored_book_is_what_was_backed_up_and_agrees(saved: Path, ksbb: Told) -> None:
    make_commitment({Need.objects.get(): 60})

    told = ksbb("restore", "--overwrite", saved)

    assert (committed(), Movement.objects.count()) == ([40], 1)
    assert told == (
        0,
        f"Restored from {saved}.\nThe book agrees: 1 needs, 1 movements recounted.\n",
        "",
    )


def test_a_restored_book_is_written_on_and_backed_up_again(
    saved: Path, ksbb: Told, tmp_path: Path
) -> None:
    again = tmp_path / "again.backup"
    ksbb("restore", "--overwrite", saved)
    make_commitment({Need.objects.get(): 25})

    codes = ksbb("backup", again)[0], ksbb("restore", "--overwrite", again)[0]

    assert (codes, committed()) == ((0, 0), [65])


def test_a_backup_is_for_its_owner_alone_and_says_what_it_holds(ksbb: Told, tmp_path: Path) -> None:
    file = tmp_path / "book.backup"

    code, out, err = ksbb("backup", file)

    assert (code, err) == (0, "")
    assert out.startswith(f"Backed up to {file}, ")
    assert out.endswith(
        "It holds names and phone numbers: keep it where nobody else can read it.\n"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["book.backup"]


def test_a_backup_never_takes_the_place_of_a_file(ksbb: Told, tmp_path: Path) -> None:
    file = tmp_path / "book.backup"
    file.write_text("of yesterday")

    told = ksbb("backup", file)

    assert told == (2, "", f"{file} is there already. Choose another name.\n".replace(*short(file)))
    assert file.read_text() == "of yesterday"


def test_a_place_that_cannot_be_written_is_said(ksbb: Told, tmp_path: Path) -> None:
    file = tmp_path / "none" / "book.backup"

    told = ksbb("backup", file)

    sentence = f"{file} cannot be written (No such file or directory). Choose another place.\n"
    assert told == (2, "", sentence.replace(*short(file)))


def test_a_disk_that_is_full_leaves_nothing_behind(
    ksbb: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_part: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ksbb.config.backups._keep", full)
    file = tmp_path / "book.backup"

    told = ksbb("backup", file)

    sentence = f"{file} cannot be written (No space left on device). Choose another place.\n"
    assert told == (2, "", sentence.replace(*short(file)))
    assert list(tmp_path.iterdir()) == []


def test_a_book_that_is_there_is_lost_only_when_that_is_said(saved: Path, ksbb: Told) -> None:
    make_commitment({Need.objects.get(): 60})

    told = ksbb("restore", saved)

    sentence = (
        "The database that DATABASE_URL names holds a book already. Name an empty one, "
        "or say --overwrite to lose it.\n"
    )
    assert (told, committed()) == ((2, "", sentence), [100])


@pytest.mark.parametrize("content", [b"", b"kode;nama\n", b"\x00" * 400])
def test_what_is_no_backup_is_refused(content: bytes, ksbb: Told, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(content)

    told = ksbb("restore", "--overwrite", file)

    sentence = f"{file} is no backup. Take a file that `ksbb backup` wrote.\n"
    assert told == (2, "", sentence.replace(*short(file)))


def test_a_file_that_is_not_there_is_said(ksbb: Told, tmp_path: Path) -> None:
    told = ksbb("restore", tmp_path / "x")

    sentence = f"{tmp_path / 'x'} cannot be read (No such file or directory).\n"
    assert told == (2, "", sentence.replace(*short(tmp_path / "x")))


def test_a_backup_of_the_other_engine_is_told_where_it_belongs(ksbb: Told, tmp_path: Path) -> None:
    theirs, ours, mark = {
        "sqlite": ("PostgreSQL", "SQLite", b"PGDMP"),
        "postgresql": ("SQLite", "PostgreSQL", b"SQLite format 3\x00"),
    }[connection.vendor]
    file = tmp_path / "x"
    file.write_bytes(mark + b"\x00" * 500)

    code, _out, err = ksbb("restore", "--overwrite", file)

    assert code == 2
    assert err.endswith(
        f" is a backup of {theirs}, and DATABASE_URL names {ours}. "
        "Restore it into the engine it comes from.\n"
    )


def test_half_a_file_restores_nothing(saved: Path, ksbb: Told) -> None:
    saved.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])

    code, out, err = ksbb("restore", "--overwrite", saved)

    assert (code, out, committed()) == (2, "", [40])
    assert err.count("\n") == 1


def test_a_book_of_a_newer_program_is_refused(saved: Path, ksbb: Told) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('needs', '9999_later', '2026-01-01')"
        )
    later = saved.with_name("later.backup")
    ksbb("backup", later)
    ksbb("restore", "--overwrite", saved)

    code, out, err = ksbb("restore", "--overwrite", later)

    assert (code, out, committed()) == (2, "", [40])
    assert err.endswith(
        " was written by a newer KSBB, which knows needs.9999_later. Install that one first.\n"
    )


def test_a_book_that_was_changed_by_hand_is_restored_and_named(
    saved: Path, ksbb: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    need = Need.objects.get()
    with transaction.atomic(), lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE needs_need SET committed = 41")
    wrong = saved.with_name("wrong.backup")
    ksbb("backup", wrong)

    with pytest.raises(SystemExit) as ended:
        ksbb("restore", "--overwrite", wrong)

    assert (ended.value.code, committed()) == (1, [41])
    assert f"needs_need {need.pk} " in capsys.readouterr().out


@pytest.mark.sqlite
def test_a_backup_can_be_read_where_nothing_may_be_written(saved: Path) -> None:
    with closing(sqlite3.connect(f"{saved.as_uri()}?immutable=1", uri=True)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.postgresql
def test_a_machine_without_the_programs_of_postgresql_is_told_what_to_install(
    ksbb: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_words: object, **_options: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", nothing)

    told = ksbb("backup", tmp_path / "book.backup")

    assert told == (
        2,
        "",
        "pg_dump is missing. Install it first: sudo apt-get install postgresql-client\n",
    )
    assert list(tmp_path.iterdir()) == []


def short(file: Path) -> tuple[str, str]:
    """Return a path, and how it stands in a sentence."""
    return str(file), quoted(file)
