"""Passkeys: what no browser has sent is refused in words; the rest is a journey."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from ksbb.accounts.models import User
from tests.factories.accounts import make_passkey
from tests.portal.giving import text_of
from tests.web.account.conftest import log_in_by_code

NO_PASSKEYS: list[Any] = [
    "",
    "null",
    "[]",
    "{}",
    "kacau",
    '{"id": "x"}',
    "9" * 5_000,
    "[" * 100_000,
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {"clientDataJSON": "AA", "attestationObject": "AA", "userHandle": "MQ"},
        }
    ),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "A" * 80,
                "signature": "AA",
                "userHandle": "MQ",
            },
        }
    ),
]


@pytest.mark.parametrize("typed", NO_PASSKEYS)
def test_what_is_no_passkey_is_not_added(client: Client, typed: str) -> None:
    log_in_by_code(client)
    client.get("/akun/kunci/tambah/")

    answer = client.post("/en/akun/kunci/tambah/", {"credential": typed, "name": "x"})

    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize("typed", NO_PASSKEYS)
def test_what_is_no_passkey_opens_nothing(client: Client, typed: str) -> None:
    log_in_by_code(Client())
    client.get("/akun/kunci/masuk/")

    answer = client.post("/en/akun/kunci/masuk/", {"credential": typed}, follow=True)

    assert "This passkey did not open the account." in text_of(answer)
    assert "_auth_user_id" not in client.session


def test_whoever_logged_in_a_while_ago_shows_who_they_are_before_a_passkey_is_added(
    client: Client,
) -> None:
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False):
        log_in_by_code(client)
    with time_machine.travel("2026-01-01T12:16:00Z", tick=False):
        answer = client.get("/akun/kunci/tambah/")

    assert answer.headers["Location"] == "/akun/pastikan/?next=/akun/kunci/tambah/"


def test_the_owner_removes_a_passkey(client: Client) -> None:
    log_in_by_code(client)
    passkey = make_passkey(User.objects.get())

    client.post(f"/akun/kunci/{passkey.pk}/hapus/")

    assert Authenticator.objects.count() == 0


def test_nobody_sees_or_removes_a_passkey_of_somebody_else(client: Client) -> None:
    log_in_by_code(client, "tetangga@example.org")
    passkey = make_passkey(User.objects.get())
    stranger = Client()
    log_in_by_code(stranger)

    assert "HP Siti" not in text_of(stranger.get("/akun/kunci/"))
    assert stranger.get(f"/akun/kunci/{passkey.pk}/hapus/").status_code == 404
    assert stranger.post(f"/akun/kunci/{passkey.pk}/hapus/").status_code == 404
    assert Authenticator.objects.count() == 1
