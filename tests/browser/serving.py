"""The real server with the demo's data, as `make demo` starts it."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError

KSBB: Final = Path(sys.executable).with_name("ksbb")
PATIENCE_SECONDS: Final = 30


def make_demo(file: Path) -> None:
    """Make the demo's data."""
    for command in (["migrate", "--verbosity", "0"], ["seed_demo"]):
        subprocess.run([KSBB, *command], env=demo(file), check=True, capture_output=True)  # noqa: S603 - our own command
    with closing(sqlite3.connect(file)) as book:
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def copied(database: Path, folder: Path) -> Iterator[str]:
    """Serve a copy in the folder, which may be written to, and yield the address."""
    with served(Path(shutil.copy(database, folder / "demo.sqlite3"))) as address:
        yield address


@contextmanager
def served(file: Path, **environment: str) -> Iterator[str]:
    """Serve the database for the length of the block and yield the address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    told = demo(file) | environment
    server = subprocess.Popen([KSBB, "serve", "--port", str(port)], env=told)  # noqa: S603 - our own command
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def demo(file: Path) -> dict[str, str]:
    """Return the environment of a demo on `file`."""
    return {
        "PATH": os.environ["PATH"],
        "KSBB_DEMO": "1",
        "DATABASE_URL": f"sqlite:///{file}",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Return as soon as something answers; fail after PATIENCE_SECONDS."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS):  # noqa: S310 - our own address
                return
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
