"""PostgreSQL for production, one SQLite file for the demo and small offices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from ksbb.config.settings.environment import VAR, text

DEMO_FILE = VAR / "demo.sqlite3"

BUSY_SECONDS = 30
"""How long a writer waits in SQLite's single queue before it gives up."""

LOCK_SECONDS = 10
"""How long a writer waits for one lock of PostgreSQL before the reader is told to try again."""

THREADS = 8
"""How many requests one server process answers at once; each needs a connection."""

POOL = {"min_size": 1, "max_size": THREADS, "timeout": 10}
"""How a server process keeps connections to PostgreSQL; a command opens one and needs no pool."""


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at ``url``. Raises ImproperlyConfigured."""
    scheme = url.partition("://")[0]
    if scheme == "sqlite":
        return _sqlite(url)
    if scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    message = (
        "DATABASE_URL cannot be read. Write it like postgres://user:password@host:5432/name "
        "or sqlite:///path/to/file.sqlite3."
    )
    raise ImproperlyConfigured(message)


def _sqlite(url: str) -> dict[str, Any]:
    name = url.removeprefix("sqlite://").removeprefix("/")
    if name == ":memory:":
        return _sqlite_at(name)
    file = Path.cwd() / name
    if not name:
        message = "DATABASE_URL names no file. Write it like sqlite:///path/to/file.sqlite3."
        raise ImproperlyConfigured(message)
    if file.parent == VAR:
        VAR.mkdir(exist_ok=True)
    if not file.parent.is_dir():
        message = f"DATABASE_URL: there is no directory {file.parent}. Make it first."
        raise ImproperlyConfigured(message)
    return _sqlite_at(str(file))


def _sqlite_at(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "ksbb.config.sqlite",
        "NAME": name,
        # Closing the last connection would fold the write-ahead log into the file every time.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            # A transaction that begins by reading and then writes could not wait for its turn.
            "transaction_mode": "IMMEDIATE",
            # With recursive triggers REPLACE fires the DELETE trigger of the row it displaces, so
            # it cannot get round a table that only grows.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
                # Kilobytes of the file a connection keeps at hand; of 2,000 a long list falls out.
                "PRAGMA cache_size=-16000;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    try:
        named: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError as error:
        message = f"DATABASE_URL cannot be read: {error}. Does the password need %-encoding?"
        raise ImproperlyConfigured(message) from error
    if not named["NAME"]:
        message = "DATABASE_URL names no database: postgres://user:password@host:5432/name."
        raise ImproperlyConfigured(message)
    return {
        **named,
        "ENGINE": "django.db.backends.postgresql",
        # Closed after each request, which means: handed back to the pool.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "connect_timeout": 10,
            # Whoever reads through a cursor (files, dumps) reads to its end.
            "options": f"-c lock_timeout={LOCK_SECONDS}s -c cursor_tuple_fraction=1",
            **named.get("OPTIONS", {}),
        },
    }


DATABASES = {"default": database(text("DATABASE_URL") or f"sqlite:///{DEMO_FILE}")}
