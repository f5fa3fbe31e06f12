from __future__ import annotations

from collections import Counter
from math import cos, hypot, radians

import pytest

from ksbb.demo.places import Place, make_places
from tests.demo.recount import villages

PUBLISHED = {
    "31.01": 24,
    "31.71": 389,
    "31.72": 449,
    "31.73": 586,
    "31.74": 576,
    "31.75": 707,
}


@pytest.fixture(scope="module")
def areas() -> list[Place]:
    return [place for place in make_places(villages(), 1441) if place.is_area]


@pytest.fixture(scope="module")
def homes() -> list[Place]:
    return [place for place in make_places(villages(), 1441) if not place.is_area]


def test_each_city_has_as_many_rw_as_published(areas: list[Place]) -> None:
    assert Counter(place.code[:5] for place in areas) == PUBLISHED
    assert len({place.village for place in areas}) == 267


def test_rw_numbers_are_unique_in_a_kelurahan_and_a_few_are_missing(areas: list[Place]) -> None:
    count = Counter(place.village for place in areas)
    highest = {place.village: int(place.code[-3:]) for place in areas}

    assert len({place.code for place in areas}) == 2_731
    assert 5 < len([v for v in count if highest[v] > count[v]]) < 60


def test_vulnerable_families_are_skewed_round_300_and_part_of_all_families(
    areas: list[Place],
) -> None:
    families = sorted(place.count for place in areas)

    assert 270 < sum(families) / len(families) < 330
    assert families[len(families) // 2] < 260
    assert families[-1] <= 1_240
    assert [place for place in areas if not 0 < place.count < (place.households or 0)] == []


def test_every_place_lies_within_600_metres_of_its_kelurahan(
    areas: list[Place], homes: list[Place]
) -> None:
    labels = {village.code: village for village in villages()}

    metres = [
        hypot(
            place.lat - labels[place.village].lat,
            (place.lon - labels[place.village].lon) * cos(radians(place.lat)),
        )
        * 111_320
        for place in (*areas, *homes)
    ]

    assert max(metres) < 602


def test_institutions_have_names_of_their_own_and_example_addresses(homes: list[Place]) -> None:
    assert Counter(place.kind for place in homes).keys() == {
        "pesantren",
        "panti-asuhan",
        "panti-jompo",
        "panti-disabilitas",
    }
    assert len({place.name for place in homes}) == len(homes) == 131
    assert {place.address[:13] for place in homes} == {"Jalan Contoh "}
    assert len({place.code for place in homes}) == 131
