from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ksbb.shared.clock import WIB
from ksbb.shared.icalendar import LONGEST, Event, calendar

NOON = datetime(2020, 5, 1, 12, tzinfo=WIB)
EVENT = Event(
    uid="penyaluran-1.K7F3-9Q2M@ksbb",
    sequence=7,
    starts=datetime(2020, 5, 3, 15, tzinfo=WIB),
    ends=datetime(2020, 5, 3, 18, tzinfo=WIB),
    summary="Antar 40 paket",
)


def lines(*events: Event) -> list[str]:
    """Return the lines of a file as a calendar reads them: unfolded."""
    text = calendar(events, name="uji", now=NOON).decode()
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(text: str) -> str:
    """Return a text as a calendar shows it."""
    shown, letters = "", iter(text)
    for letter in letters:
        follower = next(letters) if letter == "\\" else ""
        shown += {"n": "\n"}.get(follower, follower) if follower else letter
    return shown


def test_a_file_begins_and_ends_as_the_standard_says() -> None:
    found = lines(EVENT)

    assert found[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert found[2].startswith("PRODID:")
    assert found[-2:] == ["END:VCALENDAR", ""]
    assert found.count("BEGIN:VEVENT") == found.count("END:VEVENT") == 1


def test_moments_are_written_in_utc() -> None:
    found = lines(EVENT)

    assert "DTSTAMP:20200501T050000Z" in found
    assert "DTSTART:20200503T080000Z" in found
    assert "DTEND:20200503T110000Z" in found


def test_a_day_without_hours_fills_the_day() -> None:
    whole = EVENT._replace(starts=date(2020, 5, 3), ends=date(2020, 5, 4))

    found = lines(whole)

    assert "DTSTART;VALUE=DATE:20200503" in found
    assert "DTEND;VALUE=DATE:20200504" in found


def test_the_same_entry_has_the_same_name_and_a_number_that_grows() -> None:
    first, later = lines(EVENT), lines(EVENT._replace(sequence=8))

    assert [line for line in first if line not in later] == ["SEQUENCE:7"]


def test_a_reminder_is_an_alarm_before_the_start() -> None:
    found = lines(EVENT._replace(reminder=timedelta(hours=12)))

    assert "TRIGGER:-PT12H" in found
    assert found.index("BEGIN:VALARM") < found.index("END:VALARM") < found.index("END:VEVENT")


def test_signs_with_a_meaning_are_escaped() -> None:
    found = lines(EVENT._replace(summary="a,b;c\\d\ne"))

    assert "SUMMARY:a\\,b\\;c\\\\d\\ne" in found


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_any_text_comes_back_whole_and_no_line_is_too_long(text: str) -> None:
    file = calendar([EVENT._replace(description=text)], name="uji", now=NOON)

    assert max(len(line) for line in file.split(b"\r\n")) <= LONGEST
    found = [line for line in lines(EVENT._replace(description=text)) if "DESCRIPTION" in line]
    assert [unescaped(line.removeprefix("DESCRIPTION:")) for line in found] == [text] * bool(text)


def test_no_control_character_and_no_bare_line_break_gets_into_a_file() -> None:
    file = calendar([EVENT._replace(summary="a\x00b\rc\x07")], name="uji", now=NOON).decode()

    assert "SUMMARY:abc" in file
    assert file.replace("\r\n", "").isprintable()
