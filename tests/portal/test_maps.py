"""The map: its page with the table, and what it fetches."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ksbb.needs.enums import Verification
from ksbb.needs.models import Need
from ksbb.regions.models import Boundary, BoundarySource, Region
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_contact, make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase
from tests.factories.regions import make_region
from tests.portal.giving import text_of

SOUTH, SOUTH_TOO, WEST = "31.74.05.1002", "31.74.05.1003", "31.73.01.1001"


def place_need(quantity: int, committed: int = 0, *, at: str = "", **fields: Any) -> Need:
    """Return the need of a new place; `at` is its point as “lat,lon”."""
    if at:
        lat, lon = map(float, at.split(","))
        fields |= {"lat": lat, "lon": lon}
    kind = fields.pop("kind", "rw")
    need = make_need(quantity, target=make_target(kind, **fields))
    if committed:
        make_commitment({need: committed})
    return need


def marks(client: Client, level: str, query: str = "") -> list[dict[str, Any]]:
    told = json.loads(client.get(f"/peta/data/{level}.json{query}").content)
    return [dict(zip(told["columns"], row, strict=True)) for row in told["rows"]]


def shown(client: Client, level: str, query: str = "") -> list[tuple[str, int]]:
    return [(one["code"], one["open"]) for one in marks(client, level, query)]


def make_points() -> None:
    """Give every region a point."""
    Region.objects.update(lat=-6.2, lon=106.8)


def test_needs_are_added_up_by_area_on_every_level(client: Client) -> None:
    place_need(100, 40, village=SOUTH)
    place_need(50, 50, village=SOUTH_TOO)
    place_need(30, village=WEST)
    make_points()

    assert shown(client, "kota") == [("31.74", 60), ("31.73", 30)]
    assert shown(client, "kecamatan") == [("31.74.05", 60), ("31.73.01", 30)]
    assert shown(client, "kelurahan") == [(SOUTH, 60), (WEST, 30), (SOUTH_TOO, 0)]


def test_a_mark_says_need_commitment_coverage_and_how_many_places_are_still_open(
    client: Client,
) -> None:
    place_need(100, 40)
    place_need(20, 20)
    make_points()
    Region.objects.filter(pk="31.74").update(name="Kota Administrasi Jakarta Selatan")

    assert marks(client, "kota") == [
        {
            "code": "31.74",
            "name": "Kota Administrasi Jakarta Selatan",
            "lat": -6.2,
            "lon": 106.8,
            "need": 120,
            "committed": 60,
            "open": 60,
            "coverage": 0.5,
            "grade": 3,
            "places": 2,
            "missing": 1,
            "kind": "",
            "others": 0,
        }
    ]


@pytest.mark.parametrize(
    ("committed", "grade"), [(0, 0), (99, 0), (100, 1), (249, 1), (250, 2), (500, 3), (999, 3)]
)
def test_coverage_has_five_classes_and_only_what_is_full_is_in_the_last(
    client: Client, committed: int, grade: int
) -> None:
    place_need(1_000, committed, at="-6.2,106.8")
    place_need(1_000, 1_000, at="-6.2,106.8")

    assert [one["grade"] for one in marks(client, "tempat")] == [grade, 4]
    assert [one["coverage"] for one in marks(client, "tempat")] == [committed / 1_000, 1]


def test_an_area_without_a_point_lies_amid_its_places(client: Client) -> None:
    place_need(10, village=SOUTH, at="-6.20,106.80")
    place_need(10, village=SOUTH, at="-6.30,106.90")

    assert [(one["lat"], one["lon"]) for one in marks(client, "kota")] == [(-6.25, 106.85)]


def test_places_are_shown_with_their_kind_and_those_without_point_are_counted(
    client: Client,
) -> None:
    place_need(10, at="-6.20,106.80")
    place_need(20, kind="panti", at="-6.21,106.81")
    place_need(30)

    told = json.loads(client.get("/peta/data/tempat.json").content)

    assert [(row[4], row[-2]) for row in told["rows"]] == [(20, "panti"), (10, "rw")]
    assert told["without_point"] == 1


def test_a_box_keeps_what_lies_in_it(client: Client) -> None:
    inside = place_need(10, at="-6.20,106.80", village=SOUTH)
    place_need(20, at="-6.40,106.80", village=WEST)
    Region.objects.filter(pk="31.74").update(lat=-6.2, lon=106.8)
    Region.objects.filter(pk="31.73").update(lat=-6.4, lon=106.8)

    box = "?kotak=106.7,-6.3,106.9,-6.1"

    assert shown(client, "tempat", box) == [(inside.target.code, 10)]
    assert shown(client, "kota", box) == [("31.74", 10)]


def test_the_filters_are_those_of_the_list(client: Client) -> None:
    place_need(10, village=WEST, kind="panti")
    place_need(20, village=SOUTH, kind="panti")
    place_need(30, village=SOUTH)
    place_need(40, 40, village=SOUTH_TOO, kind="panti")
    make_need(50, target=make_target("panti"), phase=make_phase(3))
    make_need(60, target=make_target("panti"), aid_type=make_aid_type("paket-lebaran"))
    make_need(70, target=make_target("panti", verification=Verification.PENDING))
    make_points()

    query = "?jenis=panti&wilayah=31.74&terbuka=1"

    assert shown(client, "kelurahan", query) == [(SOUTH, 20)]
    assert shown(client, "kelurahan", f"{query}&fase=3") == [(SOUTH, 50)]
    assert shown(client, "kelurahan", f"{query}&bantuan=paket-lebaran") == [(SOUTH, 60)]


def test_too_many_marks_become_larger_areas(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbb.portal.mapping.MOST", 2)
    for village in (SOUTH, SOUTH_TOO, WEST):
        place_need(10, village=village, at="-6.2,106.8")

    told = json.loads(client.get("/peta/data/tempat.json").content)

    assert (told["level"], len(told["rows"])) == ("kecamatan", 2)
    assert [row[4] for row in told["rows"]] == [20, 10]


def test_of_too_many_areas_those_in_a_box_are_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbb.portal.mapping.MOST", 1)
    place_need(10, village=SOUTH, at="-6.2,106.8")
    place_need(20, village=SOUTH, at="-6.2,106.8")
    place_need(40, village=WEST, at="-6.4,106.8")

    told = json.loads(client.get("/peta/data/kelurahan.json?kotak=106.7,-6.3,106.9,-6.1").content)

    assert (told["level"], [row[6] for row in told["rows"]]) == ("kelurahan", [30])


def test_the_table_says_the_same_as_the_map(client: Client) -> None:
    place_need(1_234, 56, village=SOUTH)
    place_need(30, 30, village=WEST)
    make_points()

    response = client.get("/en/peta/?tingkat=kelurahan&urut=nama")

    fetched = marks(client, "kelurahan", "?urut=nama")
    assert [(one.code, one.open) for one in response.context["page"]] == [
        (one["code"], one["open"]) for one in fetched
    ]
    page = text_of(response)
    assert '<td class="right number">1,178</td>' in page
    assert '<tfoot><tr><th scope="row">Total</th><td class="right number">1,178</td>' in page


@pytest.mark.parametrize(
    ("query", "level"),
    [
        ("", "kota"),
        ("?wilayah=31.74", "kecamatan"),
        ("?wilayah=31.74.05", "kelurahan"),
        (f"?wilayah={SOUTH}", "tempat"),
        ("?wilayah=31.74&tingkat=tempat", "tempat"),
        ("?wilayah=31.74.05&tingkat=kota", "kelurahan"),
        ("?q=rw%201", "tempat"),
    ],
)
def test_the_page_shows_what_lies_right_below_the_area_unless_asked_otherwise(
    client: Client, query: str, level: str
) -> None:
    place_need(10, village=SOUTH)

    assert client.get(f"/peta/{query}").context["shown"].level == level


def test_the_table_leads_into_an_area_and_to_a_place_keeping_the_filters(client: Client) -> None:
    need = place_need(10)

    areas = text_of(client.get("/peta/?jenis=rw&tingkat=kecamatan&hal=1"))
    places = text_of(client.get("/peta/?jenis=rw&tingkat=tempat"))

    assert '<a data-area="31.74.05" href="?jenis=rw&amp;wilayah=31.74.05">' in areas
    assert f'<a href="/sasaran/{need.target.code}/">' in places
    assert 'id="map-list" href="/sasaran/?jenis=rw"' in areas


def test_the_list_leads_to_the_map_with_its_filters(client: Client) -> None:
    place_need(10)

    assert 'href="/peta/?jenis=rw"' in text_of(client.get("/sasaran/?jenis=rw"))


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "query",
    ["fase=9", "bantuan=uang", "wilayah=32.01", "jenis=sekolah", "urut=acak", "tingkat=desa"]
    + [
        f"kotak={box}"
        for box in ("1,2,3", "a,b,c,d", "9,9,1,1", "nan,0,1,1", "0,0,inf,1", "9" * 200)
    ],
)
def test_a_filter_that_does_not_exist_is_named_and_nothing_is_shown(
    client: Client, query: str, language: str
) -> None:
    place_need(10)

    page = client.get(f"{language}/peta/?{query}")
    data = client.get(f"{language}/peta/data/kota.json?{query}")
    outlines = client.get(f"{language}/peta/batas/kota.json?{query}")

    assert (page.status_code, data.status_code, outlines.status_code) == (400, 400, 400)
    assert 'role="alert"' in text_of(page)
    assert "shown" not in page.context
    assert list(json.loads(data.content)["errors"]) == [query.split("=", maxsplit=1)[0]]


@pytest.mark.parametrize("level", ["rw", "provinsi", "KOTA", "%3Cscript%3E", "a" * 300])
def test_a_level_that_does_not_exist_is_not_found(client: Client, level: str) -> None:
    assert client.get(f"/peta/data/{level}.json").status_code == 404
    assert client.get(f"/en/peta/batas/{level}.json").status_code == 404


def test_without_any_outline_none_are_asked_for(client: Client) -> None:
    place_need(10)

    assert 'data-outlines=""' in text_of(client.get("/peta/"))


def test_outlines_of_an_area_are_sent_as_they_are_kept_with_licence_and_day_on_the_page(
    client: Client,
) -> None:
    place_need(10, village=SOUTH)
    make_region(WEST)
    source = BoundarySource.objects.create(source="Warga", licence="ODbL", as_of=date(2020, 4, 1))
    shape = '{"type":"Polygon","coordinates":[]}'
    for code, west in ((SOUTH, 106.7), (WEST, 106.5), ("31.74", 106.7)):
        box = {"west": west, "east": west + 0.1, "south": -6.3, "north": -6.2}
        Boundary.objects.create(region_id=code, source=source, geometry=shape, **box)

    def codes(query: str) -> list[str]:
        told = json.loads(client.get(f"/peta/batas/kelurahan.json{query}").content)
        assert all(one["geometry"] == json.loads(shape) for one in told["features"])
        return [one["id"] for one in told["features"]]

    assert codes("") == [WEST, SOUTH]
    assert codes("?wilayah=31.74") == [SOUTH]
    assert codes("?kotak=106.45,-6.25,106.55,-6.2") == [WEST]
    page = text_of(client.get("/en/peta/"))
    assert "Boundaries: Warga, licence ODbL, as of 1 April 2020." in page
    assert 'data-outlines="/en/peta/batas/LEVEL.json"' in page


def test_only_the_map_may_ask_the_device_where_it_is(client: Client) -> None:
    place_need(10)

    assert client.get("/peta/").headers["Permissions-Policy"] == (
        "camera=(), geolocation=(self), microphone=()"
    )
    assert "geolocation=()" in client.get("/panduan/").headers["Permissions-Policy"]


def test_the_answer_is_not_sent_again_while_nothing_has_changed(client: Client) -> None:
    need = place_need(10)
    make_points()
    tag = client.get("/peta/data/kota.json").headers["ETag"]

    assert client.get("/peta/data/kota.json", headers={"If-None-Match": tag}).status_code == 304
    make_commitment({need: 4})

    assert client.get("/peta/data/kota.json", headers={"If-None-Match": tag}).status_code == 200
    assert shown(client, "kota") == [("31.74", 6)]


def test_a_position_in_the_address_is_rounded(client: Client) -> None:
    place_need(10)

    answer = client.get("/peta/?dekat=-6.234567,106.781234&jenis=rw")

    assert answer.headers["Location"] == "/peta/?jenis=rw&dekat=-6.23%2C106.78"


def test_nobody_is_named_on_the_map(client: Client) -> None:
    need = place_need(10, at="-6.2,106.8")
    contact = make_contact(need.target)

    for address in ("/peta/?tingkat=tempat", "/peta/data/tempat.json"):
        answer = client.get(address).content.decode()
        assert contact.name not in answer
        assert contact.phone not in answer


def test_the_map_asks_the_database_as_often_for_three_places_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place_need(10, at="-6.2,106.8")
    counts = {"/peta/?tingkat=kelurahan": 15, "/peta/data/kelurahan.json": 11}
    for address, count in counts.items():
        with django_assert_num_queries(count):
            client.get(address)
    place_need(10, kind="panti", at="-6.2,106.8")
    place_need(10, village=WEST, at="-6.2,106.8")

    for address, count in counts.items():
        with django_assert_num_queries(count):
            client.get(address)
