"""A session that dies takes nothing along: each page carries a sealed copy of the answers."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from ksbb.commitments.models import Commitment
from ksbb.portal.giving.copies import seal, unseal
from tests.factories.collaborators import make_membership
from tests.factories.needs import make_need
from tests.portal.giving import GIVER, SCHEDULE, answer_all, choose, key_of, package, text_of

OURS = {"Origin": "http://testserver"}


def copy_in(page: Any) -> str:
    """Return the sealed copy a page carries."""
    found = re.search(r'name="simpanan" value="([^"]+)"', page.content.decode())
    assert found
    return found.group(1)


def resend(client: Client, page: Any) -> Any:
    """Press the button of the page that keeps what was typed."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text_of(page))
    return client.post(page.request["PATH_INFO"], dict(fields))


def test_an_answer_sent_after_the_session_has_died_goes_on_as_if_nothing_had_happened(
    client: Client,
) -> None:
    need = make_need()
    choose(client, need, 10)
    copy = copy_in(client.get("/bantu/pemberi/"))
    later = Client()

    answer = later.post("/bantu/pemberi/", GIVER | {"simpanan": copy})

    assert answer.headers["Location"] == "/bantu/jadwal/"
    assert package(later) == {need: "10"}


def test_the_last_button_commits_even_when_the_session_has_died(client: Client) -> None:
    answer_all(client, make_need(), 40)
    page = client.get("/bantu/periksa/")

    answer = Client().post("/bantu/periksa/", {"kunci": key_of(page), "simpanan": copy_in(page)})

    code = Commitment.objects.get().code
    assert answer.headers["Location"] == f"/komitmen/{code}/"


def test_the_last_button_pressed_again_without_the_session_acts_once(client: Client) -> None:
    answer_all(client, make_need(), 40)
    page = client.get("/bantu/periksa/")
    typed = {"kunci": key_of(page), "simpanan": copy_in(page)}

    answers = [Client().post("/bantu/periksa/", typed) for _ in range(2)]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Commitment.objects.count() == 1


def test_an_old_page_of_what_was_sent_leads_to_it_and_sends_nothing(client: Client) -> None:
    choose(client, make_need(), 10)
    old = copy_in(client.get("/bantu/pemberi/"))
    answer_all(client, make_need(), 40)
    client.post("/bantu/periksa/", {"kunci": client.session["giving"]["key"]})

    answer = client.post("/en/bantu/pemberi/", GIVER | {"simpanan": old}, follow=True)

    code = Commitment.objects.get().code
    assert answer.redirect_chain == [(f"/en/komitmen/{code}/", 302)]
    assert "This was sent already, and is not sent a second time." in text_of(answer)
    assert "giving" not in client.session


def test_a_living_session_is_not_overruled_by_an_old_page(client: Client) -> None:
    first, second = make_need(), make_need()
    choose(client, first, 10)
    old = copy_in(client.get("/bantu/pemberi/"))
    choose(client, second, 20)

    client.post("/bantu/pemberi/", GIVER | {"simpanan": old})

    assert package(client) == {first: "10", second: "20"}


def test_a_member_whose_session_died_is_told_and_loses_nothing(client: Client) -> None:
    membership, need = make_membership(), make_need()
    client.force_login(membership.user)
    answer_all(client, need, 10, siapa=str(membership.collaborator_id))
    page = client.get("/bantu/periksa/")
    later = Client()

    answer = later.post("/en/bantu/periksa/", {"kunci": key_of(page), "simpanan": copy_in(page)})

    assert answer.status_code == 409
    assert "You do not act for this giver any more." in text_of(answer)
    assert package(later) == {need: "10"}
    assert Commitment.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "x", "gAAAA", "🙂", "a" * 10_000, "\x00"])
def test_a_copy_that_is_none_of_ours_restores_nothing(typed: str) -> None:
    client = Client()

    answer = client.post("/bantu/pemberi/", GIVER | {"simpanan": typed})

    assert answer.status_code == 409
    assert "giving" not in client.session


def test_a_copy_says_nothing_to_whoever_finds_it_and_ends_after_a_day() -> None:
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False):
        sealed = seal({"nama": "Warga Contoh"})
        assert unseal(sealed) == {"nama": "Warga Contoh"}
    with time_machine.travel("2026-01-02T12:00:01Z", tick=False):
        assert unseal(sealed) == {}
    assert "Warga" not in sealed


def test_a_form_whose_cookies_are_gone_keeps_what_was_typed_and_is_sent_again() -> None:
    client = Client(enforce_csrf_checks=True)
    need = make_need()
    choose_with_token(client, need)
    page = client.get("/en/bantu/pemberi/")
    client.cookies.clear()

    lost = client.post("/en/bantu/pemberi/", GIVER | {"simpanan": copy_in(page)}, headers=OURS)

    assert lost.status_code == 403
    assert "<li>Name: Barisan Bangun Negeri</li>" in text_of(lost)
    assert resend(client, lost).headers["Location"] == "/en/bantu/jadwal/"
    assert package(client) == {need: "10"}


def test_what_comes_from_another_site_is_not_offered_for_sending() -> None:
    client = Client(enforce_csrf_checks=True)

    for origin in ({"Origin": "https://jahat.example"}, {"Origin": "null"}, {}):
        page = client.post("/en/bantu/pemberi/", GIVER, headers=origin)

        assert page.status_code == 403
        assert GIVER["nama"] not in text_of(page)


def test_a_password_is_never_repeated() -> None:
    client = Client(enforce_csrf_checks=True)

    page = client.post("/masuk/", {"username": "a", "password": "rahasia-sekali"}, headers=OURS)

    assert "rahasia-sekali" not in text_of(page)


def test_every_page_of_giving_carries_the_copy(client: Client) -> None:
    answer_all(client, make_need(), 10)
    client.post("/bantu/jadwal/", SCHEDULE)

    for page in ("", "paket/", "pemberi/", "jadwal/", "pernyataan/", "periksa/"):
        assert copy_in(client.get(f"/bantu/{page}"))


def choose_with_token(client: Client, need: Any) -> None:
    client.handler.enforce_csrf_checks = False
    choose(client, need, 10)
    client.handler.enforce_csrf_checks = True
