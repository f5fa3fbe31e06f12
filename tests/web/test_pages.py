from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from ksbb.portal.views import guide
from ksbb.shared.errors import DomainError
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def break_the_guide(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(_request: object) -> None:
        raise error

    monkeypatch.setattr(guide, "read_scope", broken)


def test_an_unknown_address_is_a_page_in_the_language_of_the_address(client: Client) -> None:
    indonesian, english = client.get("/tidak-ada/"), client.get("/en/tidak-ada/")

    assert (indonesian.status_code, english.status_code) == (404, 404)
    assert "Halaman ini tidak ada" in text_of(indonesian)
    assert "This page is not here" in text_of(english)
    assert '<html lang="en">' in text_of(english)


@pytest.mark.parametrize(
    "address", ["/en/sasaran/%00/", "/en/bantu/?sasaran=%00", "/en/komitmen/?kode=a%00b"]
)
def test_an_address_no_database_can_hold_is_refused_before_it_gets_there(
    client: Client, address: str
) -> None:
    make_programme()

    response = client.get(address)

    assert response.status_code == 400
    assert "We could not read this request" in text_of(response)


def test_a_button_that_an_address_does_not_take_is_a_page_too(client: Client) -> None:
    make_programme()

    response = client.delete("/en/bantu/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, POST"
    assert "This address does not take that" in text_of(response)


def test_a_form_without_its_protection_says_that_nothing_was_sent() -> None:
    make_programme()
    client = Client(enforce_csrf_checks=True)

    response = client.post("/en/bantu/", {"jumlah": "5"})

    assert response.status_code == 403
    assert "Nothing was sent." in text_of(response)
    assert 'href="/en/bantu/"' in text_of(response)


def test_more_than_a_form_can_hold_is_said(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    make_programme()

    response = client.post("/en/bantu/", {"jumlah": "1" * 200})

    assert response.status_code == 413
    assert "That was too much at once" in text_of(response)


def test_a_refusal_of_the_domain_that_no_page_caught_is_a_sentence(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_the_guide(monkeypatch, DomainError("Only 3 are left."))

    response = client.get("/en/panduan/donatur/")

    assert response.status_code == 409
    assert "Only 3 are left." in text_of(response)


def test_a_fault_of_ours_shows_a_calm_page_and_no_trace(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    break_the_guide(monkeypatch, RuntimeError("secret inside"))

    indonesian, english = client.get("/panduan/donatur/"), client.get("/en/panduan/donatur/")

    assert (indonesian.status_code, english.status_code) == (500, 500)
    assert "Ada yang rusak di pihak kami" in text_of(indonesian)
    assert "Something is broken on our side" in text_of(english)
    assert "secret" not in text_of(english)


def test_every_page_tells_the_browser_what_it_may_load_and_keep(client: Client) -> None:
    make_programme()

    headers = client.get("/en/panduan/").headers

    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "style-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert headers["Content-Language"] == "en"


def test_a_file_of_a_page_does_not_repeat_what_the_page_may_load(client: Client) -> None:
    with closing(client.get("/static/web/base.css")) as file:
        assert "Content-Security-Policy" not in file.headers
        assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_did_not_change_is_not_sent_again(client: Client) -> None:
    make_programme()
    first = client.get("/panduan/")

    second = client.get("/panduan/", headers={"If-None-Match": first.headers["ETag"]})

    assert (second.status_code, second.content) == (304, b"")


def test_the_demo_says_on_each_page_where_its_clock_stands(
    client: Client, settings: Settings
) -> None:
    make_programme()
    settings.DEMO = True
    settings.KSBB_CLOCK = "2020-05-22T12:00:00+07:00"

    indonesian, english = client.get("/panduan/"), client.get("/en/panduan/")

    assert (
        "Demo: jam berdiri di 22 Mei 2020 pukul 12.00 WIB; data bertanda “contoh” bukan data nyata."
    ) in text_of(indonesian)
    assert "Demo: the clock stands at 22 May 2020 at 12:00 WIB;" in text_of(english)


def test_outside_the_demo_there_is_no_banner(client: Client) -> None:
    make_programme()

    assert 'class="demo"' not in text_of(client.get("/panduan/"))
