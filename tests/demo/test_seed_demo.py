from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from ksbb.demo import load
from ksbb.demo.management.commands import seed_demo
from ksbb.demo.marks import FIRST_RELEASE

if TYPE_CHECKING:
    from collections.abc import Callable

SUMMARY = load.Summary(
    targets=2_862, needs=28_620, commitments=1_200, movements=6_500, proved=[FIRST_RELEASE]
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Keep what the command asks the loader for; the loader has tests of its own."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(seed_demo, "load_scenario", _answer(calls))
    return calls


def _answer(calls: list[dict[str, Any]]) -> Callable[..., load.Summary]:
    def load_scenario(**asked: Any) -> load.Summary:
        calls.append(asked)
        return SUMMARY

    return load_scenario


def test_the_command_says_what_it_loaded_and_who_can_log_in(
    asked: list[dict[str, Any]], settings: Settings
) -> None:
    settings.DEMO = True
    out = StringIO()

    call_command("seed_demo", stdout=out)

    assert "2.862" in out.getvalue()
    assert "2 Mei 2020" in out.getvalue()
    assert "contoh-1441" in out.getvalue()
    assert out.getvalue().count("@contoh.example") == 7
    assert [(call["seed"], call["scale"]) for call in asked] == [(1441, 1)]


def test_seed_and_scale_are_handed_on(asked: list[dict[str, Any]], settings: Settings) -> None:
    settings.DEMO = True

    call_command("seed_demo", "--seed", "7", "--scale", "3", stdout=StringIO())

    assert [(call["seed"], call["scale"]) for call in asked] == [(7, 3)]


def test_outside_the_demo_the_command_refuses(
    asked: list[dict[str, Any]], settings: Settings
) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="KSBB_DEMO=1") as refusal:
        call_command("seed_demo")

    assert refusal.value.returncode == 2
    assert asked == []
