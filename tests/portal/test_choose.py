from __future__ import annotations

import re

import pytest
from django.test import Client

from ksbb.portal.giving import spread
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_phase
from tests.portal.giving import choose, package, place_url, text_of

UNREADABLE = ["-5", "banyak", "0", "1.5", "", "1" * 10_000, "<script>alert(1)</script>"]
AREA = {"bantuan": "sembako", "fase": "2", "wilayah": "31.74.05"}


def test_the_pages_of_choosing_say_how_many_places_are_in_the_package(client: Client) -> None:
    first, second = make_need(), make_need()
    choose(client, first, 10)
    choose(client, second, 10)

    pages = [client.get("/en/bantu/"), client.get(f"/en{place_url(first)}")]

    assert ["Your giving list: 2 places" in text_of(page) for page in pages] == [True, True]
    assert "Your giving list" not in text_of(Client().get("/en/bantu/"))


def test_price_and_contents_of_a_package_are_told_where_it_is_chosen(client: Client) -> None:
    kind = make_need().aid_type
    kind.contents_en, kind.reference_price = "5 kg of rice", 200_000
    kind.save()

    page = text_of(client.get("/en/bantu/"))

    assert "About IDR 200,000 each." in page
    assert "5 kg of rice" in page
    assert "or something equivalent" in page


def test_what_the_nearest_cannot_take_either_is_said(client: Client) -> None:
    need = make_need(100)

    response = client.post(f"/en{place_url(need)}", {"jumlah": "600", "sebar": "1"}, follow=True)

    assert package(client) == {need: "100"}
    assert "500 found no place: nothing more of this is missing there." in text_of(response)


def test_a_quantity_for_more_places_than_are_filled_at_once_is_told_to_come_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "MOST_PLACES", 2)
    need, _second, _third = make_need(100), make_need(100), make_need(100)

    response = client.post(f"/en{place_url(need)}", {"jumlah": "600", "sebar": "1"}, follow=True)

    assert "400 have no place yet: no more than 2 places are proposed at once." in text_of(response)


@pytest.mark.parametrize("typed", UNREADABLE)
def test_a_quantity_that_cannot_be_read_is_refused_and_nothing_is_chosen(
    client: Client, typed: str
) -> None:
    make_need()

    response = client.post("/en/bantu/", AREA | {"jumlah": typed})

    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert "<script>alert" not in text_of(response)
    assert package(client) == {}


@pytest.mark.parametrize(
    "wrong",
    [{"bantuan": "uang"}, {"fase": "1"}, {"fase": "99"}, {"wilayah": "32"}, {"bantuan": ""}],
)
def test_a_choice_that_is_not_offered_is_refused(client: Client, wrong: dict[str, str]) -> None:
    make_need()
    make_phase(1)

    response = client.post("/bantu/", AREA | {"jumlah": "10"} | wrong)

    assert response.status_code == 422
    assert package(client) == {}


def test_no_two_parts_of_the_form_have_one_name(client: Client) -> None:
    make_need()

    ids = re.findall(r' id="([^"]+)"', text_of(client.get("/bantu/")))

    assert sorted(ids) == sorted(set(ids))


def test_a_place_takes_what_is_open_there(client: Client) -> None:
    need = make_need(100)

    response = choose(client, need, 100)

    assert response.headers["Location"] == "/bantu/paket/"
    assert package(client) == {need: "100"}


def test_places_are_gathered_into_one_package(client: Client) -> None:
    first, second = make_need(), make_need()

    choose(client, first, 10)
    choose(client, second, 20)

    assert package(client) == {first: "10", second: "20"}


def test_too_much_for_a_place_says_what_is_open_and_where_else_it_is_missing(
    client: Client,
) -> None:
    need = make_need(100, target=make_target(lat=-6.24, lon=106.77))
    make_need(70, target=make_target(name="Dekat", lat=-6.24, lon=106.78))

    response = client.post(f"/en{place_url(need)}", {"jumlah": "150"})

    assert response.status_code == 422
    assert "Only 100 are still open here." in text_of(response)
    assert "Dekat</a>, 1.1 km: 70 sembako (English) still missing" in text_of(response)
    assert 'value="150"' in text_of(response)


def test_what_is_too_much_for_a_place_can_be_spread_over_the_nearest(client: Client) -> None:
    need = make_need(100, target=make_target(lat=-6.24, lon=106.77))
    near = make_need(70, target=make_target(lat=-6.24, lon=106.78))

    client.post(place_url(need), {"jumlah": "150", "sebar": "1"})

    assert package(client) == {need: "100", near: "50"}


def test_a_full_place_offers_the_nearest_at_once(client: Client) -> None:
    full = make_need(40, target=make_target(lat=-6.24, lon=106.77))
    make_commitment({full: 40})
    make_need(70, target=make_target(name="Dekat", lat=-6.24, lon=106.78))

    response = client.get(f"/en{place_url(full)}")

    assert "Spread over the nearest places" in text_of(response)
    assert "Dekat" in text_of(response)


@pytest.mark.parametrize("typed", UNREADABLE)
def test_a_quantity_for_a_place_that_cannot_be_read_is_refused(client: Client, typed: str) -> None:
    response = choose(client, make_need(), typed)

    assert response.status_code == 422
    assert package(client) == {}


@pytest.mark.parametrize(
    "address",
    [
        "/en/bantu/?sasaran=99&bantuan=sembako&fase=2",
        "/en/bantu/?sasaran=31.74.05.1002.001&bantuan=uang&fase=2",
        "/en/bantu/?sasaran=31.74.05.1002.001&bantuan=sembako&fase=-1",
        "/en/bantu/?sasaran=31.74.05.1002.001&bantuan=sembako&fase=²",
        "/en/bantu/?sasaran=31.74.05.1002.001",
    ],
)
def test_a_need_that_does_not_exist_is_a_clear_page(client: Client, address: str) -> None:
    make_need()

    response = client.get(address)

    assert response.status_code == 404
    assert "This place takes no such aid in that phase." in text_of(response)


def test_a_phase_that_is_over_takes_nothing(client: Client) -> None:
    need = make_need(phase=make_phase(1))

    assert choose(client, need, 10).status_code == 404


def test_a_closed_programme_says_so_and_takes_nothing(client: Client, programme: Programme) -> None:
    need = make_need()
    programme.state = ProgrammeState.CLOSED
    programme.save()

    asked, sent = client.get("/en/bantu/"), choose(client, need, 10)

    assert (asked.status_code, sent.status_code) == (200, 409)
    assert "takes no commitments now: Closed." in text_of(asked)
    assert package(client) == {}
