from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import OperationalError

from ksbb.config import cli
from ksbb.shared.errors import DomainError


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Failing:
    return Failing(monkeypatch, capsys)


class Failing:
    """Runs a command that raises, and returns exit code, standard output and standard error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    def __call__(self, error: BaseException) -> tuple[int, str, str]:
        def command(_argv: list[str]) -> None:
            raise error

        self.monkeypatch.setattr(cli, "execute_from_command_line", command)
        code = cli.run(["ksbb", "check"])
        out, err = self.capsys.readouterr()
        return code, out, err


@pytest.mark.parametrize("kind", [CommandError, DomainError, ImproperlyConfigured])
def test_bad_input_is_one_sentence_and_exit_code_2(kind: type[Exception], failing: Failing) -> None:
    told = failing(kind("There is no programme “x”. Choose one of: y."))

    assert told == (2, "", "There is no programme “x”. Choose one of: y.\n")


def test_a_silent_database_is_told_without_its_detail(failing: Failing) -> None:
    told = failing(OperationalError("connection refused\nIs the server running?"))

    assert told[0] == 2
    assert told[2].startswith("The database answers: connection refused. ")


def test_ctrl_c_ends_quietly(failing: Failing) -> None:
    told = failing(KeyboardInterrupt())

    assert told == (130, "", "")


def test_an_unknown_option_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(["ksbb", "check", "--no-such-option"])

    assert ended.value.code == 2
    assert "--no-such-option" in capsys.readouterr().err


def test_an_unknown_command_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run(["ksbb", "no_such_command"])

    expected = "There is no command “no_such_command”. `ksbb help` lists them all.\n"
    assert (code, capsys.readouterr().err) == (2, expected)
