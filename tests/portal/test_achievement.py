from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ksbb.shared.clock import WIB
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase
from tests.portal.giving import text_of

BEFORE = datetime(2020, 4, 30, 9, tzinfo=WIB)


def table(client: Client, query: str = "") -> list[tuple[str, int, int]]:
    rows = client.get(f"/capaian/{query}").context["table"].rows
    return [(row.code, row.sums.quantity, row.sums.committed) for row in rows]


def test_the_table_goes_down_from_the_cities_to_the_places(client: Client) -> None:
    need = make_need(100)
    make_need(50, target=make_target(village="31.73.01.1001"))
    make_commitment({need: 30})

    assert table(client) == [("31.73", 50, 0), ("31.74", 100, 30)]
    assert table(client, "?wilayah=31.74") == [("31.74.05", 100, 30)]
    assert table(client, "?wilayah=31.74.05") == [("31.74.05.1002", 100, 30)]
    assert table(client, "?wilayah=31.74.05.1002") == [(need.target.code, 100, 30)]


def test_the_areas_that_miss_most_stand_first_and_the_rest_on_further_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbb.portal.views.achievement.PER_PAGE", 2)
    for kota, quantity in (("31.71", 20), ("31.73", 40), ("31.74", 30)):
        make_need(quantity, target=make_target(village=f"{kota}.01.1001"))

    first, second = client.get("/en/capaian/"), client.get("/en/capaian/?hal=2")

    assert shown(first) == [("31.73", 40), ("31.74", 30)]
    assert shown(second) == [("31.71", 20)]
    assert "Total of all pages" in text_of(first)
    assert first.context["table"].total.quantity == second.context["table"].total.quantity == 90
    assert 'href="?hal=2"' in text_of(first)
    assert "Page 2 of 2" in text_of(second)


def test_on_another_page_of_the_table_all_else_leads_to_a_first_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbb.portal.views.achievement.PER_PAGE", 1)
    make_need(10, target=make_target(village="31.73.01.1001"))
    make_need(20)

    page = text_of(client.get("/capaian/?hal=2"))

    # The same page in the other language.
    assert re.findall(r'href="([^"]*hal=2[^"]*)"', page) == ["/en/capaian/?hal=2"]
    assert 'href="?wilayah=31.73"' in page


def shown(response: Any) -> list[tuple[str, int]]:
    return [(row.code, row.sums.open) for row in response.context["page"]]


def test_the_past_can_be_asked_for(client: Client) -> None:
    need = make_need(100)
    make_commitment({need: 30}, now=BEFORE)
    make_commitment({need: 20})

    assert table(client, "?per=2020-04-29") == [("31.74", 100, 0)]
    assert table(client, "?per=2020-04-30") == [("31.74", 100, 30)]
    assert table(client, "?per=2020-05-01") == [("31.74", 100, 50)]


def test_each_page_says_as_of_when_and_in_which_unit(client: Client) -> None:
    make_need()

    page = text_of(client.get("/en/capaian/?per=2020-04-30T09:00"))

    assert "As of 30 April 2020 at 09:00 WIB" in page
    assert "packages (one per family per week)" in page


def test_the_phases_say_how_many_rw_are_fulfilled_of_those_aided(client: Client) -> None:
    full, part = make_need(40), make_need(90)
    make_commitment({full: 40, part: 10})

    page = text_of(client.get("/en/capaian/"))

    assert "<strong>1</strong> RW fulfilled of 2 RW aided" in page


def test_where_only_institutions_are_asked_for_no_phase_speaks_of_rw(client: Client) -> None:
    make_commitment({make_need(30, target=make_target("panti")): 10})

    assert "RW fulfilled of" in text_of(client.get("/en/capaian/"))
    assert "RW fulfilled of" not in text_of(client.get("/en/capaian/?jenis=panti"))


@pytest.mark.parametrize(
    "query",
    [
        "?per=besok",
        "?per=2020-05-02",
        "?per=0000-00-00",
        "?per=" + "9" * 10_000,
        "?fase=7",
        "?wilayah=32",
        "?wilayah=31.74.05.1002.001",
        "?wilayah=%3Cscript%3E",
        "?bantuan=uang",
        "?jenis=sekolah",
        "?banding=besok",
        "?banding=2020-05-02",
    ],
)
def test_a_question_without_an_answer_is_said_clearly(client: Client, query: str) -> None:
    make_need()

    response = client.get(f"/capaian/{query}")

    assert response.status_code == 400
    assert 'class="errorlist"' in text_of(response)
    assert "table" not in response.context


def test_the_table_asks_the_database_as_often_for_three_places_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_need()
    with django_assert_num_queries(24):
        client.get("/capaian/")
    make_need()
    make_need(target=make_target(village="31.73.01.1001"))

    with django_assert_num_queries(24):
        client.get("/capaian/")


def test_the_table_can_be_narrowed_to_a_kind_of_place(client: Client) -> None:
    make_need(100)
    home = make_need(30, target=make_target("panti"))

    assert table(client, "?jenis=panti") == [("31.74", 30, 0)]
    assert table(client, "?jenis=panti&wilayah=31.74.05.1002") == [(home.target.code, 30, 0)]


def test_a_kelurahan_names_its_places_over_all_phases_too(client: Client) -> None:
    need = make_need(100)
    make_need(20, target=need.target, phase=make_phase(3))

    assert table(client, "?wilayah=31.74.05.1002&fase=semua") == [(need.target.code, 120, 0)]


def test_every_kind_of_place_and_of_aid_has_its_row(client: Client) -> None:
    make_commitment({make_need(100): 30})
    make_need(7, target=make_target("panti"))
    make_need(9, aid_type=make_aid_type("paket-lebaran"))

    seen = client.get("/capaian/").context

    kinds = [(row.code, row.sums.quantity, row.sums.committed) for row in seen["kinds"].rows]
    aid_types = [(row.code, row.sums.quantity) for row in seen["aid_types"]]
    assert sorted(kinds) == [("panti", 7, 0), ("rw", 100, 30)]
    assert aid_types == [("paket-lebaran", 9), ("sembako", 107)]


def test_each_day_has_a_row_beside_the_picture(client: Client) -> None:
    need = make_need(100)
    make_commitment({need: 30}, now=BEFORE)
    make_commitment({need: 20})

    response = client.get("/capaian/")

    points = response.context["points"]
    assert [(one.day.day, one.committed) for one in points[-3:]] == [(29, 0), (30, 30), (1, 50)]
    assert text_of(response).count("<polyline") == 4


def test_two_days_stand_side_by_side_with_the_rows_between(client: Client) -> None:
    need = make_need(100)
    make_commitment({need: 30}, now=BEFORE)
    make_commitment({need: 20})

    seen = client.get("/capaian/?banding=2020-04-30").context["comparison"]

    assert [(one.measure, one.earlier, one.later, one.difference) for one in seen.total] == [
        ("NEED", 100, 100, 0),
        ("COMMITTED", 30, 50, 20),
        ("DELIVERED", 0, 0, 0),
        ("RECEIVED", 0, 0, 0),
        ("OPEN", 70, 50, -20),
    ]
    assert [row.code for row in seen.areas] == ["31.74"]
    assert [row.delta for row in seen.rows] == [20]


def test_two_days_read_the_same_whichever_is_named_first(client: Client) -> None:
    make_commitment({make_need(100): 30}, now=BEFORE)

    one = text_of(client.get("/en/capaian/?per=2020-04-29&banding=2020-04-30"))
    other = text_of(client.get("/en/capaian/?per=2020-04-30&banding=2020-04-29"))

    assert "29 April 2020 at 23:59 WIB beside 30 April 2020 at 23:59 WIB." in one
    assert "29 April 2020 at 23:59 WIB beside 30 April 2020 at 23:59 WIB." in other


def test_two_days_without_a_difference_say_so(client: Client) -> None:
    make_need()

    assert "Nothing changed between the two." in text_of(
        client.get("/en/capaian/?banding=2020-04-30")
    )


def test_a_programme_without_needs_has_an_empty_table(client: Client) -> None:
    make_aid_type()
    make_phase()

    response = client.get("/en/capaian/")

    assert response.status_code == 200
    assert response.context["table"].rows == ()


def test_a_programme_without_kinds_of_aid_asks_for_one(client: Client) -> None:
    assert client.get("/capaian/").status_code == 400


def test_the_release_says_the_same_in_words_in_both_languages(client: Client) -> None:
    make_commitment({make_need(5_000): 1_200})

    indonesian = text_of(client.get("/capaian/siaran/"))
    english = text_of(client.get("/en/capaian/siaran/"))

    assert "SIARAN PERS" in indonesian
    assert "1.200 sembako" in indonesian
    assert "1,200 sembako" in english


def test_the_release_can_be_asked_for_as_of_a_past_moment(client: Client) -> None:
    need = make_need(5_000)
    make_commitment({need: 1_200}, now=BEFORE)
    make_commitment({need: 300})

    page = text_of(client.get("/en/capaian/siaran/?per=2020-04-30"))

    assert "As of 30 April 2020 at 23:59 WIB" in page
    assert "1,200 sembako" in page


@pytest.mark.parametrize("moment", ["besok", "2020-05-02", "9" * 10_000, "<script>"])
def test_a_release_of_a_moment_that_cannot_be_is_refused(client: Client, moment: str) -> None:
    response = client.get("/capaian/siaran/", {"per": moment})

    assert response.status_code == 400
    assert 'class="errorlist"' in text_of(response)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", '<input type="date" name="per" maxlength="40" max="2020-05-01"'),
        ("?per=2020-04-30", '<input type="date" name="per" value="2020-04-30"'),
        ("?per=2020-04-30T09:00", '<input type="text" name="per" value="2020-04-30T09:00"'),
        ("?per=besok", '<input type="text" name="per" value="besok"'),
        ("?banding=2020-04-30", '<input type="date" name="banding" value="2020-04-30"'),
    ],
)
def test_a_day_is_picked_from_a_calendar_and_a_moment_of_the_address_stays(
    query: str, field: str, client: Client
) -> None:
    assert field in client.get(f"/en/capaian/{query}").content.decode()
