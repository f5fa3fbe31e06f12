"""What a reader is told where the database had no time: a calm page, 503, nothing written."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from ksbb.portal.views import guide
from tests.factories.programmes import make_programme

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
