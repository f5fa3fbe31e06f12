"""A phone is lost: another administrator takes the second factor away, and says why."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.test import Client

from ksbb.accounts.models import User
from ksbb.audit.models import Entry
from tests.backoffice.desk import Officer, words
from tests.factories.accounts import PASSWORD, make_admin, make_pokja

pytestmark = pytest.mark.django_db


@pytest.fixture
def sari() -> User:
    """Return an officer with an app and recovery codes, whose phone is lost."""
    user = make_pokja("sari@example.org")
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=user, type=kind, data={})
    return user


@pytest.fixture
def admin() -> Officer:
    return Officer(make_admin("admin@example.org"))


def reset(admin: Officer, user: User, reason: str = "HP hilang") -> int:
    page = f"akun/{user.pk}/"
    return admin.send(f"{page}setel-ulang/", page=page, alasan=reason).status_code


def test_all_factors_and_sessions_end_and_the_reason_is_kept(sari: User, admin: Officer) -> None:
    thief = Client()
    thief.post("/masuk/", {"username": sari.email, "password": PASSWORD})
    assert UserSession.objects.filter(user=sari).count() == 1

    assert reset(admin, sari) == 302

    entry = Entry.objects.get(action="rights.reset_factors")
    assert (entry.object_id, entry.reason, entry.actor and entry.actor.email) == (
        str(sari.pk),
        "HP hilang",
        "admin@example.org",
    )
    assert Authenticator.objects.filter(user=sari).count() == 0
    assert UserSession.objects.filter(user=sari).count() == 0
    assert thief.get("/akun/faktor/").headers["Location"].startswith("/masuk/")
    assert "Second factor reset" in words(admin.open(f"akun/{sari.pk}/"))


def test_nothing_happens_without_a_reason(sari: User, admin: Officer) -> None:
    assert reset(admin, sari, "") == 422
    assert Authenticator.objects.filter(user=sari).count() == 2


def test_nobody_resets_their_own(admin: Officer) -> None:
    own = User.objects.get(email="admin@example.org")
    Authenticator.objects.create(user=own, type=Authenticator.Type.TOTP, data={})

    assert reset(admin, own) == 409
    assert Authenticator.objects.filter(user=own).count() == 1


def test_the_same_form_sent_twice_acts_once(sari: User, admin: Officer) -> None:
    page = f"akun/{sari.pk}/"
    typed = admin.form(page) | {"alasan": "HP hilang"}

    answers = [admin.post(f"{page}setel-ulang/", typed).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Entry.objects.filter(action="rights.reset_factors").count() == 1


def test_the_list_says_who_is_guarded(sari: User, admin: Officer) -> None:
    page = words(admin.open("akun/"))

    assert page.count("second factor in use") == 1
    assert page.count("no second factor") == 1
    assert sari.email in page


def test_the_page_shows_where_the_account_is_open_and_no_whole_address(
    sari: User, admin: Officer
) -> None:
    there = Client(REMOTE_ADDR="203.0.113.7")
    there.post("/masuk/", {"username": sari.email, "password": PASSWORD})

    page = words(admin.open(f"akun/{sari.pk}/"))

    assert "203.0.113.*" in page
    assert "203.0.113.7" not in page


def test_the_only_administrator_is_helped_on_the_server(sari: User) -> None:
    call_command("reset_second_factor", " Sari@example.org", reason="HP hilang")

    assert Authenticator.objects.filter(user=sari).count() == 0
    assert Entry.objects.get(action="rights.reset_factors").channel == "COMMAND"
