from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ksbb.needs.enums import Verification
from tests.api.calls import read, walk
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase

HERE: dict[str, Any] = {"lat": -6.24, "lon": 106.78}


def names(address: str) -> list[str]:
    return [one["target"]["name"] for one in read(address)["items"]]


def test_a_need_says_place_and_stages_and_the_list_what_they_are_counted_in() -> None:
    need = make_need(target=make_target(name="RW Satu", **HERE))
    make_commitment({need: 40})

    assert read("needs") == {
        "as_of": "2020-05-01T12:00:00+07:00",
        "licence": "CC-BY-4.0",
        "next": None,
        "programme": "pangan-ramadan-1441",
        "phase": 2,
        "aid_type": "sembako",
        "unit": "FAMILY_WEEK",
        "items": [
            {
                "id": f"{need.target.code}/2/sembako",
                "target": {
                    "code": need.target.code,
                    "name": "RW Satu",
                    "kind": "rw",
                    "region": need.target.region_id,
                    "lat": -6.24,
                    "lon": 106.78,
                    "is_example": False,
                },
                "quantity": 100,
                "committed": 40,
                "delivered": 0,
                "received": 0,
                "open": 60,
                "coverage": 0.4,
                "served_by_others": 0,
                "distance_km": None,
            }
        ],
    }


@pytest.mark.parametrize(
    "query",
    [
        "wilayah=31.74.05&terbuka=1",
        "q=RW+1+wilayah&urut=nama",
        "jenis=panti",
        "bantuan=paket-lebaran&fase=3",
        "dekat=-6.24,106.78",
        "urut=tercakup",
        "urut=prioritas",
    ],
)
def test_the_address_of_the_list_asks_for_the_same_places_here(client: Client, query: str) -> None:
    other = make_aid_type("paket-lebaran")
    for number, village in enumerate(("31.74.05.1002", "31.73.01.1001", "31.74.05.1003")):
        place = make_target(village=village, lat=-6.2 - number / 50, lon=106.78)
        make_commitment({make_need(100, target=place): 30 * number + 10})
        make_need(70 + number, target=place, aid_type=other, phase=make_phase(3))
    make_need(5, target=make_target("panti", **HERE))

    rows = client.get(f"/sasaran/?{query}").context["rows"]

    assert names(f"needs?{query}") == [row.need.target.name for row in rows] != []


@pytest.mark.parametrize(
    "order", ["kurang", "tercakup", "prioritas", "nama", "dekat&dekat=-6.24,106.78"]
)
def test_every_order_is_walked_to_its_end_without_a_gap_or_a_double(order: str) -> None:
    points: list[dict[str, Any]] = [HERE, HERE, {}, {"lat": -6.3, "lon": 106.7}, {}, HERE, HERE]
    for number, point in enumerate(points):
        need = make_need(50 + number // 2, target=make_target(name=f"N{number % 3}", **point))
        make_commitment({need: 10 * (number % 2) + 1})
    whole = read(f"needs?urut={order}")["items"]

    pages = walk(f"needs?urut={order}&limit=2")

    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert [one for page in pages for one in page] == whole


def test_the_nearest_say_how_far_they_are() -> None:
    make_need(target=make_target(lat=-6.30, lon=106.78))

    assert round(read("needs?dekat=-6.24,106.78")["items"][0]["distance_km"], 1) == 6.7


def test_a_place_that_is_not_verified_is_not_listed() -> None:
    make_need(target=make_target(verification=Verification.PENDING))

    assert read("needs")["items"] == []


def test_more_needs_take_no_more_questions(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_need()
    client.get("/api/v1/needs?limit=500")
    with django_assert_num_queries(8):
        client.get("/api/v1/needs?limit=500&terbuka=1")
    for _ in range(5):
        make_need(target=make_target("panti", village="31.73.01.1001"))

    with django_assert_num_queries(8):
        client.get("/api/v1/needs?limit=500&terbuka=1")
