"""The pages of the own account: seen by their owner alone."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.factories.accounts import PASSWORD, make_pokja, make_user
from tests.portal.giving import text_of
from tests.web.account.conftest import ADDRESS, log_in_by_code

PAGES = ["", "sesi/", "kunci/", "kunci/tambah/", "kunci/1/hapus/", "pastikan/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_the_login(client: Client, page: str) -> None:
    answer = client.get(f"/akun/{page}")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/masuk/?next=/akun/{page}")


def test_every_way_in_is_listed(client: Client) -> None:
    make_pokja("sari@example.org")
    client.post("/masuk/", {"username": "sari@example.org", "password": PASSWORD})
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 13) Chrome/120 Safari/537")
    log_in_by_code(other)

    page = text_of(other.get("/en/akun/sesi/"))

    assert UserSession.objects.count() == 2
    assert page.count('class="card"') == 1
    assert "Chrome, Android" in page


def test_a_session_is_closed_from_another_one(client: Client) -> None:
    phone = Client()
    log_in_by_code(client)
    log_in_by_code(phone)
    there = UserSession.objects.get(session_key=phone.session.session_key)

    client.post("/akun/sesi/", {"sesi": str(there.pk)})

    assert client.get("/akun/").status_code == 200
    assert phone.get("/akun/").status_code == 302


def test_all_others_are_closed_at_once(client: Client) -> None:
    others = [Client(), Client()]
    for one in (client, *others):
        log_in_by_code(one)

    client.post("/akun/sesi/", {"semua": "1"})

    assert [one.get("/akun/").status_code for one in (client, *others)] == [200, 302, 302]


@pytest.mark.parametrize("typed", ["", "0", "x", "9" * 400])
def test_nobody_closes_a_session_of_somebody_else(client: Client, typed: str) -> None:
    neighbour = Client()
    log_in_by_code(neighbour, "tetangga@example.org")
    theirs = UserSession.objects.get()
    log_in_by_code(client)

    client.post("/akun/sesi/", {"sesi": str(theirs.pk)})
    client.post("/akun/sesi/", {"sesi": typed})

    assert neighbour.get("/akun/").status_code == 200


def test_the_account_page_shows_its_own_address(client: Client) -> None:
    make_user("tetangga@example.org")
    log_in_by_code(client)

    page = text_of(client.get("/en/akun/"))

    assert ADDRESS in page
    assert "tetangga" not in page
