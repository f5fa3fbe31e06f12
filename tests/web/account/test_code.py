"""Logging in and signing up with a code by e-mail."""

from __future__ import annotations

from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from pytest_django import Settings

from ksbb.accounts.models import User
from ksbb.audit.models import Entry
from tests.factories.accounts import make_admin, make_pokja, make_user
from tests.portal.giving import text_of
from tests.web.account.conftest import ADDRESS, ask, last_code, log_in_by_code


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_code_opens_an_account_that_was_not_there_before(client: Client) -> None:
    log_in_by_code(client, "Siti@Example.org ")

    user = User.objects.get()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.has_usable_password()) == (ADDRESS, False)


def test_a_code_opens_the_account_that_is_there(client: Client) -> None:
    user = make_user(ADDRESS)

    log_in_by_code(client)

    assert client.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 1


def test_the_audit_names_the_new_account_and_not_its_address(client: Client) -> None:
    log_in_by_code(client)

    entry = Entry.objects.get()
    assert (entry.action, entry.object_id) == (
        "collaborators.open_account",
        str(User.objects.get().pk),
    )
    assert ADDRESS not in str(entry.changes) + entry.reason


def test_before_the_code_is_typed_nothing_is_written(client: Client) -> None:
    ask(client)

    assert (User.objects.count(), Entry.objects.count()) == (0, 0)


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    make_user(ADDRESS)
    stranger = Client()

    known, unknown = (
        one.post("/en/akun/surel/", {"surel": email})
        for one, email in ((client, ADDRESS), (stranger, "nobody@example.org"))
    )

    assert (known.status_code, known.headers["Location"]) == (302, "/en/akun/kode/")
    assert (unknown.status_code, unknown.headers["Location"]) == (302, "/en/akun/kode/")
    assert [letter.to for letter in mail.outbox] == [[ADDRESS], ["nobody@example.org"]]


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "{half} {rest}", "{half}-{rest}"])
def test_a_code_may_be_typed_with_spaces(client: Client, typed: str) -> None:
    ask(client)
    code = last_code()
    written = typed.format(code=code, half=code[:3], rest=code[3:])

    assert client.post("/akun/kode/", {"kode": written}).status_code == 302


@pytest.mark.parametrize("typed", ["", "abc", "0", "9" * 40, "٣٣٣٣٣٣", "🙂"])
def test_what_is_not_the_code_is_said_and_opens_nothing(client: Client, typed: str) -> None:
    ask(client)

    answer = client.post("/en/akun/kode/", {"kode": typed})

    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_codes_even_the_right_one_opens_nothing(client: Client) -> None:
    ask(client)
    code = last_code()
    for _ in range(5):
        client.post("/akun/kode/", {"kode": wrong(code)})

    answer = client.post("/en/akun/kode/", {"kode": code})

    assert answer.status_code == 400
    assert "This code is over. Have a new one sent." in text_of(answer)


def test_after_ten_minutes_a_code_is_over(client: Client) -> None:
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False):
        ask(client)
    with time_machine.travel("2026-01-01T12:10:01Z", tick=False):
        answer = client.post("/en/akun/kode/", {"kode": last_code()})

    assert "This code is over." in text_of(answer)


def test_a_code_works_once(client: Client) -> None:
    log_in_by_code(client)
    client.post("/keluar/")

    answer = client.post("/akun/kode/", {"kode": last_code()})

    assert answer.headers["Location"] == "/akun/surel/"
    assert "_auth_user_id" not in client.session


def test_a_code_opens_nothing_in_another_browser(client: Client) -> None:
    ask(client)
    stranger = Client()
    ask(stranger, "lain@example.org")

    stranger.post("/akun/kode/", {"kode": mail.outbox[0].subject[:6]})

    assert "_auth_user_id" not in stranger.session


def test_a_new_code_ends_the_older_one(client: Client) -> None:
    ask(client)
    older = last_code()
    client.post("/akun/kode/", {"lagi": "1"})

    if older != last_code():
        assert client.post("/akun/kode/", {"kode": older}).status_code == 400
    assert client.post("/akun/kode/", {"kode": last_code()}).status_code == 302


def test_a_fourth_code_within_five_minutes_has_to_wait(client: Client) -> None:
    statuses = [ask(Client()) for _ in range(4)]

    again = client.post("/en/akun/surel/", {"surel": "SITI@example.org"})

    assert statuses == [302, 302, 302, 429]
    assert again.status_code == 429
    assert "Too many codes were asked for." in text_of(again)
    assert 'value="SITI@example.org"' in text_of(again)
    assert ask(client, "lain@example.org") == 302


def test_a_letter_that_does_not_leave_is_said_and_what_was_typed_stays(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", broken)

    answer = client.post("/en/akun/surel/", {"surel": ADDRESS})

    assert "The e-mail could not be sent." in text_of(answer)
    assert f'value="{ADDRESS}"' in text_of(answer)


@pytest.mark.parametrize(
    "typed", ["", "bukan surel", "a" * 300 + "@example.org", "a@b\r\nBcc: c@d"]
)
def test_an_address_nobody_can_have_is_asked_for_again(client: Client, typed: str) -> None:
    assert ask(client, typed) == 400
    assert mail.outbox == []


@pytest.mark.parametrize("make", [make_pokja, make_admin])
def test_a_code_is_not_enough_for_an_officer(client: Client, make: type) -> None:
    make(ADDRESS)
    ask(client)

    answer = client.post("/en/akun/kode/", {"kode": last_code()})

    assert answer.status_code == 403
    assert "An officer’s account opens with its password" in text_of(answer)
    assert "_auth_user_id" not in client.session


def test_a_closed_account_stays_closed(client: Client) -> None:
    user = make_user(ADDRESS)
    user.is_active = False
    user.save()
    ask(client)

    assert client.post("/akun/kode/", {"kode": last_code()}).status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/bantu/pemberi/", "/bantu/pemberi/"),
        ("https://jahat.example/", "/en/akun/"),
        ("//jahat.example/", "/en/akun/"),
        ("javascript:alert(1)", "/en/akun/"),
        ("", "/en/akun/"),
    ],
)
def test_what_was_asked_for_opens_behind_the_code_if_it_is_ours(
    client: Client, wanted: str, led_to: str
) -> None:
    assert log_in_by_code(client, wanted=wanted) == led_to


def test_the_session_gets_a_new_key_and_keeps_what_was_typed(client: Client) -> None:
    session = client.session
    session["typed"] = "kept"
    session.save()
    client.cookies["sessionid"] = str(session.session_key)

    log_in_by_code(client)

    assert client.cookies["sessionid"].value != session.session_key
    assert client.session["typed"] == "kept"


def test_the_demo_shows_the_code_on_its_page_and_nothing_else_does(
    client: Client, settings: Settings
) -> None:
    ask(client)
    assert last_code() not in text_of(client.get("/en/akun/kode/"))

    settings.DEMO = True
    ask(client)

    assert f'<strong class="code">{last_code()}</strong>' in text_of(client.get("/en/akun/kode/"))


def test_outside_the_demo_the_session_does_not_hold_the_code(client: Client) -> None:
    ask(client)

    assert last_code() not in str(dict(client.session))


def test_a_form_from_another_site_sends_no_code() -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/akun/surel/", {"surel": ADDRESS}).status_code == 403
    assert mail.outbox == []


def test_the_login_offers_the_code_first_and_the_password_to_whoever_goes_to_the_desk(
    client: Client,
) -> None:
    pages = {
        address: text_of(client.get(address)) for address in ("/en/masuk/", "/masuk/?next=/pokja/")
    }

    assert 'name="surel"' in pages["/en/masuk/"]
    assert 'name="password"' not in pages["/en/masuk/"]
    assert 'name="password"' in pages["/masuk/?next=/pokja/"]
    assert 'name="password"' in text_of(client.get("/masuk/?cara=sandi"))


def test_without_a_pending_code_the_page_leads_to_the_address(client: Client) -> None:
    assert client.get("/akun/kode/").headers["Location"] == "/akun/surel/"
