from __future__ import annotations

import pytest
from django.test import Client

from ksbb.needs.models import Need
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.portal.giving import place_url, text_of


def around(need: Need) -> str:
    return f"/en/sasaran/{need.target.code}/terdekat/?bantuan=sembako&fase=2"


@pytest.fixture
def full() -> Need:
    need = make_need(40, target=make_target(lat=-6.2, lon=106.8))
    make_commitment({need: 40})
    return need


@pytest.fixture
def near() -> Need:
    return make_need(30, target=make_target(lat=-6.21, lon=106.8))


def test_what_is_full_leads_to_the_nearest_with_its_distance(
    full: Need, near: Need, client: Client
) -> None:
    page = text_of(client.get(around(full)))

    assert "1.1 km away" in page
    assert "30 still missing" in page
    assert place_url(near).replace("&", "&amp;") in page


def test_every_page_with_a_full_place_leads_there(full: Need, near: Need, client: Client) -> None:
    code = full.lines.get().commitment.code
    link = around(full).replace("&", "&amp;")

    pages = [
        f"/en/sasaran/{full.target.code}/",
        "/en/sasaran/?bantuan=sembako&fase=2",
        f"/en/komitmen/{code}/",
    ]

    assert [page for page in pages if link not in text_of(client.get(page))] == []
    assert f"{near.target.name}</a>, 1.1 km" in text_of(client.get(f"/en{place_url(full)}"))


def test_where_nothing_is_missing_any_more_it_is_said(full: Need, client: Client) -> None:
    assert "No other place misses this any more." in text_of(client.get(around(full)))


@pytest.mark.parametrize("query", ["", "?bantuan=sembako", "?bantuan=x&fase=2", "?fase=zwei"])
def test_what_a_place_does_not_need_is_not_there(query: str, full: Need, client: Client) -> None:
    assert client.get(f"/sasaran/{full.target.code}/terdekat/{query}").status_code == 404
