"""A list of aid from others: shown first, written whole, taken back whole, never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries, Settings

from ksbb.audit.models import Entry
from ksbb.needs.models import Need
from ksbb.overlap.judging import NEW, judge
from ksbb.overlap.models import Served, ServedFile
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_pokja
from tests.factories.commitments import NOON
from tests.factories.needs import make_need
from tests.factories.programmes import make_kind, make_programme

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

HEAD: Final = "Kode;Fase;Bantuan;Jumlah;Jenis sumber;Sumber;Tanggal;Dokumen;Nama penerima;NIK\n"


@pytest.fixture
def needs(settings: Settings) -> list[Need]:
    settings.KSBB_CLOCK = NOON.isoformat()
    make_programme().target_kinds.set([make_kind()])
    return [make_need(100) for _ in range(2)]


@pytest.fixture
def officer() -> Officer:
    return Officer(make_pokja())


def row(code: str, quantity: str = "1.200", **changed: str) -> str:
    cells = {
        "phase": "2",
        "aid": "Sembako",
        "quantity": quantity,
        "kind": "Pemerintah",
        "source": "Bansos PSBB",
        "day": "30/4/2020",
        "document": "SK 386",
    }
    return ";".join([code, *(cells | changed).values(), "Contoh Nama", "3174051002000001"]) + "\n"


def send(officer: Officer, text: str) -> Answer:
    file = SimpleUploadedFile("daftar.csv", text.encode())
    fields = officer.form("sudah-dilayani/")
    return officer.client.post("/en/pokja/sudah-dilayani/", fields | {"berkas": file})


def page_of(file: ServedFile) -> str:
    return f"sudah-dilayani/berkas/{file.pk}/"


def state(officer: Officer, file: ServedFile) -> str:
    return words(officer.open(page_of(file))).partition('name="keadaan" value="')[2][:64]


def test_a_list_is_shown_written_whole_and_taken_back_whole(
    needs: list[Need], officer: Officer
) -> None:
    codes = [need.target.code for need in needs]
    send(officer, HEAD + row(codes[0]) + row(codes[1], day="1/5/2020"))
    file = ServedFile.objects.get()
    preview = words(officer.open(page_of(file)))

    assert Served.objects.count() == 0
    assert "Write 2 entries" in preview
    assert "Left out, because it is about persons: <strong>nama penerima</strong>" in preview

    written = officer.send(
        f"{page_of(file)}tulis/", page=page_of(file), keadaan=state(officer, file)
    )
    assert written.status_code == 302
    assert list(Served.objects.values_list("delta", flat=True)) == [1200, 1200]

    officer.send(f"{page_of(file)}tarik/", page=page_of(file), alasan="berkas keliru")
    file.refresh_from_db()
    assert file.state == "TAKEN_BACK"
    assert sum(Served.objects.values_list("delta", flat=True)) == 0
    assert Entry.objects.filter(action="overlap.list_taken_back").get().reason == "berkas keliru"


def test_nothing_about_a_person_is_kept(needs: list[Need], officer: Officer) -> None:
    send(officer, HEAD + row(needs[0].target.code, source="Bansos, Bu Contoh 081234567890"))

    kept = str(ServedFile.objects.values().get())
    assert "3174051002000001" not in kept
    assert "Contoh Nama" not in kept
    assert "081234567890" not in kept


def test_the_same_file_and_the_same_rows_change_nothing(
    needs: list[Need], officer: Officer
) -> None:
    text = HEAD + row(needs[0].target.code)
    send(officer, text)
    file = ServedFile.objects.get()
    officer.send(f"{page_of(file)}tulis/", page=page_of(file), keadaan=state(officer, file))

    again = send(officer, text)
    other = send(officer, text + "\n")

    assert again.headers["Location"].endswith(page_of(file))
    rows = words(officer.client.get(other.headers["Location"]))
    assert "Nothing in this list is new." in rows
    assert Served.objects.count() == 1


def test_a_row_that_is_not_taken_says_why_and_the_others_are_written(
    needs: list[Need], officer: Officer
) -> None:
    code = needs[0].target.code
    send(
        officer,
        HEAD
        + row("31.74.99.0000.001")
        + row(code, aid="emas")
        + row(code, quantity="1.5")
        + row(code, kind="negara")
        + row(code, day="besok")
        + row(code)
        + row(code),
    )
    file = ServedFile.objects.get()
    page = words(officer.open(page_of(file)))

    for why in (
        "No verified place has the code “31.74.99.0000.001”.",
        "There is no kind of aid “emas”.",
        "“negara” is no kind of source. Write pemerintah, lembaga or lain.",
        "“besok” is no day.",
        "This row stands in the file twice.",
        "Write 1 entry",
    ):
        assert why in page


def test_what_changed_after_the_preview_is_looked_at_again(
    needs: list[Need], officer: Officer
) -> None:
    code = needs[0].target.code
    send(officer, HEAD + row(code))
    send(officer, HEAD + row(code) + "\n")
    first, second = ServedFile.objects.order_by("pk")
    seen = state(officer, second)
    officer.send(f"{page_of(first)}tulis/", page=page_of(first), keadaan=state(officer, first))

    late = officer.send(f"{page_of(second)}tulis/", page=page_of(second), keadaan=seen)

    assert (late.status_code, Served.objects.count()) == (409, 1)
    assert complaint(late) == [
        "Since you looked at this list something changed. Look at it again, then write it."
    ]


def test_a_long_list_asks_the_database_as_often_as_a_short_one(
    needs: list[Need], officer: Officer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text = HEAD + "".join(row(needs[0].target.code, document=f"SK {one}") for one in range(30))
    send(officer, text)
    file = ServedFile.objects.get()
    programme = make_programme()

    with django_assert_max_num_queries(5):
        judged = judge(file.rows, programme, NOON)

    assert [one.effect for one in judged] == [NEW] * 30


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a;b\n1;2\n", "No sheet has the columns"),
        ("%PDF-1.4", "The file cannot be read as xlsx, xls, ods or csv."),
        ("PK\x03\x04 rusak", "The file cannot be read as xlsx, xls, ods or csv."),
    ],
)
@pytest.mark.usefixtures("needs")
def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    content: str, why: str, officer: Officer
) -> None:
    answer = send(officer, content)

    assert answer.status_code == 409
    assert complaint(answer)[0].startswith(why)
    assert ServedFile.objects.count() == 0
