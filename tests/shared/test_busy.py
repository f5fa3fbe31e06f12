from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.db import IntegrityError, OperationalError

from ksbb.shared.busy import is_busy


def wrapped(cause: Exception, kind: type[Exception] = OperationalError) -> Exception:
    """Return a database error as Django passes it on."""
    error = kind(str(cause))
    error.__cause__ = cause
    return error


def sqlite_error(statement: str, file: Path) -> sqlite3.OperationalError:
    """Return what a second connection is told while the first one is writing."""
    writing = sqlite3.connect(file, isolation_level=None)
    waiting = sqlite3.connect(file, isolation_level=None, timeout=0)
    writing.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as refused:
        waiting.execute(statement)
    writing.close()
    waiting.close()
    return refused.value


def test_a_locked_sqlite_file_is_busy(tmp_path: Path) -> None:
    locked = sqlite_error("BEGIN IMMEDIATE", tmp_path / "book.sqlite3")

    assert str(locked) == "database is locked"
    assert is_busy(wrapped(locked))


def test_a_missing_table_is_no_matter_of_waiting(tmp_path: Path) -> None:
    assert not is_busy(wrapped(sqlite_error("SELECT * FROM nothing", tmp_path / "book.sqlite3")))


@pytest.mark.parametrize(
    "cause",
    [
        psycopg.errors.LockNotAvailable,
        psycopg.errors.DeadlockDetected,
        psycopg.errors.SerializationFailure,
        psycopg.errors.TooManyConnections,
        psycopg.errors.AdminShutdown,
        psycopg.OperationalError,
    ],
)
def test_what_passes_by_itself_on_postgresql_is_busy(cause: type[Exception]) -> None:
    assert is_busy(wrapped(cause("…")))


@pytest.mark.parametrize("cause", [psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation])
def test_a_broken_rule_is_no_matter_of_waiting(cause: type[Exception]) -> None:
    assert not is_busy(wrapped(cause("…"), IntegrityError))


def test_any_other_error_is_no_matter_of_waiting() -> None:
    assert not is_busy(ValueError("locked"))
