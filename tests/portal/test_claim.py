"""Taking a commitment made without an account into one, by its contact's address."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from ksbb.collaborators.models import Membership
from ksbb.commitments.models import Commitment
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_membership
from tests.factories.commitments import make_commitment
from tests.portal.giving import text_of

CONTACT = "kontak@example.org"


@pytest.fixture
def commitment() -> Commitment:
    return make_commitment()


def address(commitment: Commitment) -> str:
    return f"/en/komitmen/{commitment.code}/klaim/"


def prove(client: Client, commitment: Commitment, email: str = CONTACT) -> str:
    client.post(address(commitment), {"surel": email})
    code = str(mail.outbox[-1].subject)[:6]
    return client.post("/en/akun/kode/", {"kode": code}).headers["Location"]


def test_the_reader_of_the_contacts_address_gets_the_commitment(
    client: Client, commitment: Commitment
) -> None:
    assert prove(client, commitment) == address(commitment)

    answer = client.post(address(commitment), {"ambil": "1"})

    slug = commitment.collaborator.slug
    assert answer.headers["Location"] == f"/en/saya/organisasi/{slug}/"
    assert Membership.objects.get().user.email == CONTACT


def test_an_account_of_another_address_claims_by_proving_the_contacts(
    client: Client, commitment: Commitment
) -> None:
    user = make_user("siti@example.org")
    client.force_login(user)
    prove(client, commitment)

    client.post(address(commitment), {"ambil": "1"})

    assert Membership.objects.get().user == user


def test_another_address_is_refused_and_the_contacts_is_not_told(
    client: Client, commitment: Commitment
) -> None:
    prove(client, commitment, "siti@example.org")

    answer = client.post(address(commitment), {"ambil": "1"})

    assert answer.status_code == 409
    assert "This is not the e-mail address that was written down" in text_of(answer)
    assert CONTACT not in text_of(answer)
    assert Membership.objects.count() == 0


def test_an_account_with_the_right_address_proves_it_anew(
    client: Client, commitment: Commitment
) -> None:
    client.force_login(make_user(CONTACT))

    answer = client.post(address(commitment), {"ambil": "1"})

    assert answer.status_code == 409
    assert Membership.objects.count() == 0


def test_nobody_takes_a_commitment_from_those_who_act_for_it(client: Client) -> None:
    membership = make_membership()
    commitment = make_commitment(collaborator=membership.collaborator)
    prove(client, commitment)

    answer = client.post(address(commitment), {"ambil": "1"})

    assert answer.status_code == 409
    assert "Somebody already acts for this giver." in text_of(answer)
    assert Membership.objects.count() == 1


def test_a_visitor_takes_nothing(client: Client, commitment: Commitment) -> None:
    assert client.post(address(commitment), {"ambil": "1"}).status_code == 400
    assert Membership.objects.count() == 0


def test_the_page_shows_no_contact(client: Client, commitment: Commitment) -> None:
    page = text_of(client.get(address(commitment)))

    assert CONTACT not in page
    assert commitment.collaborator.contact.name not in page


def test_an_unknown_commitment_is_claimed_by_nobody(client: Client) -> None:
    assert client.get("/komitmen/AAAA-AAAA/klaim/").status_code == 404
