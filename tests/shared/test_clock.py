from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from ksbb.shared import clock
from ksbb.shared.clock import WIB, parse_moment
from ksbb.shared.errors import DomainError


def test_the_clock_shows_the_time_in_jakarta() -> None:
    now = clock.now()

    assert now.tzinfo is WIB
    assert now.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    "setting",
    ["2020-05-22T12:00:00+07:00", "2020-05-22T05:00Z", datetime(2020, 5, 22, 5, tzinfo=UTC)],
)
def test_a_standing_clock_shows_its_moment(setting: object, settings: Settings) -> None:
    settings.KSBB_CLOCK = setting

    assert clock.now() == datetime(2020, 5, 22, 12, tzinfo=WIB)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-05-02", datetime(2020, 5, 2, 23, 59, 59, 999999, tzinfo=WIB)),
        ("2020-05-02T23:59:59+07:00", datetime(2020, 5, 2, 23, 59, 59, tzinfo=WIB)),
        ("2020-05-02T16:59:59Z", datetime(2020, 5, 2, 23, 59, 59, tzinfo=WIB)),
        ("2020-05-02T11:00", datetime(2020, 5, 2, 11, tzinfo=WIB)),
        (" 2020-05-02 11:00 ", datetime(2020, 5, 2, 11, tzinfo=WIB)),
        # An address in which nobody encoded the plus.
        ("2020-05-02T11:00:00 07:00", datetime(2020, 5, 2, 11, tzinfo=WIB)),
    ],
)
def test_a_moment_is_read_in_wib(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment
    assert parse_moment(text).tzinfo is WIB


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "kemarin",
        "2020-13-01",
        "02-05-2020",
        "2020-05-02T25:00",
    ],
)
def test_what_is_no_moment_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DomainError, match="2020-05-02T23:59:59"):
        parse_moment(text)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_moment_out_of_reach_is_refused_with_the_years_that_are_not(text: str) -> None:
    with pytest.raises(DomainError, match=r"1945.*2100"):
        parse_moment(text)


@given(
    st.datetimes(
        min_value=datetime(1946, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        max_value=datetime(2099, 12, 31),  # noqa: DTZ001 - as above
        timezones=st.sampled_from([UTC, WIB]),
    )
)
def test_every_moment_survives_being_written_and_read(moment: datetime) -> None:
    assert parse_moment(moment.isoformat()) == moment


def zone_of(text: str) -> object:
    """Return the zone of the moment that was read, or WIB where the text was refused."""
    try:
        return parse_moment(text).tzinfo
    except DomainError:
        return WIB


@given(st.text(max_size=40))
def test_any_text_is_read_in_wib_or_refused(text: str) -> None:
    assert zone_of(text) is WIB
