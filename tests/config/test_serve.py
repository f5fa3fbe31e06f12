from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.browser.serving import KSBB, PATIENCE_SECONDS, demo, free_port, wait_for


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


def test_ctrl_c_in_a_terminal_ends_it(tmp_path: Path) -> None:
    surroundings = demo(tmp_path / "empty.sqlite3")
    subprocess.run([KSBB, "migrate", "--verbosity", "0"], env=surroundings, check=True)  # noqa: S603 - our own command

    # Whoever hears it twice hangs most times, so a few times are enough to see it.
    for _ in range(4):
        port = str(free_port())
        command = [str(KSBB), "serve", "--port", port]
        # A terminal interrupts all that was started from it, which here is a session of its own.
        server = subprocess.Popen(command, env=surroundings, start_new_session=True)  # noqa: S603 - our own command
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            os.killpg(server.pid, signal.SIGINT)
            assert server.wait(PATIENCE_SECONDS) == 0
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()
