from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ksbb.audit.models import Entry
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, Target, TargetContact
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.needs import make_contact, make_target
from tests.factories.programmes import make_kind, make_phase, make_programme, make_rule

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Target:
    """Return a place of 100 families nobody has verified, in a programme with one rule."""
    make_programme().target_kinds.add(make_kind())
    make_phase(2)
    make_rule()
    return make_target(verification=Verification.PENDING)


def page_of(place: Target) -> str:
    return f"sasaran/{place.code}/"


def test_a_verified_place_has_its_needs_at_once(place: Target, sari: Officer) -> None:
    sari.send(f"{page_of(place)}verifikasi/", page=page_of(place))

    place.refresh_from_db()
    assert (place.verification, Need.objects.get().quantity) == (Verification.VERIFIED, 100)


def test_a_refused_place_keeps_the_reason(place: Target, sari: Officer) -> None:
    sari.send(f"{page_of(place)}tolak/", page=page_of(place), alasan="Data ganda")

    place.refresh_from_db()
    assert place.verification == Verification.REFUSED
    assert "Reason: Data ganda" in words(sari.open(page_of(place)))


def test_a_refusal_without_a_reason_writes_nothing(place: Target, sari: Officer) -> None:
    answer = sari.send(f"{page_of(place)}tolak/", page=page_of(place), alasan="")

    place.refresh_from_db()
    assert (answer.status_code, complaint(answer)) == (422, ["Say why."])
    assert place.verification == Verification.PENDING


def test_the_second_officer_sees_what_the_first_decided(
    place: Target, sari: Officer, budi: Officer
) -> None:
    form = budi.form(page_of(place))
    sari.send(f"{page_of(place)}verifikasi/", page=page_of(place))

    answer = budi.post(f"{page_of(place)}tolak/", form | {"alasan": "Data ganda"})

    place.refresh_from_db()
    assert (answer.status_code, place.verification) == (409, Verification.VERIFIED)
    assert "Place verified" in words(answer)


def test_the_contact_is_shown_when_asked_for_and_the_look_is_written_down(
    place: Target, sari: Officer
) -> None:
    phone = make_contact(place).phone
    before = words(sari.open(page_of(place)))

    answer = sari.send(f"{page_of(place)}kontak/", page=page_of(place))

    assert (phone in before, phone in words(answer)) == (False, True)
    assert Entry.objects.get().action == "needs.look_at_contact"


def test_a_place_without_a_contact_says_so(place: Target, sari: Officer) -> None:
    answer = sari.send(f"{page_of(place)}kontak/", page=page_of(place))

    assert "No contact is recorded." in words(answer)


SITI = {"peran": "Ketua RW", "nama": "Siti Contoh", "telepon": "0812 000 222"}


def enter(place: Target, officer: Officer, **changed: str) -> Answer:
    page = page_of(place)
    return officer.send(f"{page}ubah-kontak/", page=page, **SITI | changed)


def standing(place: Target) -> list[tuple[str, str, str]]:
    return list(TargetContact.objects.filter(target=place).values_list("role", "name", "phone"))


def test_an_officer_enters_whom_to_call(place: Target, sari: Officer) -> None:
    answer = enter(place, sari)

    assert answer.headers["Location"] == f"/en/pokja/{page_of(place)}"
    assert standing(place) == [("Ketua RW", "Siti Contoh", "0812 000 222")]
    page = words(sari.open(page_of(place)))
    assert "Contact entered" in page
    assert "Siti" not in page


def test_the_form_is_empty_until_the_contact_was_looked_at(place: Target, sari: Officer) -> None:
    known = make_contact(place)
    before = words(sari.open(page_of(place)))

    answer = words(sari.send(f"{page_of(place)}kontak/", page=page_of(place)))

    filled = f'name="telepon" value="{known.phone}"'
    assert (filled in before, filled in answer) == (False, True)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"peran": ""}, "Write the role of this person."),
        ({"nama": " "}, "Write the name of this person."),
        ({"telepon": ""}, "Write the phone number."),
        (
            {"telepon": "belum ada"},
            "Write the phone number in digits, for example 0812 3456 7890.",
        ),
    ],
)
def test_what_is_no_contact_is_said_and_what_was_typed_stays(
    changed: dict[str, str], sentence: str, place: Target, sari: Officer
) -> None:
    answer = enter(place, sari, **changed)

    assert (answer.status_code, complaint(answer)) == (422, [sentence])
    assert (SITI | changed)["nama"].strip() in words(answer)
    assert (standing(place), Entry.objects.count()) == ([], 0)


def test_a_second_press_enters_the_contact_once(place: Target, sari: Officer) -> None:
    form = sari.form(page_of(place)) | SITI

    answers = [sari.post(f"{page_of(place)}ubah-kontak/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Entry.objects.count() == 1


def test_two_officers_do_not_overwrite_each_others_contact(
    place: Target, sari: Officer, budi: Officer
) -> None:
    form = budi.form(page_of(place))
    enter(place, sari)

    answer = budi.post(f"{page_of(place)}ubah-kontak/", form | SITI | {"nama": "Orang Lain"})

    assert answer.status_code == 409
    assert standing(place) == [("Ketua RW", "Siti Contoh", "0812 000 222")]


def test_what_was_typed_is_not_written_into_the_log(
    place: Target, sari: Officer, caplog: pytest.LogCaptureFixture
) -> None:
    enter(place, sari)
    enter(place, sari, telepon="salah")

    assert [word in caplog.text for word in ("Siti", "000 222")] == [False, False]
