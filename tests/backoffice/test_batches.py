"""A list sent in at the desk: read, asked about, looked at, written and taken back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from pytest_django import Settings
from python_calamine import load_workbook

from ksbb.batches.actions.queue import wants_worker
from ksbb.batches.enums import State
from ksbb.batches.models import Batch
from ksbb.needs.models import Need, Target
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.batches import csv_of, make_ground
from tests.factories.commitments import make_commitment
from tests.factories.needs import VILLAGE, make_need, make_target
from tests.factories.programmes import make_programme

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground(settings: Settings, tmp_path: Path) -> None:
    settings.BATCH_INBOX = tmp_path / "inbox"
    make_ground()


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the processes that would have been started."""
    started: list[object] = []
    monkeypatch.setattr(
        "ksbb.batches.worker.subprocess.Popen", lambda *args, **_: started.append(args)
    )
    return started


def send(officer: Officer, content: str | bytes, name: str = "rekap.csv") -> Answer:
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    form = officer.form("impor/") | {
        "pengirim": "Kelurahan Contoh",
        "tanggal": "2020-04-30",
        "program": make_programme().slug,
    }
    return officer.client.post("/en/pokja/impor/", form | {"berkas": file})


def sent(officer: Officer, families: dict[int, int | str]) -> str:
    """Send a list and return the address of its page."""
    return send(officer, csv_of(families)).headers["Location"].removeprefix("/en/pokja/")


def test_a_list_is_shown_written_and_taken_back(sari: Officer) -> None:
    make_target(families=90)
    page = sent(sari, {1: 95, 2: 120})
    shown = words(sari.open(page))
    assert "vulnerable families (KK): 90 → 95" in shown
    assert "RW 002 Kebayoran Lama Selatan" in shown
    assert "Write 2 rows into the book" in shown
    assert Target.objects.count() == 1

    sari.send(f"{page}tulis/", page=page)

    assert dict(Target.objects.values_list("code", "families")) == {
        f"{VILLAGE}.001": 95,
        f"{VILLAGE}.002": 120,
    }

    sari.send(f"{page}tarik/", page=page, alasan="Salah berkas")

    assert dict(Target.objects.values_list("code", "families")) == {f"{VILLAGE}.001": 90}
    assert "Reason: Salah berkas" in words(sari.open(page))


def test_two_officers_press_at_the_same_page_and_the_second_is_told(
    sari: Officer, budi: Officer
) -> None:
    page = sent(sari, {2: 120})
    form = budi.form(page)
    sari.send(f"{page}tulis/", page=page)

    answer = budi.post(f"{page}tulis/", form)

    assert answer.status_code == 409
    assert "Somebody else did something here" in complaint(answer)[0]
    assert "File written into the book" in words(answer)


def test_a_row_that_would_take_from_what_is_committed_is_decided_on_its_page(sari: Officer) -> None:
    need = make_need(100, target=make_target(families=100))
    make_commitment({need: 80})
    page = sent(sari, {1: 60, 2: 10})
    held = f"{page}?akibat=HELD"
    assert "the rule gives 60, but 80 are committed" in words(sari.open(held))
    row = Batch.objects.get().rows.get(rw=1)

    sari.post(f"{page}putuskan/", sari.form(page) | {f"putusan-{row.pk}": "TAKE"})
    sari.send(f"{page}tulis/", page=page)

    need.refresh_from_db()
    assert (need.quantity, need.target.families) == (80, 60)


def test_a_preview_that_is_stale_is_made_anew(sari: Officer) -> None:
    place = make_target(families=90)
    page = sent(sari, {1: 95})
    Target.objects.filter(pk=place.pk).update(families=93)

    answer = sari.send(f"{page}tulis/", page=page)

    assert answer.status_code == 409
    assert "1 rows read otherwise" in complaint(answer)[0]
    assert "vulnerable families (KK): 93 → 95" in words(answer)
    assert Target.objects.get().families == 93


def test_the_same_file_is_known_and_has_nothing_to_write(sari: Officer) -> None:
    first = sent(sari, {2: 120})
    sari.send(f"{first}tulis/", page=first)

    again = words(sari.open(sent(sari, {2: 120})))

    assert "The very same file was sent in before:" in again
    assert "Nothing in this file would change the book" in again


@pytest.mark.parametrize(
    ("content", "name", "status", "sentence"),
    [
        ("", "rekap.csv", 422, "The file is empty."),
        ("x", "virus.exe", 422, "This is no spreadsheet."),
    ],
)
def test_what_cannot_be_a_list_is_refused_and_what_was_typed_stays(
    content: str, name: str, status: int, sentence: str, sari: Officer
) -> None:
    answer = send(sari, content, name)

    assert (answer.status_code, Batch.objects.count()) == (status, 0)
    assert complaint(answer)[0].startswith(sentence)
    assert 'value="Kelurahan Contoh"' in words(answer)


def test_a_file_of_more_than_50_mb_is_refused_before_it_is_kept(
    sari: Officer, tmp_path: Path
) -> None:
    form = sari.form("impor/")

    answer = sari.client.post(
        "/en/pokja/impor/", form, headers={"content-length": str(60 * 1024 * 1024)}
    )

    assert answer.status_code in {413, 422}
    assert "50 MB" in complaint(answer)[0]
    assert not list(tmp_path.glob("inbox/*"))


def test_a_large_file_is_read_and_written_by_a_process_of_its_own(
    sari: Officer, settings: Settings, workers: list[object]
) -> None:
    settings.BATCH_AT_ONCE_BYTES = settings.BATCH_AT_ONCE_ROWS = 1
    page = sent(sari, {2: 120, 3: 10})
    assert "0 rows read" in words(sari.open(page))
    call_command("work_batches", stdout=io.StringIO())
    assert "Write 2 rows into the book" in words(sari.open(page))

    sari.send(f"{page}tulis/", page=page)
    assert Batch.objects.get().state == State.QUEUED
    call_command("work_batches", stdout=io.StringIO())

    assert (len(workers), Target.objects.count()) == (2, 2)
    assert Batch.objects.get().state == State.COMMITTED


def test_a_worker_is_asked_for_once_in_a_while_only(
    sari: Officer, settings: Settings, workers: list[object]
) -> None:
    settings.BATCH_AT_ONCE_BYTES = 1
    page = sent(sari, {2: 120})

    for _ in range(3):
        sari.open(page)

    assert (len(workers), wants_worker(Batch.objects.get().pk)) == (1, False)


def test_a_large_file_that_became_stale_says_so(
    sari: Officer, settings: Settings, workers: list[object]
) -> None:
    settings.BATCH_AT_ONCE_ROWS = 0
    place = make_target(families=90)
    page = sent(sari, {1: 95})
    sari.send(f"{page}tulis/", page=page)
    Target.objects.filter(pk=place.pk).update(families=93)

    call_command("work_batches", stdout=io.StringIO())

    assert "The book has moved, so the file was not written." in words(sari.open(page))
    assert len(workers) == 1


def test_a_file_is_discarded(sari: Officer) -> None:
    page = sent(sari, {2: 120})

    answer = sari.send(f"{page}buang/", page=page)

    assert answer.headers["Location"] == "/en/pokja/impor/"
    assert (Batch.objects.get().state, Batch.objects.get().rows.count()) == (State.DISCARDED, 0)


def test_the_report_has_the_header_of_the_command_and_no_formula(sari: Officer) -> None:
    page = sent(sari, {2: 120, 3: ""})

    answer = sari.open(f"{page}laporan.csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "sheet,source_row,status,kelurahan_code,rw,kk,kk_rentan,reason"
    assert lines[1] == f"rekap,2,accept,{VILLAGE},002,,120,"
    assert lines[2].startswith(f"rekap,3,warn,{VILLAGE},003,,,")


def workbook_of(answer: Answer) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_what_is_taken_out_and_sent_back_changes_only_what_was_changed(sari: Officer) -> None:
    for number in (100, 90):
        make_target(families=number, counted_on="2020-04-30", residents=None)

    answer = send(sari, workbook_of(sari.open("impor/sasaran.xlsx")), "sasaran.xlsx")

    page = answer.headers["Location"].removeprefix("/en/pokja/")
    assert "Nothing in this file would change the book" in words(sari.open(page))
    assert Batch.objects.get().tally["effect"] == {"UNCHANGED": 2}


def test_no_cell_of_an_export_is_a_formula(sari: Officer) -> None:
    make_programme().target_kinds.add(make_target("panti", name="=cmd|' /C calc'!A1").kind)

    content = workbook_of(sari.open("impor/sasaran.xlsx"))

    rows = load_workbook(io.BytesIO(content)).get_sheet_by_name("Lembaga").to_python()
    assert rows[1][4] == "=cmd|' /C calc'!A1"
    assert Need.objects.count() == 0


def test_the_template_is_an_empty_list_with_its_headings(sari: Officer) -> None:
    content = workbook_of(sari.open("impor/templat.xlsx"))

    book = load_workbook(io.BytesIO(content))
    assert book.get_sheet_by_name("RW").to_python()[0][:5] == [
        "Kode Kelurahan",
        "Kecamatan",
        "Kelurahan",
        "RW",
        "KK Rentan",
    ]
    send(sari, content, "templat.xlsx")
    assert Batch.objects.get().rows.count() == 0
