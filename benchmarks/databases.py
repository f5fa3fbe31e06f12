"""Databases that live as long as the parts of the benchmark which read them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.sizes import Extent

VAR: Final = Path(__file__).resolve().parents[1] / "var"
SERVER: Final = os.environ.get("KSBB_BENCH_POSTGRES", "")
"""Where PostgreSQL answers; its user may create databases and is superuser (bulk loading)."""

SETTINGS: Final = ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")


@contextmanager
def database(engine: str, name: str) -> Iterator[str]:
    """Create an empty database, yield its address, and remove it again."""
    create = _postgresql if engine == "postgresql" else _sqlite
    with create(f"ksbb_bench_{os.getpid()}_{name}") as url:
        yield url


class Shelf:
    """The books of one engine: each is filled for the first part that wants it, and kept."""

    def __init__(self, engine: str, stack: ExitStack) -> None:
        """Begin empty; the stack says how long books are kept."""
        self.engine = engine
        self.stack = stack
        self.urls: dict[Extent, str] = {}

    def take(self, extents: Sequence[Extent]) -> dict[Extent, str]:
        """Return the addresses of books, filled and closed."""
        for extent in extents:
            if extent not in self.urls:
                self.urls[extent] = self._filled(extent)
        return {extent: self.urls[extent] for extent in extents}

    def _filled(self, extent: Extent) -> str:
        url = self.stack.enter_context(database(self.engine, extent.name))
        begun = time.monotonic()
        command = [sys.executable, "-m", "benchmarks.fill", *map(str, extent)]
        subprocess.run(command, env=environment(url), check=True)  # noqa: S603 - our own command
        seconds = time.monotonic() - begun
        print(f"Filled a book on {self.engine}: {extent.label}, {seconds:.0f} s.", flush=True)
        return url


def environment(url: str, books: dict[Extent, str] | None = None) -> dict[str, str]:
    """Return the environment in which Django works on a database, and where the books are."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return kept | {
        "KSBB_BENCH_BOOKS": json.dumps({one.name: at for one, at in (books or {}).items()}),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "ksbb.config.settings",
        "KSBB_DEMO": "1",
        "KSBB_CLOCK": "2020-05-22T12:00:00+07:00",
        # One asks for all here; a quick machine would be told to slow down.
        "API_REQUESTS_PER_MINUTE": "1000000",
    }


def durability() -> dict[str, str]:
    """Return what the server promises about a commit, for the record beside the figures."""
    with psycopg.connect(SERVER) as server:
        rows = server.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name",
            [list(SETTINGS)],
        ).fetchall()
        return {"version": str(server.info.server_version), **dict(rows)}


_FOREIGN: Final = {"SECRET_KEY", "ALLOWED_HOSTS", "CACHE_URL", "DEBUG"}


@contextmanager
def _postgresql(name: str) -> Iterator[str]:
    identifier = sql.Identifier(name)
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        try:
            yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


@contextmanager
def _sqlite(name: str) -> Iterator[str]:
    VAR.mkdir(exist_ok=True)
    file = VAR / f"{name}.sqlite3"
    try:
        yield f"sqlite:///{file}"
    finally:
        for leftover in VAR.glob(f"{file.name}*"):
            leftover.unlink()
