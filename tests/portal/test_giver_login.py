"""Logging in or signing up in the middle of giving: nothing that was typed is lost."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from ksbb.accounts.models import User
from ksbb.collaborators.enums import Kind, MemberRole
from ksbb.collaborators.models import Membership
from ksbb.commitments.models import Commitment
from tests.factories.accounts import PASSWORD, make_passkey, make_pokja, make_user
from tests.factories.collaborators import make_membership
from tests.factories.needs import make_need
from tests.portal.giving import answer_all, answer_rest, choose, package, send, text_of

TYPED = {
    "nama": "Warga Contoh",
    "jenis": "INDIVIDUAL",
    "anonim": "on",
    "kontak": "Siti",
    "surel": "siti@example.org",
}


def leave(client: Client, **changes: str) -> str:
    """Press the button for the login on the page of the giver; return where it leads."""
    typed = TYPED | changes | {"masuk": "1"}
    return client.post("/en/bantu/pemberi/", typed).headers["Location"]


def type_code(client: Client) -> str:
    code = str(mail.outbox[-1].subject)[:6]
    return client.post("/en/akun/kode/", {"kode": code}).headers["Location"]


def test_a_typed_address_gets_its_code_at_once_and_leads_back(client: Client) -> None:
    choose(client, make_need(), 10)

    assert leave(client) == "/en/akun/kode/"
    assert type_code(client) == "/en/bantu/pemberi/"


@pytest.mark.parametrize("typed", ["", "bukan surel"])
def test_without_an_address_it_is_asked_for(client: Client, typed: str) -> None:
    choose(client, make_need(), 10)

    assert leave(client, surel=typed) == "/en/akun/surel/?next=%2Fen%2Fbantu%2Fpemberi%2F"
    assert mail.outbox == []


def test_package_and_answers_are_there_after_the_login(client: Client) -> None:
    need = make_need()
    choose(client, need, 10)
    leave(client)
    type_code(client)

    form = client.get("/en/bantu/pemberi/").context["form"]

    assert package(client) == {need: "10"}
    assert {name: form[name].value() for name in TYPED} == TYPED


def test_whoever_signs_up_owns_the_giver_that_is_registered(client: Client) -> None:
    choose(client, make_need(), 10)
    leave(client)
    type_code(client)

    send(client, answer_rest(client, TYPED))

    own = Membership.objects.get()
    assert own.user == User.objects.get(email="siti@example.org")
    assert own.role == MemberRole.OWNER
    assert own.collaborator == Commitment.objects.get().collaborator
    assert (own.collaborator.kind, own.collaborator.is_anonymous) == (Kind.INDIVIDUAL, True)


def test_whoever_signed_up_is_offered_a_passkey_once_the_commitment_is_sent(client: Client) -> None:
    choose(client, make_need(), 10)
    leave(client)
    type_code(client)
    send(client, answer_rest(client, TYPED))
    page = f"/en/komitmen/{Commitment.objects.get().code}/"
    offer = f"/en/akun/kunci/tambah/?next={page}"

    assert offer in text_of(client.get(page))
    assert client.get(offer).status_code == 200
    assert offer not in text_of(Client().get(page))
    make_passkey(User.objects.get(email="siti@example.org"))
    assert offer not in text_of(client.get(page))


def test_without_an_account_nobody_owns_the_giver(client: Client) -> None:
    send(client, answer_all(client, make_need(), 10))

    assert (Commitment.objects.count(), Membership.objects.count()) == (1, 0)


def test_a_member_finds_the_own_collaborator_chosen_after_the_login(client: Client) -> None:
    membership = make_membership(user=make_user("siti@example.org"))
    choose(client, make_need(), 10)
    leave(client, nama="", jenis="", kontak="")
    type_code(client)

    form = client.get("/bantu/pemberi/").context["form"]

    assert form["siapa"].value() == str(membership.collaborator_id)


def test_an_officer_who_logs_in_with_the_password_finds_the_package_too(client: Client) -> None:
    make_pokja("sari@example.org")
    need = make_need()
    choose(client, need, 10)

    client.post(
        "/masuk/",
        {"username": "sari@example.org", "password": PASSWORD, "next": "/bantu/pemberi/"},
    )

    assert package(client) == {need: "10"}


def test_what_was_typed_at_great_length_is_cut_and_a_script_in_it_does_not_run(
    client: Client,
) -> None:
    choose(client, make_need(), 10)
    leave(client, nama="<script>alert(1)</script>" + "a" * 10_000)

    page = text_of(client.get("/bantu/pemberi/"))

    assert "<script>alert" not in page
    assert len(client.session["giving"]["typed"]["nama"]) == 200


def test_after_the_answer_is_given_what_was_typed_before_the_login_is_forgotten(
    client: Client,
) -> None:
    choose(client, make_need(), 10)
    leave(client)
    type_code(client)

    client.post("/bantu/pemberi/", TYPED | {"nama": "Nama Lain"})

    assert client.get("/bantu/pemberi/").context["form"]["nama"].value() == "Nama Lain"
