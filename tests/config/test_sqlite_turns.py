"""Writers on SQLite queue before they begin, whichever process they belong to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from ksbb.config.settings.database import database
from ksbb.config.sqlite.turns import line_of, take_turn

AT_ONCE, PATIENTLY = 0.01, 20

HOLD = """
import sys
from ksbb.config.sqlite.turns import take_turn
assert take_turn(sys.argv[1], 20)
print("mine", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def queue(tmp_path: Path) -> str:
    return str(tmp_path / "book.sqlite3-queue")


@contextmanager
def another_process_in_turn(queue: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, queue]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "mine\n"
        yield other
        other.kill()


def comes(queue: str, seconds: float) -> bool:
    turn = take_turn(queue, seconds)
    if turn:
        turn.give_back()
    return turn is not None


def test_no_turn_comes_while_another_process_has_it(queue: str) -> None:
    with another_process_in_turn(queue):
        assert not comes(queue, AT_ONCE)


def test_the_turn_of_a_process_that_was_killed_is_free(queue: str) -> None:
    with another_process_in_turn(queue) as other:
        other.kill()

    assert comes(queue, PATIENTLY)


def test_a_turn_comes_when_the_process_before_it_is_done(queue: str) -> None:
    with another_process_in_turn(queue) as other:
        assert other.stdin
        other.stdin.close()

        assert comes(queue, PATIENTLY)


def test_whoever_lost_patience_keeps_nobody_waiting(queue: str) -> None:
    with another_process_in_turn(queue):
        assert [comes(queue, AT_ONCE) for _ in range(3)] == [False, False, False]

    assert comes(queue, PATIENTLY)
    assert list(line_of(queue).waiting) == []


def test_whoever_loses_patience_behind_a_thread_leaves_the_line(queue: str) -> None:
    turn = take_turn(queue, AT_ONCE)
    assert turn

    assert not comes(queue, AT_ONCE)

    assert list(line_of(queue).waiting) == []
    turn.give_back()
    assert comes(queue, AT_ONCE)


def test_a_child_stands_in_no_line_of_its_parent(queue: str) -> None:
    line_of(queue).come_first(AT_ONCE)

    child = os.fork()
    if child == 0:
        os._exit(0 if line_of(queue).come_first(AT_ONCE) else 1)

    assert os.waitpid(child, 0)[1] == 0


def test_where_no_file_can_be_made_writers_are_left_to_sqlite(tmp_path: Path) -> None:
    queue = str(tmp_path / "nowhere" / "book.sqlite3-queue")

    assert comes(queue, AT_ONCE)


def connect(url: str) -> BaseDatabaseWrapper:
    settings = connections.configure_settings({DEFAULT_DB_ALIAS: database(url)})[DEFAULT_DB_ALIAS]
    wrapper: BaseDatabaseWrapper = load_backend(settings["ENGINE"]).DatabaseWrapper(settings)
    return wrapper


def begin(connection: BaseDatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["commit", "rollback", "close"])
def test_a_turn_ends_with_the_transaction(tmp_path: Path, ending: str) -> None:
    connection = connect(f"sqlite:///{tmp_path}/book.sqlite3")

    begin(connection)
    assert not comes(f"{tmp_path}/book.sqlite3-queue", AT_ONCE)
    getattr(connection, ending)()

    assert comes(f"{tmp_path}/book.sqlite3-queue", AT_ONCE)
    connection.close()
    assert {file.name for file in tmp_path.iterdir()} == {"book.sqlite3", "book.sqlite3-queue"}


@pytest.mark.django_db
def test_a_transaction_that_cannot_begin_keeps_no_turn(tmp_path: Path) -> None:
    connection = connect(f"sqlite:///{tmp_path}/book.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")

    with pytest.raises(OperationalError, match="within a transaction"):
        begin(connection)

    assert comes(f"{tmp_path}/book.sqlite3-queue", AT_ONCE)
    connection.close()


@pytest.mark.django_db
def test_a_database_in_memory_has_no_queue_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    connection = connect("sqlite://:memory:")

    begin(connection)
    connection.commit()

    assert list(tmp_path.iterdir()) == []
