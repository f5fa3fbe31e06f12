from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ksbb.needs.enums import Verification
from ksbb.regions.models import Region
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase
from tests.factories.regions import make_region
from tests.portal.giving import text_of

SOUTH, WEST = "31.74.05.1002", "31.73.01.1001"
HERE: dict[str, Any] = {"lat": -6.24, "lon": 106.78}


def names(client: Client, query: str = "") -> list[str]:
    return [row.need.target.name for row in client.get(f"/sasaran/{query}").context["rows"]]


def test_the_list_shows_one_kind_of_aid_in_the_phase_of_today_most_missing_first(
    client: Client,
) -> None:
    make_need(50, target=make_target(name="Sedikit"))
    make_need(90, target=make_target(name="Banyak"))
    make_need(99, target=make_target(name="Lebaran"), aid_type=make_aid_type("paket-lebaran"))
    make_need(99, target=make_target(name="Minggu depan"), phase=make_phase(3))

    assert names(client) == ["Banyak", "Sedikit"]


def test_the_list_can_be_narrowed_by_area_kind_and_what_is_open(client: Client) -> None:
    make_need(target=make_target(name="RW Barat", village=WEST))
    make_need(target=make_target("panti", name="Panti Selatan"))
    full = make_need(40, target=make_target(name="RW Penuh"))
    make_commitment({full: 40})

    assert names(client, "?wilayah=31.73") == ["RW Barat"]
    assert names(client, "?jenis=panti") == ["Panti Selatan"]
    assert names(client, "?wilayah=31.74.05&terbuka=1") == ["Panti Selatan"]


def test_the_list_can_be_ordered_by_coverage_and_by_name(client: Client) -> None:
    covered = make_need(1_000, target=make_target(name="A"))
    make_need(10, target=make_target(name="B"))
    make_commitment({covered: 900})

    assert names(client, "?urut=tercakup") == ["B", "A"]
    assert names(client, "?urut=nama") == ["A", "B"]


def test_a_name_is_found_in_spite_of_typing_errors(client: Client) -> None:
    make_region("31.74.05", "Kebayoran Lama")
    make_need(target=make_target(name="RW Selatan"))
    make_need(target=make_target(name="RW Barat", village=WEST))

    response = client.get("/en/sasaran/?q=kebayorn%20lma")

    assert [row.need.target.name for row in response.context["rows"]] == ["RW Selatan"]
    assert 'href="/en/sasaran/?wilayah=31.74.05">Kec. Kebayoran Lama, ' in text_of(response)


@pytest.mark.parametrize(
    ("query", "area"),
    [("", "31.74.05"), ("?q=selatan", "31.74.05"), ("?jenis=panti", "31.74.05.1002")],
)
def test_the_list_leads_to_giving_in_the_smallest_area_that_holds_all_of_it(
    client: Client, query: str, area: str
) -> None:
    make_region("31.74.05", "Selatan")
    make_need(target=make_target("panti", village=SOUTH))
    make_need(target=make_target("panti", village=SOUTH))
    make_need(target=make_target(village="31.74.05.1003"))

    page = text_of(client.get(f"/sasaran/{query}"))

    assert f'href="/bantu/?wilayah={area}&amp;bantuan=sembako&amp;fase=2"' in page


def test_a_list_longer_than_is_counted_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbb.web.listing.MOST", 2)
    make_need()
    make_need()
    two = text_of(client.get("/en/sasaran/"))
    make_need()

    three = text_of(client.get("/en/sasaran/"))

    assert "More than 2 places" not in two
    assert "More than 2 places" in three


def test_a_phase_that_is_over_is_not_offered_for_giving(client: Client) -> None:
    make_need(phase=make_phase(1))

    assert 'href="/bantu/?wilayah=' not in text_of(client.get("/sasaran/?fase=1"))


def test_the_title_says_what_the_list_was_narrowed_to(client: Client) -> None:
    make_region("31.74.05", "Kebayoran Lama")
    make_need()

    assert "<title>Places that need help: Kebayoran Lama – KSBB</title>" in text_of(
        client.get("/en/sasaran/?wilayah=31.74.05")
    )


def test_a_place_that_is_not_verified_is_not_listed(client: Client) -> None:
    make_need(target=make_target(verification=Verification.PENDING))

    assert names(client) == []


def test_area_offers_the_way_up_and_what_lies_right_below(client: Client) -> None:
    make_region("31.74.05.1002")
    make_region("31.74.06")

    field = client.get("/sasaran/?wilayah=31.74.05").context["form"].fields["wilayah"]

    assert [code for code, _ in field.choices] == ["", "31.74", "31.74.05", "31.74.05.1002"]


@pytest.mark.parametrize(
    "query",
    [
        "?fase=9",
        "?fase=abc",
        "?bantuan=uang",
        "?wilayah=32.01",
        "?wilayah=31.74%27--",
        "?jenis=sekolah",
        "?urut=acak",
        "?urut=dekat",
        "?dekat=entah",
        "?dekat=91,0",
        "?dekat=" + "9" * 10_000,
        "?q=" + "a" * 10_000,
    ],
)
def test_a_filter_that_does_not_exist_is_named_and_nothing_is_listed(
    client: Client, query: str
) -> None:
    make_need()

    response = client.get(f"/sasaran/{query}")

    assert response.status_code == 400
    assert 'class="errorlist"' in text_of(response)
    assert "rows" not in response.context


def test_what_was_typed_stays_and_a_script_in_it_does_not_run(client: Client) -> None:
    page = text_of(client.get("/sasaran/?q=%3Cscript%3Ealert(1)%3C/script%3E"))

    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("page", ["0", "-1", "abc", "999"])
def test_a_page_that_does_not_exist_shows_the_nearest_one(client: Client, page: str) -> None:
    make_need()

    assert len(names(client, f"?hal={page}")) == 1


def test_the_next_page_keeps_the_filters(client: Client) -> None:
    village = make_region(SOUTH)
    for number in range(21):
        make_need(target=make_target(name=f"RW {number}", region=village))

    page = text_of(client.get("/sasaran/?terbuka=1"))

    assert '<a rel="next" href="?terbuka=1&amp;hal=2">' in page


def test_the_list_asks_the_database_as_often_for_three_places_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_need(target=make_target(**HERE))
    client.get("/sasaran/?q=wilayah")  # What every process reads once.
    with django_assert_num_queries(13):
        client.get("/sasaran/?q=wilayah")
    with django_assert_num_queries(17):
        client.get("/sasaran/?dekat=-6.24,106.78")
    make_need(target=make_target("panti", **HERE))
    make_need(target=make_target(village=WEST, **HERE))

    with django_assert_num_queries(13):
        client.get("/sasaran/?q=wilayah")
    with django_assert_num_queries(17):
        client.get("/sasaran/?dekat=-6.24,106.78")


def test_the_nearest_places_come_first_with_how_far_they_are(client: Client) -> None:
    make_need(target=make_target(name="Tanpa titik"))
    make_need(target=make_target(name="Jauh", lat=-6.30, lon=106.78))
    make_need(target=make_target(name="Dekat", **HERE))

    response = client.get("/en/sasaran/?dekat=-6.24,106.78")

    assert [row.need.target.name for row in response.context["rows"]] == [
        "Dekat",
        "Jauh",
        "Tanpa titik",
    ]
    assert "rw (English) · 0 m away" in text_of(response)
    assert "rw (English) · 6.7 km away" in text_of(response)
    assert response.context["form"]["urut"].value() == "dekat"


def test_a_position_does_not_stay_in_the_address_more_exactly_than_to_a_kilometre(
    client: Client,
) -> None:
    make_need()

    response = client.get("/en/sasaran/?dekat=-6.24123,106.78321&terbuka=1")

    assert response.status_code == 302
    assert response.headers["Location"] == "/en/sasaran/?dekat=-6.24%2C106.78&terbuka=1"


def test_nearest_is_near_to_the_chosen_area_where_nothing_else_is_said(client: Client) -> None:
    region = make_region("31.74.05", "Selatan")
    Region.objects.filter(pk=region.pk).update(lat=-6.24, lon=106.78)
    make_need(target=make_target(name="Jauh", lat=-6.30, lon=106.78))
    make_need(target=make_target(name="Dekat", **HERE))

    assert names(client, "?wilayah=31.74.05&urut=dekat") == ["Dekat", "Jauh"]
    assert names(client, "?urut=dekat&dekat=selatan") == ["Dekat", "Jauh"]


def test_each_filter_in_use_can_be_taken_away_alone(client: Client) -> None:
    make_aid_type()
    make_aid_type("paket-lebaran")
    make_phase(3)
    make_need()
    query = "q=rw&wilayah=31.74&jenis=rw&terbuka=1&dekat=-6.24,106.78&bantuan=paket-lebaran&fase=3"

    chips = client.get(f"/en/sasaran/?{query}").context["chips"]

    assert {chip.name: chip.words for chip in chips} == {
        "q": "“rw”",
        "wilayah": "Wilayah 31.74",
        "jenis": "rw (English)",
        "terbuka": "Only places still missing something",
        "dekat": "Near -6.24, 106.78",
        "bantuan": "paket-lebaran (English)",
        "fase": "Phase 3 (8–14 May 2020)",
    }
    whole = {"q", "wilayah", "jenis", "terbuka", "dekat", "bantuan", "fase"}
    for chip in chips:
        assert set(QueryDict(chip.without)) == whole - {chip.name}


def test_what_is_usual_does_not_stand_in_a_link(client: Client) -> None:
    make_need()
    page = client.get("/sasaran/?q=&wilayah=31.74&bantuan=sembako&fase=2&urut=kurang&hal=3&x=1")

    assert page.context["address"] == "wilayah=31.74"


def test_a_text_with_two_meanings_offers_both(client: Client) -> None:
    make_region("31.74.05", "Gambir")
    make_region(SOUTH, "Gambir")
    make_need(target=make_target(village=SOUTH))

    meanings = client.get("/en/sasaran/?q=gambir&terbuka=1").context["meanings"]

    assert [address for _, address in meanings] == [
        "/en/sasaran/?wilayah=31.74.05&terbuka=1",
        "/en/sasaran/?wilayah=31.74.05.1002&terbuka=1",
    ]


def test_an_institution_that_was_understood_leads_to_its_page(client: Client) -> None:
    home = make_need(target=make_target("panti", name="Panti Melati")).target

    page = text_of(client.get("/en/sasaran/?q=melati"))

    assert f'Understood as: <a href="/en/sasaran/{home.code}/">Panti Melati, Kel. ' in page


def test_where_nothing_fits_wider_lists_are_offered_with_what_they_hold(client: Client) -> None:
    make_region("31.74.05", "Selatan")
    full = make_need(40, target=make_target())
    make_commitment({full: 40})
    make_need(target=make_target("panti", village="31.74.06.1001"))

    ways = client.get("/en/sasaran/?q=panti+selatan&terbuka=1").context["ways"]

    assert [(way.words, way.address, way.places) for way in ways] == [
        ("“panti” everywhere", "q=panti&terbuka=1", 1),
        ("Without the filter “panti selatan”", "terbuka=1", 1),
    ]


def test_where_an_area_is_empty_the_one_around_it_is_offered(client: Client) -> None:
    make_region("31.74.05")
    make_need(target=make_target(village="31.74.06.1001"))

    ways = client.get("/en/sasaran/?wilayah=31.74.05").context["ways"]

    assert ("The area around it", "wilayah=31.74", 1, False) in ways
