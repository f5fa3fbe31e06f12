from __future__ import annotations

import pytest

from ksbb.audit.models import Entry
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, Target
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.needs import make_contact, make_target
from tests.factories.programmes import make_kind, make_phase, make_programme, make_rule

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
