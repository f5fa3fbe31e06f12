"""What a reader is told where the database had no time: a calm page, 503, nothing written."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from ksbb.portal.views import guide
from tests.factories.needs import make_need
from tests.factories.programmes import make_programme
from tests.portal.giving import place_url

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def broken_guide(monkeypatch: pytest.MonkeyPatch) -> sqlite3.OperationalError:
    """Let the guide meet a database error of which the test decides what it is."""
    make_programme()
    cause = sqlite3.OperationalError("database is locked")

    def fail(_request: object) -> None:
        raise OperationalError(str(cause)) from cause

    monkeypatch.setattr(guide, "read_scope", fail)
    return cause


def test_a_busy_database_is_said_in_the_readers_language(
    client: Client, broken_guide: sqlite3.OperationalError
) -> None:
    broken_guide.sqlite_errorcode = sqlite3.SQLITE_BUSY

    indonesian, english = client.get("/panduan/donatur/"), client.get("/en/panduan/donatur/")

    assert (indonesian.status_code, english.status_code) == (503, 503)
    assert '<html lang="id">' in text_of(indonesian)
    assert "Very many people are giving right now" in text_of(english)
    assert "locked" not in text_of(english)


def test_a_session_that_could_not_be_kept_in_time_is_no_fault_of_ours(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KSBB_CLOCK = "2020-05-01T12:00:00+07:00"
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY

    def fail(_store: object) -> None:
        raise OperationalError(str(cause)) from cause

    monkeypatch.setattr(SessionStore, "save", fail)
    need = make_need()
    client.raise_request_exception = False

    answer = client.post(f"/en{place_url(need)}", {"jumlah": "5"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Very many people are giving right now" in text_of(answer)


def test_a_program_is_told_when_to_ask_again(
    client: Client, broken_guide: sqlite3.OperationalError
) -> None:
    broken_guide.sqlite_errorcode = sqlite3.SQLITE_BUSY

    assert client.get("/panduan/donatur/").headers["Retry-After"] == "5"


def test_a_broken_database_is_a_fault_of_ours_and_no_rush_hour(
    client: Client, broken_guide: sqlite3.OperationalError
) -> None:
    client.raise_request_exception = False
    broken_guide.sqlite_errorcode = sqlite3.SQLITE_CORRUPT

    assert client.get("/panduan/donatur/").status_code == 500


def test_the_log_names_the_page_and_not_the_address(
    client: Client, broken_guide: sqlite3.OperationalError, caplog: pytest.LogCaptureFixture
) -> None:
    broken_guide.sqlite_errorcode = sqlite3.SQLITE_BUSY

    client.get("/panduan/donatur/?rahasia=1")

    assert caplog.messages == ["No time for portal:guide-page: database is locked"]
