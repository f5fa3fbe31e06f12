"""Who asks too often hears how long to wait."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories.accounts import make_pokja
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    settings.PAGE_COPIES_BYTES = 0
    monkeypatch.setattr(time, "time", lambda: 1_000_000_010.0)
    make_programme()


def ask(client: Client) -> list[int]:
    return [client.get("/api/v1/programmes?lang=en").status_code for _one in range(4)]


def test_an_address_is_told_to_wait(client: Client) -> None:
    assert ask(client) == [200, 200, 200, 429]
    answer = client.get("/api/v1/programmes?lang=en")
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "This address asked too often. Ask again in 10 seconds." in answer.content.decode()


def test_another_address_is_not(client: Client) -> None:
    ask(client)

    assert ask(Client(REMOTE_ADDR="203.0.113.9")) == [200, 200, 200, 429]


def test_the_next_minute_begins_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(client)
    monkeypatch.setattr(time, "time", lambda: 1_000_000_050.0)

    assert ask(client) == [200, 200, 200, 429]


def test_nought_counts_nothing(client: Client, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0

    assert ask(client) == [200] * 4


def test_the_pause_after_wrong_passwords_says_how_long(client: Client) -> None:
    make_pokja("sari@example.org")
    typed = {"username": "sari@example.org", "password": "salah"}

    answers = [client.post("/masuk/", typed) for _one in range(11)]

    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "300"
