from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_taken_port_is_refused_before_anything_starts(taken_port: int) -> None:
    with pytest.raises(CommandError, match=str(taken_port)):
        call_command("serve", port=taken_port, check=True)


def test_what_is_no_port_is_refused() -> None:
    with pytest.raises(CommandError, match="65536"):
        call_command("serve", port=65536, check=True)


def test_an_unknown_address_is_refused() -> None:
    with pytest.raises(CommandError, match=r"203\.0\.113\.1"):
        call_command("serve", host="203.0.113.1", check=True)
