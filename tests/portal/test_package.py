from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type
from tests.portal.giving import choose, package, text_of


def test_the_package_adds_up_each_kind_of_aid_by_itself(client: Client) -> None:
    choose(client, make_need(), 10)
    choose(client, make_need(), 30)
    choose(client, make_need(aid_type=make_aid_type("paket-lebaran")), 5)

    sums = client.get("/bantu/paket/").context["sums"]

    assert {row.aid_type.slug: row.quantity for row in sums} == {"sembako": 40, "paket-lebaran": 5}


def test_quantities_can_be_changed_and_added_up_again(client: Client) -> None:
    need = make_need(5_000)
    choose(client, need, 10)

    response = client.post(
        "/bantu/paket/", {f"jumlah-{need.pk}": "1.200", "hitung": "1"}, follow=True
    )

    assert response.context["sums"][0].quantity == 1_200
    assert package(client) == {need: "1.200"}


def test_a_line_can_be_removed(client: Client) -> None:
    kept, removed = make_need(), make_need()
    choose(client, kept, 10)
    choose(client, removed, 20)

    client.post("/bantu/paket/", {"hapus": str(removed.pk)})

    assert package(client) == {kept: "10"}


def test_going_on_leads_to_the_first_question_without_an_answer(client: Client) -> None:
    need = make_need()
    choose(client, need, 10)

    response = client.post("/bantu/paket/", {f"jumlah-{need.pk}": "12"})

    assert response.headers["Location"] == "/bantu/pemberi/"
    assert package(client) == {need: "12"}


@pytest.mark.parametrize("typed", ["-5", "banyak", "0", "1.5", "", "9" * 10_000])
def test_a_quantity_that_cannot_be_read_is_said_at_its_line_and_kept(
    client: Client, typed: str
) -> None:
    need = make_need()
    choose(client, need, 10)

    response = client.post("/bantu/paket/", {f"jumlah-{need.pk}": typed})

    assert response.status_code == 422
    assert response.context["form"][f"jumlah-{need.pk}"].value() == typed
    assert package(client) == {need: "10"}


def test_a_line_that_asks_too_much_says_what_is_open_and_offers_the_nearest(
    client: Client,
) -> None:
    need, near = full_and_near()
    choose(client, need, 100)
    make_commitment({need: 90})

    response = client.post("/en/bantu/paket/", {f"jumlah-{need.pk}": "100"})

    assert response.status_code == 409
    assert f"{need.target.name}: only 10 still open." in text_of(response)
    assert f'name="pindah" value="{need.pk}:{near.pk}"' in text_of(response)
    assert 'value="100"' in text_of(response)


def test_what_is_not_open_can_be_moved_to_another_place(client: Client) -> None:
    need, near = full_and_near()
    choose(client, need, 70)
    make_commitment({need: 90})

    client.post("/bantu/paket/", {"pindah": f"{need.pk}:{near.pk}"})

    assert package(client) == {need: "10", near: "60"}


def test_what_fits_into_neither_place_is_not_lost_and_other_places_are_offered(
    client: Client,
) -> None:
    need, near = full_and_near()
    third = make_need(40, target=make_target(lat=-6.24, lon=106.79))
    choose(client, need, 100)
    make_commitment({need: 90})

    response = client.post("/en/bantu/paket/", {"pindah": f"{need.pk}:{near.pk}"})

    assert response.status_code == 409
    assert package(client) == {need: "30", near: "70"}
    assert f'value="{need.pk}:{third.pk}"' in text_of(response)


def test_a_full_place_leaves_the_package_when_its_quantity_is_moved(client: Client) -> None:
    need, near = full_and_near()
    choose(client, need, 60)
    make_commitment({need: 100})

    client.post("/bantu/paket/", {"pindah": f"{need.pk}:{near.pk}"})

    assert package(client) == {near: "60"}


@pytest.mark.parametrize("typed", ["", "1", "1:2:3", "0:0", "x:y", "9" * 400, "99999999:1"])
def test_a_tampered_button_changes_nothing(client: Client, typed: str) -> None:
    need = make_need()
    choose(client, need, 10)

    moved = client.post("/bantu/paket/", {"pindah": typed})
    removed = client.post("/bantu/paket/", {"hapus": f"{typed}x"})

    assert (moved.status_code, removed.status_code) == (302, 302)
    assert package(client) == {need: "10"}


def test_a_quantity_is_never_moved_to_another_kind_of_aid(client: Client) -> None:
    need, other = make_need(), make_need(aid_type=make_aid_type("paket-lebaran"))
    choose(client, need, 10)

    client.post("/bantu/paket/", {"pindah": f"{need.pk}:{other.pk}"})

    assert package(client) == {need: "10"}


def test_without_a_package_the_page_leads_back_to_the_beginning(client: Client) -> None:
    asked, sent = client.get("/bantu/paket/"), client.post("/en/bantu/paket/", {"jumlah-1": "5"})

    assert asked.headers["Location"] == "/bantu/"
    assert sent.status_code == 409
    assert "Your choice is no longer kept here. Nothing was sent." in text_of(sent)


def full_and_near() -> tuple[Any, Any]:
    need = make_need(100, target=make_target(lat=-6.24, lon=106.77))
    return need, make_need(70, target=make_target(lat=-6.24, lon=106.78))
