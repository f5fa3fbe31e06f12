"""The board of the running phase: every number is that of its rows, and of its reader's area."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ksbb.accounts.enums import Role
from ksbb.commitments.actions.decide import accept
from ksbb.rights.models import Posting
from tests.backoffice.desk import Officer, words
from tests.factories.accounts import make_user
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, make_commitment
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.needs import VILLAGE, make_need, make_target
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

TILES = re.compile(r'apa=([a-z-]+)"><span class="total">(\d+)</span>')
CELLS = re.compile(r'<th scope="row">(?:<a [^>]*>)?([^<]*)(?:</a>)?</th>(.*?)</tr>', re.DOTALL)
NUMBERS = re.compile(r">([\d.,]+%?)(?:</a>)?</td>")
ELSEWHERE = "31.75.01.1001"
LATER = DELIVERY_DAY + timedelta(days=2)


def tiles(officer: Officer, query: str = "") -> dict[str, int]:
    """Return the numbers of the board."""
    page = words(officer.open(f"papan/{query}"))
    return {slug: int(total) for slug, total in TILES.findall(page)}


def areas(officer: Officer, query: str = "") -> dict[str, list[str]]:
    """Return the table of the board: the numbers of each area by its name."""
    page = words(officer.open(f"papan/{query}"))
    return {name: NUMBERS.findall(rest) for name, rest in CELLS.findall(page)}


def rows(officer: Officer, slug: str, query: str = "") -> int:
    """Return how many rows stand behind a number."""
    page = words(officer.open(f"papan/baris/?apa={slug}{query}"))
    return page.count('<p class="what">')


def a_day() -> None:
    """Let something happen of everything the board counts, twice for what is brought today."""
    make_need(100)
    late = make_commitment({make_need(50): 20})
    accept(commitment_id=late.pk, actor=DESK, now=NOON - timedelta(hours=30))
    for _ in range(2):
        make_planned({make_need(10): 10}, planned_for=NOON.date())
    make_planned({make_need(10): 10}, planned_for=LATER)
    bring(make_planned({make_need(10): 10}, planned_for=LATER))
    before = NOON - timedelta(days=1)
    earlier = bring(make_planned({make_need(10): 10}, planned_for=LATER), now=before)
    answer(earlier, less=3)


def test_every_number_is_that_of_the_rows_behind_it(sari: Officer) -> None:
    a_day()

    numbers = tiles(sari)

    assert numbers == {
        "tanpa-bantuan": 1,
        "segera-gugur": 1,
        "hari-ini": 2,
        "diantar-hari-ini": 1,
        "selisih": 1,
    }
    assert {slug: rows(sari, slug) for slug in numbers} == numbers


def test_the_day_is_that_of_jakarta(sari: Officer) -> None:
    midnight = NOON.replace(hour=0, minute=0)
    for moment in (midnight, midnight - timedelta(seconds=1)):
        bring(make_planned({make_need(10): 5}, planned_for=LATER), now=moment)

    assert tiles(sari)["diantar-hari-ini"] == 1


def test_the_table_goes_from_kota_to_kelurahan_and_a_kelurahan_stands_alone(sari: Officer) -> None:
    make_commitment({make_need(100): 40})
    make_need(60, target=make_target(village=ELSEWHERE))
    for code, name in (("31.74", "Kota Satu"), ("31.75", "Kota Dua")):
        region = make_region(code)
        region.name = name
        region.save()

    assert list(areas(sari).values()) == [
        ["1", "1", "100", "40", "40%"],
        ["1", "1", "60", "0", "0%"],
    ]
    for area in ("31.74", "31.74.05", VILLAGE):
        assert list(areas(sari, f"?wilayah={area}").values()) == [["1", "1", "100", "40", "40%"]]


def test_the_board_says_as_of_when_it_speaks(sari: Officer) -> None:
    make_need()

    assert "As of 1 May 2020 at 12:00 WIB" in words(sari.open("papan/"))


def test_an_area_narrows_every_number(sari: Officer) -> None:
    a_day()
    make_need(5, target=make_target(village=ELSEWHERE))

    assert tiles(sari, f"?wilayah={ELSEWHERE[:8]}") == {
        "tanpa-bantuan": 1,
        "segera-gugur": 0,
        "hari-ini": 0,
        "diantar-hari-ini": 0,
        "selisih": 0,
    }


def test_an_officer_of_an_area_sees_its_numbers_and_no_others() -> None:
    a_day()
    make_need(5, target=make_target(village=ELSEWHERE))
    wati = make_user("wati@example.org", role=Role.AREA)
    Posting.objects.create(user=wati, region=make_region(ELSEWHERE), since=NOON)
    hers = Officer(wati)

    assert tiles(hers) == {
        "tanpa-bantuan": 1,
        "hari-ini": 0,
        "diantar-hari-ini": 0,
        "selisih": 0,
    }
    assert list(areas(hers).values()) == [["1", "1", "5", "0", "0%"]]
    assert hers.open(f"papan/?wilayah={VILLAGE}").status_code == 400
    assert hers.open(f"papan/baris/?apa=hari-ini&wilayah={VILLAGE}").status_code == 404
    assert hers.open("papan/baris/?apa=segera-gugur").status_code == 404
    assert Officer(make_user(role=Role.AREA)).open("papan/").status_code == 403


@pytest.mark.parametrize("query", ["?wilayah=x", "?wilayah=32", "?bantuan=x", "?apa=x"])
def test_nonsense_is_named_and_the_whole_shown(query: str, sari: Officer) -> None:
    make_need()

    answered = sari.open(f"papan/{query}")

    assert answered.status_code == 400
    assert TILES.findall(words(answered))


def test_without_a_programme_there_is_no_board(sari: Officer) -> None:
    assert sari.open("papan/").status_code == 404


def test_the_board_asks_the_database_as_often_for_many_as_for_one(sari: Officer) -> None:
    a_day()
    with CaptureQueriesContext(connection) as once:
        sari.open("papan/")
    a_day()
    make_need(5, target=make_target(village=ELSEWHERE))

    with CaptureQueriesContext(connection) as often:
        sari.open("papan/")

    assert len(often) == len(once)
    assert len(often) <= 20
