from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import OperationalError
from django.utils import translation

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
    with translation.override("en"):
        told = failing(OperationalError("connection refused\nIs the server running?"))

    assert told[0] == 2
    assert told[2].startswith("The database answers: connection refused. ")


def test_ctrl_c_ends_quietly(failing: Failing) -> None:
    told = failing(KeyboardInterrupt())

    assert told == (130, "", "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["check", "--no-such-option"], "`ksbb check` does not know “--no-such-option”."),
        (["report"], "`ksbb report` lacks --programme, --as-of."),
        (["report", "--programme"], "--programme lacks its value."),
        (["seed_demo", "--scale", "banyak"], "“banyak” cannot be a value of --scale."),
        (["check", "--verbosity", "7"], "“7” cannot be a value of -v/--verbosity."),
        (["report", "--p", "x"], "“--p” may mean several options of `ksbb report`."),
        (["loaddata"], "`ksbb loaddata` cannot be read: No database fixture specified."),
    ],
)
def test_what_a_command_does_not_know_is_one_sentence_and_how_to_see_more(
    typed: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with translation.override("en"):
        code = cli.run(["ksbb", *typed])

    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err == f"{sentence} `ksbb {typed[0]} --help` lists the options.\n"


@pytest.mark.parametrize("typed", [["no_such_command"], ["help", "no_such_command"]])
def test_an_unknown_command_is_bad_input(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with translation.override("en"):
        code = cli.run(["ksbb", *typed])

    expected = "There is no command “no_such_command”. `ksbb help` lists them all.\n"
    assert (code, capsys.readouterr().err) == (2, expected)


def test_a_terminal_is_spoken_to_in_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run(["ksbb", "no_such_command"])

    expected = "Tidak ada perintah “no_such_command”. `ksbb help` menyebut semuanya.\n"
    assert (code, capsys.readouterr().err) == (2, expected)


def test_help_is_given_and_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(["ksbb", "report", "--help"])

    assert ended.value.code == 0
    assert "--as-of" in capsys.readouterr().out
