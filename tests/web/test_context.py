from __future__ import annotations

from datetime import datetime

import pytest
from pytest_django import Settings

from ksbb.shared.clock import WIB
from ksbb.web.context import demo_clock, other_language_url


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/", "/en/"),
        ("/en/", "/"),
        ("/sasaran/?q=a%20b&fase=2", "/en/sasaran/?q=a%20b&fase=2"),
        ("/en/sasaran/?next=/en/", "/sasaran/?next=/en/"),
        ("/energi/", "/en/energi/"),
    ],
)
def test_the_other_language_keeps_path_and_query(here: str, there: str) -> None:
    assert other_language_url(here) == there


def test_the_demo_says_where_its_clock_stands(settings: Settings) -> None:
    settings.DEMO = True
    settings.KSBB_CLOCK = "2020-05-22T12:00:00+07:00"

    assert demo_clock() == datetime(2020, 5, 22, 12, tzinfo=WIB)


def test_outside_the_demo_no_clock_is_shown(settings: Settings) -> None:
    settings.DEMO = False

    assert demo_clock() is None
