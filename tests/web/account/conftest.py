"""Somebody who wants into an account, and what reaches their mailbox."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from tests.factories.programmes import make_programme

ADDRESS = "siti@example.org"


@pytest.fixture(autouse=True)
def _a_published_programme(db: None) -> None:  # noqa: ARG001 - opens the database
    make_programme()


def ask(client: Client, email: str = ADDRESS, wanted: str = "") -> int:
    """Have a code sent; return the status of the answer."""
    return client.post("/en/akun/surel/", {"surel": email, "next": wanted}).status_code


def last_code() -> str:
    """Return the code in the newest letter."""
    found = re.search(r"\d{6}", str(mail.outbox[-1].subject))
    assert found
    return found.group()


def log_in_by_code(client: Client, email: str = ADDRESS, wanted: str = "") -> str:
    """Go the whole way; return the address it leads to."""
    ask(client, email, wanted)
    return client.post("/en/akun/kode/", {"kode": last_code()}).headers["Location"]
