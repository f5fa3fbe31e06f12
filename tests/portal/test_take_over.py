from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ksbb.audit.models import Entry
from ksbb.commitments.actions.cancel import cancel
from ksbb.needs.models import Need
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import make_planned
from tests.factories.needs import make_need
from tests.factories.programmes import make_programme
from tests.portal.giving import package, text_of


def leave(*needs: Need, quantity: int = 40) -> str:
    """Leave so much for each need to others; return the address of the offer."""
    commitment = make_planned(dict.fromkeys(needs, quantity))
    cancel(commitment_id=commitment.pk, reason="truk rusak", for_others=True, actor=DESK, now=NOON)
    return f"/ambil-alih/{Entry.objects.latest('pk').pk}/"


def test_the_list_says_what_waits_and_names_no_giver(client: Client) -> None:
    need = make_need(100)
    leave(need)

    page = text_of(client.get("/en/ambil-alih/"))

    assert f"{need.target.name}</a>" in page
    assert "40</strong>" in page
    assert "Kolaborator" not in page
    assert "truk rusak" not in page


def test_exactly_these_lines_come_into_the_package(client: Client) -> None:
    one, two = make_need(100), make_need(100)
    address = leave(one, two)
    assert client.get(address).status_code == 200

    answer = client.post(address)

    assert answer.headers["Location"] == "/bantu/paket/"
    assert package(client) == {one: "40", two: "40"}


def test_what_waits_in_another_programme_is_taken_over_there(client: Client) -> None:
    need = make_need(100)
    chosen = f"{leave(need)}?programme={need.phase.programme.slug}"
    make_programme("umkm", starts_on=date(2020, 5, 1))

    listed = text_of(client.get(f"/ambil-alih/?{chosen.partition('?')[2]}"))
    answer = client.post(chosen)

    assert [part in listed for part in (f'href="{chosen}"', f'action="{chosen}"')] == [True, True]
    assert answer.headers["Location"] == "/bantu/paket/"
    assert package(client) == {need: "40"}


def test_only_what_is_left_comes_into_the_package(client: Client) -> None:
    need = make_need(100)
    address = leave(need)
    make_commitment({need: 30})

    client.post(address)

    assert package(client) == {need: "10"}


def test_what_was_taken_over_meanwhile_is_said(client: Client) -> None:
    need = make_need(100)
    address = leave(need)
    make_commitment({need: 40})

    opened, sent = client.get(f"/en{address}"), client.post(f"/en{address}")

    assert (opened.status_code, sent.status_code) == (404, 409)
    assert "Nothing is left of this offer" in text_of(sent)
    assert package(client) == {}


def test_after_the_programme_nothing_waits(client: Client, settings: Settings) -> None:
    address = leave(make_need(100))
    settings.KSBB_CLOCK = "2020-06-01T12:00:00+07:00"

    assert client.get(address).status_code == 404
    assert "Nothing waits to be taken over." in text_of(client.get("/en/ambil-alih/"))


@pytest.mark.parametrize("key", ["0", "999", "9" * 30])
def test_an_offer_nobody_made_is_not_there(client: Client, key: str) -> None:
    assert client.get(f"/ambil-alih/{key}/").status_code == 404


def test_the_list_asks_as_often_for_three_offers_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    leave(make_need(100))
    with django_assert_num_queries(5):
        client.get("/ambil-alih/")
    leave(make_need(100), make_need(100))
    leave(make_need(100))

    with django_assert_num_queries(5):
        client.get("/ambil-alih/")
