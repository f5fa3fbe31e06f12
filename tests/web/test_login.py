from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories.accounts import PASSWORD, make_admin, make_pokja, make_user

pytestmark = pytest.mark.django_db

OFFICER = "sari@example.org"


@pytest.fixture(autouse=True)
def _an_officer_with_an_account() -> None:
    make_pokja(OFFICER)


def log_in(client: Client, password: str, **extra: Any) -> int:
    """Send the form and return the status of the answer."""
    typed = {"username": extra.pop("account", OFFICER), "password": password}
    return client.post("/en/masuk/", typed, **extra).status_code


def fail(client: Client, times: int, **extra: Any) -> list[int]:
    return [log_in(client, "salah", **extra) for _ in range(times)]


def test_an_officer_is_led_to_the_desk(client: Client) -> None:
    answer = client.post("/masuk/", {"username": " Sari@Example.org ", "password": PASSWORD})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/pokja/")


def test_whoever_has_no_desk_is_led_to_the_public_pages(client: Client) -> None:
    make_user("donor@example.org")

    answer = client.post("/masuk/", {"username": "donor@example.org", "password": PASSWORD})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [("/pokja/komitmen/", "/pokja/komitmen/"), ("https://jahat.example/", "/pokja/")],
)
def test_what_was_asked_for_opens_behind_the_login_if_it_is_ours(
    wanted: str, led_to: str, client: Client
) -> None:
    typed = {"username": OFFICER, "password": PASSWORD, "next": wanted}

    assert client.post("/masuk/", typed).headers["Location"] == led_to


def test_a_wrong_password_is_said_and_the_address_kept(client: Client) -> None:
    answer = client.post("/en/masuk/", {"username": OFFICER, "password": "salah"})

    assert answer.status_code == 400
    assert f'value="{OFFICER}"' in answer.content.decode()
    assert "This e-mail address and password do not belong together." in answer.content.decode()


def test_the_session_of_before_the_login_is_left_behind(client: Client) -> None:
    client.get("/en/masuk/")
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = str(session.session_key)

    log_in(client, PASSWORD)

    assert client.cookies["sessionid"].value != session.session_key


def test_logging_out_takes_a_button(client: Client) -> None:
    log_in(client, PASSWORD)

    assert client.get("/keluar/").status_code == 405
    assert client.get("/pokja/").status_code == 200
    assert client.post("/keluar/").status_code == 302
    assert client.get("/pokja/").status_code == 302


def test_after_ten_wrong_passwords_even_the_right_one_has_to_wait(client: Client) -> None:
    assert fail(client, 10) == [400] * 10

    answer = client.post("/en/masuk/", {"username": OFFICER, "password": PASSWORD})

    assert answer.status_code == 429
    assert "Too many wrong passwords." in answer.content.decode()
    assert f'value="{OFFICER}"' in answer.content.decode()


def test_nine_wrong_passwords_and_the_right_one_open_the_door(client: Client) -> None:
    fail(client, 9)

    assert log_in(client, PASSWORD) == 302
    client.post("/keluar/")
    assert fail(client, 9) == [400] * 9


def test_the_pause_is_for_one_account_from_one_address(client: Client) -> None:
    make_pokja("budi@example.org")
    fail(client, 10)

    assert log_in(Client(), PASSWORD, REMOTE_ADDR="10.0.0.9") == 302
    assert log_in(Client(), PASSWORD, account="budi@example.org") == 302


def test_spelling_the_account_otherwise_begins_no_new_count(client: Client) -> None:
    fail(client, 10, account=" SARI@example.org")

    assert log_in(client, PASSWORD) == 429


def test_behind_a_proxy_the_address_it_wrote_down_counts(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    fail(client, 10, HTTP_X_FORWARDED_FOR="1.1.1.1, 10.0.0.8")

    assert log_in(client, PASSWORD, HTTP_X_FORWARDED_FOR="2.2.2.2, 10.0.0.8") == 429
    assert log_in(client, PASSWORD, HTTP_X_FORWARDED_FOR="1.1.1.1, 10.0.0.9") == 302


def test_without_a_proxy_nobody_picks_an_address(client: Client) -> None:
    fail(client, 10, HTTP_X_FORWARDED_FOR="1.1.1.1")

    assert log_in(client, PASSWORD, HTTP_X_FORWARDED_FOR="2.2.2.2") == 429


@pytest.mark.parametrize("typed", ["", "\x00", "x" * 10_000, "🙂"])
def test_an_account_that_cannot_be_is_refused_like_a_wrong_one(typed: str, client: Client) -> None:
    assert log_in(client, "salah", account=typed) == 400


def test_the_administration_is_entered_through_the_same_login(client: Client) -> None:
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1] == ("/masuk/?next=/admin/", 302)


def test_the_administration_opens_for_an_administrator(client: Client) -> None:
    client.force_login(make_admin())

    assert client.get("/admin/").status_code == 200


def test_an_officer_without_the_right_is_refused_at_the_administration(client: Client) -> None:
    log_in(client, PASSWORD)

    assert client.get("/admin/", follow=True).status_code == 403
