"""An officer of an area sends a list in about it; the working group writes it or sends it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings

from ksbb.accounts.enums import Role
from ksbb.audit.models import Entry
from ksbb.batches.actions.commit import CommitRefusedError, commit
from ksbb.batches.actions.discard import DiscardRefusedError, discard
from ksbb.batches.models import Batch, BatchRow, Memory
from ksbb.needs.models import Target
from ksbb.rights.models import Posting
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_user
from tests.factories.batches import csv_of, make_batch, make_ground
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import VILLAGE, make_need, make_target
from tests.factories.programmes import make_programme
from tests.factories.regions import make_region

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

BESIDE: Final = "31.74.05.1003"


@pytest.fixture(autouse=True)
def _ground(settings: Settings, tmp_path: Path) -> None:
    settings.BATCH_INBOX = tmp_path / "inbox"
    make_ground()
    make_region(BESIDE, "Pondok Pinang")


def officer_of(village: str, name: str) -> Officer:
    user = make_user(f"{name}@example.org", role=Role.AREA)
    Posting.objects.create(user=user, region_id=village, since=NOON)
    return Officer(user)


@pytest.fixture
def wati() -> Officer:
    return officer_of(VILLAGE, "wati")


def send(officer: Officer, content: str, *, area: str = VILLAGE) -> Answer:
    fields = {"wilayah": area, "program": make_programme().slug, "tanggal": "2020-04-30"}
    file = SimpleUploadedFile("rekap.csv", content.encode())
    return officer.client.post(
        "/en/pokja/impor/", officer.form("impor/") | fields | {"berkas": file}
    )


def sent(officer: Officer, families: dict[int, int | str]) -> str:
    """Send a list and return the address of its page."""
    return send(officer, csv_of(families)).headers["Location"].removeprefix("/en/pokja/")


def test_a_list_is_handed_in_sent_back_handed_in_again_and_written(
    wati: Officer, sari: Officer
) -> None:
    page = sent(wati, {1: 90, 2: 120})
    assert page not in words(sari.open("kotak-masuk/?jenis=berkas"))
    assert page in words(wati.open("kotak-masuk/"))

    wati.send(f"{page}serahkan/", page=page)

    listed = words(sari.open("kotak-masuk/?jenis=berkas"))
    assert page in listed
    assert f"Handed in by wati@example.org for Kebayoran Lama Selatan ({VILLAGE})." in listed
    assert page in words(sari.open(f"kotak-masuk/?jenis=berkas&wilayah={VILLAGE[:8]}"))
    assert page not in words(wati.open("kotak-masuk/"))
    sari.send(f"{page}kembalikan/", page=page, alasan="RW 002 belum didata ulang")

    assert "RW 002 belum didata ulang" in words(wati.open("kotak-masuk/"))
    assert "RW 002 belum didata ulang" in words(wati.open(page))
    wati.send(f"{page}serahkan/", page=page)
    sari.send(f"{page}tulis/", page=page)

    assert dict(Target.objects.values_list("region_id", "families")) == {
        f"{VILLAGE}.001": 90,
        f"{VILLAGE}.002": 120,
    }
    assert "written into the book" in words(wati.open(page))
    about = Entry.objects.filter(action__startswith="batches.").order_by("pk")
    assert list(about.values_list("action", "actor__email")) == [
        ("batches.receive", "wati@example.org"),
        ("batches.hand_in", "wati@example.org"),
        ("batches.send_back", "sari@example.org"),
        ("batches.hand_in", "wati@example.org"),
        ("batches.commit", "sari@example.org"),
    ]


def test_a_row_outside_the_area_is_refused_in_the_report_and_nothing_of_it_is_kept(
    wati: Officer,
) -> None:
    head = "Kode Kelurahan,RW,KK Rentan,Alamat,Nama Penerima,NIK\n"
    inside = f"{VILLAGE},1,90,Jalan Dalam,Ani Contoh,3174051002000001\n"
    outside = f"{BESIDE},7,70,Jalan Luar 5,Budi Contoh,3174051003000002\n"

    page = send(wati, head + inside + outside).headers["Location"].removeprefix("/en/pokja/")

    row = BatchRow.objects.get(village=BESIDE)
    assert (row.status, row.effect, row.families, row.address, row.after) == (
        "reject",
        "REFUSED",
        None,
        "",
        None,
    )
    why = "This place lies outside Kebayoran Lama Selatan, the area of this list"
    assert why in words(wati.open(page))
    report = b"".join(wati.open(f"{page}laporan.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert why in report
    kept = str([list(model.objects.values()) for model in (Batch, BatchRow, Entry)])
    assert not any(one in kept for one in ("Contoh,", "3174051003000002", "Luar"))
    assert Batch.objects.get().tally["effect"] == {"NEW": 1, "REFUSED": 1}


def test_what_lies_outside_is_refused_again_when_it_is_written(wati: Officer) -> None:
    page = sent(wati, {1: 90})
    wati.send(f"{page}serahkan/", page=page)
    moved = {"village": BESIDE, "place": f"{BESIDE}.001"}
    BatchRow.objects.update(**moved)

    with pytest.raises(Exception, match="Nothing was written"):
        commit(batch_id=Batch.objects.get().pk, actor=DESK, now=NOON)

    assert Target.objects.count() == 0


def test_another_area_than_ones_own_is_not_taken(wati: Officer) -> None:
    answer = send(wati, csv_of({1: 90}), area=BESIDE)

    assert (answer.status_code, Batch.objects.count()) == (422, 0)
    said = "This area is not one of your account. Choose one of these."
    assert complaint(answer) == [f"About which area? {said}"]


def test_an_officer_without_an_area_sends_nothing_in() -> None:
    nobody = Officer(make_user("nobody@example.org", role=Role.AREA))

    assert send(nobody, csv_of({1: 90})).status_code == 422
    assert Batch.objects.count() == 0


@pytest.mark.parametrize("whose", ["the neighbour", "the working group", "a former officer"])
def test_the_list_of_others_is_closed(whose: str, wati: Officer) -> None:
    page = sent(wati, {1: 90})
    if whose == "the working group":
        page, reader = f"impor/{make_batch({3: 30}).pk}/", wati
    elif whose == "the neighbour":
        reader = officer_of(BESIDE, "tono")
    else:
        reader = wati
        Posting.objects.update(region_id=BESIDE)

    looks = [reader.open(f"{page}{one}").status_code for one in ("", "laporan.csv")]
    sends = [
        reader.post(f"{page}{one}/", {"kunci": "1"}).status_code
        for one in ("jawab", "serahkan", "buang", "tulis", "putuskan-semua", "kembalikan", "tarik")
    ]

    assert looks + sends == [403] * 9
    assert page not in words(reader.open("impor/"))
    assert set(Entry.objects.values_list("action", flat=True)) == {"batches.receive"}


def test_what_is_handed_in_is_no_more_in_the_hands_of_its_officer(wati: Officer) -> None:
    page = sent(wati, {1: 90})
    form = wati.form(page)
    wati.send(f"{page}serahkan/", page=page)

    again = wati.post(f"{page}serahkan/", form | {"kunci": "other"})
    gone = wati.post(f"{page}buang/", form | {"kunci": "third"})

    assert (again.status_code, gone.status_code) == (403, 403)
    assert "This list is not with you now. Open its page again." in words(gone)
    assert "Hand to the working group" not in words(wati.open(page))


def test_before_it_is_handed_in_nobody_decides_on_it(wati: Officer, sari: Officer) -> None:
    page = sent(wati, {1: 90})
    batch = Batch.objects.get()

    form = wati.form(page)
    answer = sari.post(f"{page}tulis/", form)
    thrown = sari.post(f"{page}buang/", form | {"kunci": "other"})

    assert complaint(answer) == ["The officer of the area has not handed in this list."]
    assert thrown.status_code == 403
    with pytest.raises(CommitRefusedError):
        commit(batch_id=batch.pk, actor=DESK, now=NOON)
    Batch.objects.update(handed_in_at=timezone.now())
    with pytest.raises(DiscardRefusedError):
        discard(batch_id=batch.pk, actor=DESK, now=NOON)


def test_sending_back_needs_a_reason(wati: Officer, sari: Officer) -> None:
    page = sent(wati, {1: 90})
    wati.send(f"{page}serahkan/", page=page)

    answer = sari.send(f"{page}kembalikan/", page=page, alasan="")

    assert (answer.status_code, complaint(answer)) == (422, ["Say why."])
    assert Batch.objects.get().handed_in_at is not None


def test_a_list_that_says_nothing_new_is_not_handed_in(wati: Officer) -> None:
    make_target(families=90, counted_on="2020-04-30", source="Kebayoran Lama Selatan: rekap.csv")
    page = sent(wati, {1: 90})

    answer = wati.send(f"{page}serahkan/", page=page)

    said = "Nothing in this list would change the book, so there is nothing to hand in."
    assert complaint(answer) == [said]
    assert said in words(wati.open(page))


def test_what_would_take_from_a_promise_is_left_to_the_working_group(
    wati: Officer, sari: Officer
) -> None:
    make_commitment({make_need(100, target=make_target(families=100)): 80})
    page = sent(wati, {1: 60})
    row = BatchRow.objects.get()

    shown = words(wati.open(page))
    wati.send(f"{page}serahkan/", page=page)
    sari.post(f"{page}putuskan/", sari.form(page) | {f"putusan-{row.pk}": "TAKE"})
    sari.send(f"{page}tulis/", page=page)

    assert "1 row is left to the working group" in shown
    assert f"putusan-{row.pk}" not in shown
    assert Target.objects.get().families == 60


def test_answers_of_an_officer_are_remembered_for_the_area_alone(wati: Officer) -> None:
    text = csv_of({1: 90}).replace("KK Rentan", "Rentan sekali")
    page = send(wati, text).headers["Location"].removeprefix("/en/pokja/")
    batch = Batch.objects.get()
    (asked,) = batch.questions
    wati.send(f"{page}jawab/", page=page, **{"jawaban-0": "kk_rentan"})

    assert Memory.objects.get().sender_key == VILLAGE
    assert Memory.objects.get().answers == {asked["key"]: "kk_rentan"}
    assert "RW 001 Kebayoran Lama Selatan" in words(wati.open(page))


def test_the_places_to_change_and_send_back_are_those_of_the_area(
    wati: Officer, sari: Officer
) -> None:
    make_target()
    make_target(village=BESIDE)

    sizes = []
    for one in (sari, wati):
        content = b"".join(one.open("impor/sasaran.xlsx").streaming_content)  # type: ignore[attr-defined]
        name = SimpleUploadedFile("sasaran.xlsx", content)
        fields = {"pengirim": "Kota", "program": make_programme().slug, "berkas": name}
        sari.client.post("/en/pokja/impor/", sari.form("impor/") | fields)
        sizes.append(Batch.objects.order_by("-pk")[0].rows.count())

    assert sizes == [2, 1]
