from __future__ import annotations

import pytest
from django.test import Client

from ksbb.portal.guide_pages import PAGES
from ksbb.programmes.enums import ProgrammeState, Unit
from ksbb.programmes.models import Programme
from tests.factories.programmes import make_aid_type
from tests.portal.giving import text_of

EVERY = pytest.mark.parametrize("slug", [page.slug for page in PAGES])


def test_the_guide_explains_with_the_programme_s_own_numbers(client: Client) -> None:
    make_aid_type(contents_en="Rice 5 kg, oil 2 l")

    page = text_of(client.get("/en/panduan/donatur/"))

    assert "Rice 5 kg, oil 2 l" in page
    assert "About IDR 200,000 each." in page
    assert "Call within 48 hours" in page


def test_the_guide_speaks_of_packages_only_where_something_is_given_in_them(client: Client) -> None:
    kind = make_aid_type("lokbin", unit=Unit.STALL)
    of_stalls = text_of(client.get("/en/panduan/donatur/"))
    make_aid_type(programme=kind.programme)
    of_both = text_of(client.get("/en/panduan/donatur/"))

    assert ["packages are carried" in page for page in (of_stalls, of_both)] == [False, True]
    assert ["Agree with the place" in page for page in (of_stalls, of_both)] == [True, False]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_guide_leads_to_each_of_its_pages(client: Client, prefix: str) -> None:
    index = text_of(client.get(f"{prefix}/panduan/"))

    for page in PAGES:
        address = f"{prefix}/panduan/{page.slug}/"
        assert f'href="{address}"' in index
        assert client.get(address).status_code == 200


@EVERY
def test_a_page_of_the_guide_leads_to_all_others(client: Client, slug: str) -> None:
    page = text_of(client.get(f"/panduan/{slug}/"))

    others = [other.slug for other in PAGES if other.slug != slug]
    assert [other for other in others if f'href="/panduan/{other}/"' not in page] == []


def test_nobody_may_ask_receivers_for_money(client: Client) -> None:
    page = text_of(client.get("/panduan/tanpa-pungutan/"))

    assert "Penerima tidak membayar apa pun." in page
    assert "Jangan membayar" in page


def test_the_rules_on_goods_name_what_they_must(client: Client) -> None:
    page = text_of(client.get("/en/panduan/barang/"))

    for rule in ("hygienically", "halal", "good condition", "political", "keep long enough"):
        assert rule in page


def test_a_page_the_guide_does_not_have_is_said(client: Client) -> None:
    response = client.get("/en/panduan/sihir/")

    assert response.status_code == 404
    assert "The guide has no such page." in text_of(response)


@EVERY
def test_without_a_published_programme_the_guide_says_so(
    client: Client, programme: Programme, slug: str
) -> None:
    programme.state = ProgrammeState.DRAFT
    programme.save()

    assert client.get(f"/panduan/{slug}/").status_code == 404
