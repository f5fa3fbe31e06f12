from __future__ import annotations

from datetime import date

import pytest

from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.queries import (
    UnknownProgrammeError,
    aid_types_of,
    current_phase,
    current_programme,
    get_programme,
    phases_of,
)
from tests.factories.programmes import make_aid_type, make_phase, make_programme

pytestmark = pytest.mark.django_db


def test_a_programme_is_found_by_its_slug() -> None:
    programme = make_programme("pangan")

    assert get_programme("pangan") == programme


def test_an_unknown_slug_is_answered_with_the_known_ones() -> None:
    make_programme("pangan")

    with pytest.raises(UnknownProgrammeError, match="pangan"):
        get_programme("pendidikan")


def test_pages_show_the_newest_open_programme() -> None:
    make_programme("lama", starts_on=date(2020, 4, 1))
    newest = make_programme("baru", starts_on=date(2020, 5, 1))
    make_programme("selesai", starts_on=date(2020, 5, 2), state=ProgrammeState.CLOSED)
    make_programme("nanti", starts_on=date(2020, 5, 3), state=ProgrammeState.DRAFT)

    assert current_programme() == newest


def test_where_none_is_open_pages_show_the_newest_closed_one() -> None:
    make_programme("lama", starts_on=date(2020, 4, 1), state=ProgrammeState.CLOSED)
    newest = make_programme("baru", starts_on=date(2020, 5, 1), state=ProgrammeState.CLOSED)

    assert current_programme() == newest


def test_a_programme_in_preparation_is_shown_to_nobody() -> None:
    make_programme(state=ProgrammeState.DRAFT)

    assert current_programme() is None


@pytest.mark.parametrize(
    ("today", "number"),
    [
        (date(2020, 4, 1), 1),
        (date(2020, 4, 30), 1),
        (date(2020, 5, 1), 2),
        (date(2020, 5, 7), 2),
        (date(2020, 5, 8), 3),
        (date(2020, 6, 30), 3),
    ],
)
def test_every_day_has_its_phase(today: date, number: int) -> None:
    phases = [make_phase(one) for one in (1, 2, 3)]

    assert current_phase(phases, today) == phases[number - 1]


def test_where_there_are_no_phases_there_is_no_present_one() -> None:
    assert current_phase([], date(2020, 5, 1)) is None


def test_phases_and_aid_types_come_in_their_order() -> None:
    third, first = make_phase(3), make_phase(1)
    rice = make_aid_type("sembako", position=2)
    meals = make_aid_type("makanan-siap-saji", position=1)

    assert phases_of(make_programme()) == [first, third]
    assert aid_types_of(make_programme()) == [meals, rice]
