"""Officers show a second factor before they do anything."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.usersessions.models import UserSession
from django.test import Client
from pytest_django import Settings

from ksbb.accounts.models import User
from ksbb.audit.models import Entry
from tests.factories.accounts import PASSWORD, make_admin, make_pokja, make_user
from tests.portal.giving import text_of
from tests.web.account.conftest import ask, last_code, log_in_by_code

OFFICER = "sari@example.org"
FACTOR = "/akun/faktor/?next=%2Fpokja%2F"


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def sari() -> User:
    return make_pokja(OFFICER)


def enter(client: Client, email: str = OFFICER) -> str:
    """Log in by password; return the address it leads to."""
    typed = {"username": email, "password": PASSWORD}
    return client.post("/masuk/", typed).headers["Location"]


def shown_by_app(secret: str, step: int = 0) -> str:
    """Return what an app shows; a code works once, so later ones are of another half minute."""
    counters = list(auth.yield_hotp_counters_from_time())
    return str(auth.format_hotp_value(auth.hotp_value(secret, counters[1 + step])))


def set_up(client: Client) -> tuple[str, list[str]]:
    """Tie an app; return its secret and the recovery codes that are shown once."""
    page = client.get("/en/akun/faktor/aplikasi/").content.decode()
    found = re.search(r"<code>([A-Z2-7 ]+)<", page)
    assert found
    secret = found[1].replace(" ", "")
    answer = client.post("/en/akun/faktor/aplikasi/", {"kode": shown_by_app(secret)})
    return secret, re.findall(r"<code>(\d{4} \d{4})</code>", answer.content.decode())


def show(client: Client, code: str) -> Any:
    return client.post("/akun/faktor/", {"kode": code, "next": "/pokja/"})


@pytest.mark.parametrize("page", ["/pokja/", "/pokja/sasaran/", "/akun/", "/akun/sesi/", "/saya/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_after_the_password_alone_nothing_opens(
    page: str, method: str, sari: User, client: Client
) -> None:
    enter(client)

    answer = getattr(client, method)(page)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/akun/faktor/?next=")
    assert sari.is_active


@pytest.mark.parametrize("page", ["/admin/", "/admin/accounts/user/", "/admin/audit/entry/"])
def test_nor_do_the_administration_pages(page: str, client: Client) -> None:
    make_admin(OFFICER)
    enter(client)

    answers = [client.get(page), client.post(page)]

    assert [one.status_code for one in answers] == [302, 302]
    assert all(one.headers["Location"].startswith("/akun/faktor/") for one in answers)


def test_what_is_open_to_all_stays_open(sari: User, client: Client) -> None:
    enter(client)

    assert client.get("/panduan/").status_code == 200
    assert sari.is_active


def test_an_app_is_tied_and_everything_opens(sari: User, client: Client) -> None:
    enter(client)

    _secret, codes = set_up(client)

    assert len(set(codes)) == 10
    assert client.get("/pokja/").status_code == 200
    assert list(Entry.objects.order_by("pk").values_list("action", "actor")) == [
        ("rights.add_app", sari.pk),
        ("rights.renew_codes", sari.pk),
    ]


@pytest.mark.usefixtures("sari")
def test_a_wrong_code_ties_nothing(client: Client) -> None:
    enter(client)
    client.get("/akun/faktor/aplikasi/")

    answer = client.post("/en/akun/faktor/aplikasi/", {"kode": "000000"})

    assert answer.status_code == 400
    assert "This is not the code the app shows now." in text_of(answer)
    assert Authenticator.objects.count() == 0
    assert client.get("/pokja/").status_code == 302


@pytest.mark.usefixtures("sari")
def test_the_next_login_asks_for_the_app(client: Client) -> None:
    enter(client)
    secret, _codes = set_up(client)
    later = Client()
    enter(later)

    assert later.get("/pokja/").headers["Location"] == FACTOR
    assert show(later, shown_by_app(secret, 1)).headers["Location"] == "/pokja/"
    assert later.get("/pokja/").status_code == 200


@pytest.mark.usefixtures("sari")
def test_a_code_of_the_app_works_once(client: Client) -> None:
    enter(client)
    secret, _codes = set_up(client)
    code = shown_by_app(secret, 1)
    first, second = Client(), Client()
    enter(first)
    enter(second)

    assert [show(one, code).status_code for one in (first, second)] == [302, 400]


@pytest.mark.usefixtures("sari")
@pytest.mark.parametrize(
    "page", ["aplikasi/", "pulih/", "lepas/", "../kunci/tambah/", "../kunci/", "../sesi/"]
)
def test_who_has_a_factor_ties_no_other_before_showing_it(page: str, client: Client) -> None:
    enter(client)
    set_up(client)
    thief = Client()
    enter(thief)
    address = f"/akun/faktor/{page}".replace("faktor/../", "")

    answers = [thief.get(address), thief.post(address, {"kode": "1"})]

    assert all(
        one.status_code == 403 or one.headers["Location"].startswith("/akun/faktor/?")
        for one in answers
    )
    assert Authenticator.objects.count() == 2


@pytest.mark.usefixtures("sari")
def test_a_recovery_code_opens_once_and_is_on_record(client: Client) -> None:
    enter(client)
    _secret, codes = set_up(client)
    first, second = Client(), Client()
    enter(first)
    enter(second)

    assert [show(one, codes[0]).status_code for one in (first, second)] == [302, 400]
    assert first.get("/pokja/").status_code == 200
    assert Entry.objects.filter(action="rights.use_recovery_code").count() == 1


@pytest.mark.usefixtures("sari")
def test_new_recovery_codes_end_the_old(client: Client) -> None:
    enter(client)
    _secret, codes = set_up(client)
    client.post("/akun/faktor/pulih/")
    later = Client()
    enter(later)

    assert show(later, codes[0]).status_code == 400


@pytest.mark.usefixtures("sari")
def test_guessing_is_slowed_down(client: Client) -> None:
    enter(client)
    secret, codes = set_up(client)
    guesser = Client()
    enter(guesser)

    answers = [show(guesser, f"{n:06d}") for n in range(6)]

    assert [one.status_code for one in answers[:3]] == [400] * 3
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "300"
    assert show(guesser, codes[1]).status_code == 429
    assert secret


def test_an_officer_with_a_factor_may_begin_with_a_code_by_mail(client: Client) -> None:
    make_pokja(OFFICER)
    enter(client)
    secret, _codes = set_up(client)
    other = Client()
    log_in_by_code(other, OFFICER)

    assert other.get("/pokja/").headers["Location"] == FACTOR
    show(other, shown_by_app(secret, 1))
    assert other.get("/pokja/").status_code == 200


def test_an_officer_without_one_may_not(client: Client) -> None:
    make_pokja(OFFICER)
    ask(client, OFFICER)

    assert client.post("/akun/kode/", {"kode": last_code()}).status_code == 403


def test_a_donor_is_asked_for_nothing_more(client: Client) -> None:
    make_user("donor@example.org")
    log_in_by_code(client, "donor@example.org")

    assert client.get("/akun/").status_code == 200


def test_a_donor_who_ties_an_app_is_asked_for_it(client: Client) -> None:
    log_in_by_code(client, "donor@example.org")
    secret, _codes = set_up(client)
    later = Client()
    log_in_by_code(later, "donor@example.org")

    assert later.get("/akun/").status_code == 302
    show(later, shown_by_app(secret, 1))
    assert later.get("/akun/").status_code == 200


def test_the_demo_asks_only_who_has_one(settings: Settings, client: Client) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    make_pokja(OFFICER)
    enter(client)
    assert client.get("/pokja/").status_code == 200
    set_up(client)
    later = Client()
    enter(later)

    assert later.get("/pokja/").status_code == 302


@pytest.mark.usefixtures("sari")
def test_each_factor_moves_the_session_to_a_new_key(client: Client) -> None:
    client.get("/masuk/?cara=sandi")
    client.post("/akun/surel/", {"surel": "x@example.org"})
    keys = [client.session.session_key]
    enter(client)
    keys.append(client.session.session_key)
    set_up(client)
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3
    assert [one.session_key for one in UserSession.objects.all()] == keys[-1:]


@pytest.mark.usefixtures("sari")
def test_the_secret_lies_sealed_in_the_database(client: Client) -> None:
    enter(client)
    secret, _codes = set_up(client)

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept


def test_the_app_is_untied_before_a_new_phone(sari: User, client: Client) -> None:
    enter(client)
    set_up(client)

    client.post("/akun/faktor/lepas/")

    assert Authenticator.objects.count() == 0
    assert Entry.objects.filter(action="rights.remove_app", actor=sari).count() == 1
