from __future__ import annotations

from typing import Any

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import KeyReusedError
from ksbb.collaborators.actions.register import Applicant, ApplicantRefusedError, register
from ksbb.collaborators.enums import Kind, Verification
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from tests.factories.collaborators import make_applicant
from tests.factories.commitments import DESK, NOON

pytestmark = pytest.mark.django_db


def enrol(applicant: Applicant, *, key: str = "") -> Collaborator:
    return register(applicant=applicant, actor=DESK, now=NOON, idempotency_key=key)


def test_somebody_new_is_a_donor_who_awaits_verification() -> None:
    collaborator = enrol(make_applicant(name="Barisan Bangun Negeri", kind=Kind.COMMUNITY))

    collaborator.refresh_from_db()
    assert (collaborator.name, collaborator.kind) == ("Barisan Bangun Negeri", Kind.COMMUNITY)
    assert (collaborator.is_donor, collaborator.is_aggregator) == (True, False)
    assert (collaborator.verification, collaborator.created_at) == (Verification.PENDING, NOON)
    assert collaborator.contact.email == "kontak@example.org"


def test_the_address_of_a_collaborator_tells_its_name() -> None:
    slug = enrol(make_applicant(name="PT Sinar & Jaya, Tbk.")).slug

    assert slug[:-6] == "pt-sinar-jaya-tbk-"


def test_the_address_of_an_anonymous_donor_does_not_tell_the_name() -> None:
    slug = enrol(make_applicant(name="Budi Santoso", is_anonymous=True)).slug

    assert slug[:-6] == "anonim-"


def test_a_name_without_latin_letters_gets_an_address_too() -> None:
    assert enrol(make_applicant(name="愛心")).slug[:-6] == "kolaborator-"


def test_two_of_one_name_have_two_addresses() -> None:
    first, second = enrol(make_applicant()), enrol(make_applicant())

    assert first.slug != second.slug


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"contact_name": ""}, {"email": "", "phone": ""}],
)
def test_without_a_name_or_a_way_to_reach_them_nobody_is_registered(wrong: dict[str, Any]) -> None:
    with pytest.raises(ApplicantRefusedError):
        enrol(make_applicant(**wrong))

    assert [model.objects.count() for model in (Collaborator, CollaboratorContact)] == [0, 0]


def test_a_phone_is_enough_to_be_reached() -> None:
    collaborator = enrol(make_applicant(email="", phone="0812000111"))

    assert collaborator.contact.phone == "0812000111"


def test_the_audit_keeps_who_was_registered_and_nothing_personal() -> None:
    applicant = make_applicant(name="Budi Santoso", email="budi@example.org", phone="0812000111")

    collaborator = enrol(applicant, key="klik")

    entry = Entry.objects.get()
    assert (entry.action, entry.object_id) == ("collaborators.register", str(collaborator.pk))
    kept = str(Entry.objects.values())
    assert [word for word in ("Budi", "budi@", "0812", "Kontak") if word in kept] == []


def test_the_same_application_sent_twice_registers_once() -> None:
    first, again = (enrol(make_applicant(), key="klik") for _ in range(2))

    assert again == first == Collaborator.objects.get()
    with pytest.raises(KeyReusedError):
        enrol(make_applicant(name="Lain"), key="klik")
