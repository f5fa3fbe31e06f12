"""`ksbb serve` on one of the books, and requests to it over a connection that stays open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KSBB: Final = Path(sys.executable).with_name("ksbb")
ROOT: Final = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS: Final = 60
HEAD_END: Final = b"\r\n\r\n"


@contextmanager
def served(database: str, files: Path) -> Iterator[int]:
    """Serve a database for the length of the block and yield the port."""
    port = _free_port()
    environment = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "KSBB_BENCH_FILES": str(files),
        "PYTHONPATH": str(ROOT),
    }
    command = [str(KSBB), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


class Visitor:
    """Somebody who asks for the same address again and again."""

    def __init__(self, port: int, address: str, etag: str = "") -> None:
        """Open the connection; with an ETag only what has changed is wanted."""
        condition = f"If-None-Match: {etag}\r\n" if etag else ""
        self.line = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request = f"GET {address} HTTP/1.1\r\nHost: localhost\r\n{condition}\r\n".encode()

    def ask(self) -> tuple[bytes, bytes]:
        """Return head and body of the answer."""
        self.line.sendall(self.request)
        got = self.line.recv(262_144)
        while HEAD_END not in got:
            got += self._more()
        head, _, body = got.partition(HEAD_END)
        length = _length(head)
        while len(body) < length:
            body += self._more()
        return head, body

    def _more(self) -> bytes:
        part = self.line.recv(262_144)
        if not part:
            message = "The server has hung up."
            raise RuntimeError(message)
        return part


def asking(port: int, address: str, *, status: int, etag: str = "") -> Callable[[], None]:
    """Return the work of one visitor: ask once, and fail for any other status."""
    visitor = Visitor(port, address, etag)
    wanted = f"HTTP/1.1 {status}".encode()

    def work() -> None:
        head, _ = visitor.ask()
        if not head.startswith(wanted):
            message = f"{address} answers {head[:200]!r}"
            raise RuntimeError(message)

    return work


def header(head: bytes, name: str) -> str:
    """Return the value of a header, "" where it is missing."""
    for line in head.decode("latin-1").split("\r\n")[1:]:
        key, _, value = line.partition(":")
        if key.lower() == name:
            return value.strip()
    return ""


def _length(head: bytes) -> int:
    return int(header(head, "content-length") or 0)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
