from __future__ import annotations

from typing import Any

import pytest

from ksbb.needs.queries_list import needs_of
from ksbb.needs.queries_near import by_distance, kilometres, nearest, nearest_open
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase

pytestmark = pytest.mark.django_db

HERE: dict[str, Any] = {"lat": -6.24, "lon": 106.77}


def test_the_nearest_places_that_miss_the_same_come_first_with_their_distance() -> None:
    need = make_need(target=make_target(**HERE))
    far = make_need(target=make_target(lat=-6.30, lon=106.77))
    near = make_need(target=make_target(lat=-6.24, lon=106.78))

    found = nearest_open(need)

    assert [one.need for one in found] == [near, far]
    assert [round(one.kilometres or 0, 2) for one in found] == [1.11, 6.67]


def test_full_places_and_other_kinds_of_aid_are_not_offered() -> None:
    need = make_need(target=make_target(**HERE))
    full = make_need(40, target=make_target(**HERE))
    make_commitment({full: 40})
    make_need(target=make_target(**HERE), aid_type=make_aid_type("paket-lebaran"))
    make_need(target=make_target(**HERE), phase=make_phase(3))

    assert nearest_open(need) == []


def test_no_more_places_than_asked_for_are_offered() -> None:
    need = make_need(target=make_target(**HERE))
    make_need(target=make_target(**HERE))
    make_need(target=make_target(**HERE))

    assert len(nearest_open(need, limit=1)) == 1


def test_a_near_place_is_not_missed_for_one_in_the_corner_of_the_square() -> None:
    need = make_need(target=make_target(**HERE))
    make_need(target=make_target(lat=-6.2351, lon=106.7749))
    nearest = make_need(target=make_target(lat=-6.2345, lon=106.77))

    assert [one.need for one in nearest_open(need, limit=1)] == [nearest]


def test_a_place_without_a_point_is_given_those_of_its_kecamatan_that_miss_most() -> None:
    need = make_need()
    some = make_need(50, target=make_target(village="31.74.05.1003"))
    most = make_need(90, target=make_target(**HERE))
    make_need(99, target=make_target(village="31.74.06.1001"))

    assert nearest_open(need) == [(most, None), (some, None)]


def test_distance_is_none_where_a_point_is_missing() -> None:
    located = make_target(**HERE)

    assert kilometres(located, make_target()) is None
    assert kilometres(located, located) == 0


def test_a_list_is_ordered_by_distance_and_places_without_a_point_come_last() -> None:
    nowhere = make_need()
    far = make_need(target=make_target(lat=-6.30, lon=106.77))
    near = make_need(target=make_target(lat=-6.24, lon=106.78))
    needs = needs_of(make_aid_type(), make_phase())

    assert list(by_distance(needs, (-6.24, 106.77))) == [near, far, nowhere]


@pytest.mark.parametrize("wanted", [1, 2, 3, 4])
def test_a_part_of_the_list_holds_the_nearest_places_in_the_same_order(wanted: int) -> None:
    for lat in (-6.2435, -6.25, -6.5, -6.2402):
        make_need(target=make_target(lat=lat, lon=106.77))
    needs = by_distance(needs_of(make_aid_type(), make_phase()), (-6.24, 106.77))

    part = nearest(needs, (-6.24, 106.77), wanted - 1, wanted)

    assert part == list(needs[wanted - 1 : wanted])
