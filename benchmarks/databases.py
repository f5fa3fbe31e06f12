"""Databases that live as long as one part of the benchmark."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

VAR: Final = Path(__file__).resolve().parents[1] / "var"
SERVER: Final = os.environ.get("KSBB_BENCH_POSTGRES", "")
"""Where PostgreSQL answers; its user may create databases and is superuser (bulk loading)."""

SETTINGS: Final = ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")


@contextmanager
def databases(engine: str, count: int) -> Iterator[list[str]]:
    """Create empty databases, yield their addresses, and remove them again."""
    create = _postgresql if engine == "postgresql" else _sqlite
    with ExitStack() as stack:
        yield [
            stack.enter_context(create(f"ksbb_bench_{os.getpid()}_{number}"))
            for number in range(count)
        ]


def environment(urls: list[str]) -> dict[str, str]:
    """Return the environment in which Django works on the first of the databases."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return kept | {
        "KSBB_BENCH_BOOKS": " ".join(urls),
        "DATABASE_URL": urls[0],
        "DJANGO_SETTINGS_MODULE": "ksbb.config.settings",
        "KSBB_DEMO": "1",
        "KSBB_CLOCK": "2020-05-22T12:00:00+07:00",
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
