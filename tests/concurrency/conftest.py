"""The two ways a commitment goes on PostgreSQL, and how to take a lock away for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from ksbb.commitments.actions import reserve
from ksbb.commitments.actions.take_at_once import take_at_once


def never(*_order: object, **_options: object) -> None:
    """Leave everything to the long way, which is all that SQLite knows."""


@pytest.fixture(params=[take_at_once, never], ids=["at once", "the long way"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test once for each way in which a commitment is written."""
    monkeypatch.setattr(reserve, "take_at_once", request.param)


@pytest.fixture
def _the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commitments be written statement by statement."""
    monkeypatch.setattr(reserve, "take_at_once", never)


@pytest.fixture
def rewrite() -> Iterator[Callable[..., None]]:
    """Change the text of a function of the database for the length of a test."""
    originals: list[str] = []

    def change(name: str, *changes: tuple[str, str]) -> None:
        text = definition(name)
        originals.append(text)
        for old, new in changes:
            assert old in text, f"{name} does not say: {old}"
            text = text.replace(old, new)
        execute(text)

    yield change
    for original in originals:
        execute(original)


@pytest.fixture
def _without_the_constraint() -> Iterator[None]:
    """Take away the constraint that keeps a need from being oversold."""
    execute("ALTER TABLE needs_need DROP CONSTRAINT need_stages_in_order")
    yield
    # What the test has oversold is emptied after this; new rows are checked all the same.
    execute(
        "ALTER TABLE needs_need ADD CONSTRAINT need_stages_in_order CHECK ("
        "received >= 0 AND delivered >= received AND committed >= delivered "
        "AND quantity >= committed) NOT VALID"
    )


def definition(name: str) -> str:
    """Return the text that makes a function of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
        return str(cursor.fetchone()[0])


def execute(statement: str) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
