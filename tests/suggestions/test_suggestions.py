"""Neighbours report, officers of an area propose inside it, the working group decides."""

from __future__ import annotations

from typing import Final

import pytest
from django.test import Client
from pytest_django import Settings

from ksbb.accounts.enums import Role
from ksbb.audit.models import Entry
from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.overlap.models import Served
from ksbb.privacy.queries import Kept
from ksbb.rights.models import Posting
from ksbb.suggestions.models import Suggestion, SuggestionContact
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_pokja, make_user
from tests.factories.commitments import NOON
from tests.factories.needs import VILLAGE, make_need, make_target
from tests.factories.overlap import make_served
from tests.factories.programmes import make_kind, make_programme
from tests.factories.regions import make_region
from tests.factories.suggestions import make_new_place, make_served_suggestion, make_suggestion

pytestmark = pytest.mark.django_db

ELSEWHERE: Final = "31.75.01.1001"
TYPED: Final = {
    "kelurahan": "pondok pinang",
    "nama": "RW 09",
    "keluarga": "30",
    "isi": "Tiga puluh keluarga belum dibantu. NIK 3174051002000001",
    "telepon": "0812 0000 1111",
    "setuju": "on",
}


@pytest.fixture(autouse=True)
def _at_noon(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()
    make_programme().target_kinds.set([make_kind(), make_kind("panti")])
    make_region(VILLAGE, "Pondok Pinang")


@pytest.fixture
def pokja() -> Officer:
    return Officer(make_pokja("pokja@example.org"))


@pytest.fixture
def wati() -> Officer:
    """Return an officer of one kelurahan."""
    user = make_user("wati@example.org", role=Role.AREA)
    Posting.objects.create(user=user, region_id=VILLAGE, since=NOON)
    return Officer(user)


def test_a_neighbour_reports_a_need_and_follows_it_by_its_code(
    client: Client, pokja: Officer
) -> None:
    sent = client.post("/en/lapor/", TYPED | {"kunci": "1"})
    made = Suggestion.objects.get()
    page = f"usulan/{made.pk}/"
    hidden = words(pokja.open(page))
    looked = words(pokja.post(f"{page}kontak/", {}))
    pokja.send(f"{page}terima/", page=page, alasan="Kelurahan akan mendata")

    status = words(client.get(sent.headers["Location"]))
    assert "3174051002000001" not in made.words
    assert "0812 0000 1111" not in hidden
    assert "0812 0000 1111" in looked
    assert Entry.objects.filter(action="suggestions.look_at_contact").count() == 1
    assert "Kelurahan akan mendata" in status
    assert "0812 0000 1111" not in status
    assert SuggestionContact.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"setuju": ""}, "Without your consent we cannot keep a contact."),
        ({"telepon": ""}, "Write a phone number or an e-mail address."),
        (
            {"kelurahan": "Antah"},
            "“Antah” is no kelurahan we know. Check its name, or write the code.",
        ),
        ({"isi": ""}, "Say what it is about."),
    ],
)
def test_a_report_that_lacks_something_says_what(
    changed: dict[str, str], said: str, client: Client
) -> None:
    answer = client.post("/en/lapor/", TYPED | {"kunci": "1"} | changed)

    assert (answer.status_code, complaint(answer)) == (422, [said])
    assert 'value="RW 09"' in words(answer)
    assert Suggestion.objects.count() == 0


def test_who_sends_many_reports_is_asked_to_wait(client: Client) -> None:
    codes = [client.post("/lapor/", TYPED | {"kunci": f"{at}"}).status_code for at in range(6)]

    assert codes == [302] * 5 + [429]


def test_an_officer_proposes_inside_the_own_area_and_is_refused_outside(
    wati: Officer, pokja: Officer
) -> None:
    make_region(ELSEWHERE, "Luar")
    outside = make_target(village=ELSEWHERE)
    place = {"kelurahan": VILLAGE, "nama": "Panti Contoh", "jenis": "panti", "isi": "Baru dibuka"}

    sent = wati.send("usulan/tempat/", **place, penghuni="40")
    there = wati.send("usulan/tempat/", **place | {"kelurahan": ELSEWHERE})
    count = wati.open(f"sasaran/{outside.code}/usul-hitungan/")
    foreign = make_suggestion(outside)
    seen = wati.open(f"usulan/{foreign.pk}/")
    made = Suggestion.objects.exclude(pk=foreign.pk).get()
    decided = wati.post(f"usulan/{made.pk}/terima/", {"alasan": "ya"})

    assert [one.status_code for one in (sent, there, count, seen, decided)] == [
        302,
        403,
        403,
        403,
        403,
    ]
    assert "This lies outside the area of your account." in words(count)
    assert foreign.name not in words(wati.open("usulan/"))
    page = f"usulan/{made.pk}/"
    pokja.send(f"{page}terima/", page=page, alasan="Sudah diperiksa")
    entered = Target.objects.get(name="Panti Contoh")
    assert (entered.verification, entered.residents) == (Verification.PENDING, 40)


def test_a_proposed_place_that_may_stand_already_is_asked_about(pokja: Officer) -> None:
    make_target("panti", name="Panti Contoh Satu", residents=10)
    made = make_new_place("Panti Contoh Satoe")
    page = f"usulan/{made.pk}/"

    alike = pokja.send(f"{page}terima/", page=page, alasan="Baru dibuka")
    pokja.send(f"{page}terima/", page=page, alasan="Baru dibuka", lain="on")

    made.refresh_from_db()
    assert alike.status_code == 409
    assert complaint(alike)[0].startswith("In this kelurahan there is already: “Panti Contoh Satu”")
    assert (made.state, Target.objects.count()) == ("ACCEPTED", 2)


def test_an_officer_proposes_aid_of_others_inside_the_own_area(
    wati: Officer, pokja: Officer
) -> None:
    inside = make_need(100).target
    outside = make_need(100, target=make_target(village=ELSEWHERE)).target
    fields = {
        "bantuan": "sembako",
        "fase": "2",
        "jumlah": "30",
        "jenis": "GOVERNMENT",
        "sumber": "Bansos PSBB, Ibu Contoh 081234567890",
        "tanggal": "2020-05-01",
        "dokumen": "Surat 12/2020",
    }
    form = f"sasaran/{inside.code}/sudah-dilayani/"

    sent = wati.send(form, **fields)
    there = wati.post(f"sasaran/{outside.code}/sudah-dilayani/", fields | {"kunci": "1"})
    late = wati.send(form, **fields | {"tanggal": "2020-05-03"})
    listed = wati.post("sudah-dilayani/", {"kunci": "2"})
    before = Served.objects.count()
    made = Suggestion.objects.get()
    page = f"usulan/{made.pk}/"
    shown = words(pokja.open(page))
    pokja.send(f"{page}terima/", page=page, alasan="Cocok dengan surat")

    assert [one.status_code for one in (sent, there, late, listed)] == [302, 403, 409, 403]
    assert complaint(late) == ["This day is still to come. Enter what was brought."]
    assert "Bansos PSBB, Ibu Contoh … (government aid)" in shown
    row = Served.objects.get()
    assert (before, row.delta, row.target, row.source) == (
        0,
        30,
        inside,
        "Bansos PSBB, Ibu Contoh …",
    )
    assert row.entry.actor
    assert row.entry.actor.email == "pokja@example.org"
    again = wati.send(form, **fields)
    assert complaint(again) == ["This very aid is written down already: 30 on record."]


def test_refused_aid_of_others_is_not_on_record_and_its_officer_reads_why(
    wati: Officer, pokja: Officer
) -> None:
    made = make_served_suggestion(make_need(100))
    page = f"usulan/{made.pk}/"

    pokja.send(f"{page}tolak/", page=page, alasan="Surat tidak ditemukan")

    assert Served.objects.count() == 0
    assert "Surat tidak ditemukan" in words(wati.open(page))


def test_aid_that_stands_by_then_is_not_accepted_twice(pokja: Officer) -> None:
    need = make_need(100)
    first, second = make_served_suggestion(need), make_served_suggestion(need)
    for one in (first, second):
        page = f"usulan/{one.pk}/"
        answer = pokja.send(f"{page}terima/", page=page, alasan="Cocok")

    second.refresh_from_db()
    assert (answer.status_code, second.state, Served.objects.count()) == (409, "OPEN", 1)


def test_officers_see_what_others_brought_inside_their_area_only(wati: Officer) -> None:
    inside = make_served(make_need(100, target=make_target(name="RW dalam")))
    outside = make_served(make_need(100, target=make_target(village=ELSEWHERE, name="RW luar")))

    listed = words(wati.open("sudah-dilayani/"))
    taken = [wati.post(f"sudah-dilayani/{one.pk}/tarik/", {}) for one in (inside, outside)]

    assert "RW dalam" in listed
    assert "RW luar" not in listed
    assert [one.status_code for one in taken] == [403, 403]


def test_an_accepted_count_is_written_and_the_second_officer_sees_the_first(
    pokja: Officer,
) -> None:
    target = make_target()
    made = make_suggestion(target, families=130)
    page = f"usulan/{made.pk}/"
    second = Officer(make_pokja())
    opened = second.form(page)

    pokja.send(f"{page}terima/", page=page, alasan="Cocok dengan daftar kelurahan")
    late = second.post(f"{page}tolak/", opened | {"alasan": "Ragu"})

    target.refresh_from_db()
    made.refresh_from_db()
    assert (target.families, made.state, late.status_code) == (130, "ACCEPTED", 409)
    assert "Cocok dengan daftar kelurahan" in words(late)


def test_the_contact_of_a_report_is_handed_out_and_erased_like_others() -> None:
    make_suggestion(make_target(), phone="0812 0000 2222")

    kept = Kept("+62 812 0000 2222")

    assert [one["phone"] for one in kept.as_dict()["contact_of_reports"]] == ["0812 0000 2222"]


def test_what_waits_stands_in_the_inbox(pokja: Officer) -> None:
    made = make_suggestion(make_target(name="RW Usulan"))

    page = words(pokja.open("kotak-masuk/?jenis=usulan"))

    assert f"/pokja/usulan/{made.pk}/" in page
