"""What search engines are told, and what they are kept from."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ksbb.collaborators.enums import Kind
from ksbb.portal.finding import sitemap
from tests.factories.collaborators import make_collaborator
from tests.factories.needs import make_need, make_target

ROOT = "http://testserver"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LINK = "{http://www.w3.org/1999/xhtml}link"
DESCRIPTION = re.compile('<meta name="description" content="([^"]+)">')
FACTS = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def addresses(client: Client, file: str) -> list[str]:
    tree = ET.fromstring(client.get(file).content)  # noqa: S314 - our own
    return [str(one.text).removeprefix(ROOT) for one in tree.iter(LOC)]


def test_every_place_is_listed_in_both_languages_over_several_files(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PER_FILE", 2)
    codes = [make_target().code for _ in range(3)]

    files = addresses(client, "/sitemap.xml")
    places = [one for file in files[2:] for one in addresses(client, file)]

    assert files == [
        "/sitemap-halaman.xml",
        "/sitemap-kolaborator.xml",
        "/sitemap-sasaran-1.xml",
        "/sitemap-sasaran-2.xml",
    ]
    assert sorted(places) == sorted(
        f"{language}/sasaran/{code}/" for code in codes for language in ("", "/en")
    )
    assert [client.get(one).status_code for one in places] == [200] * 6


def test_the_fixed_pages_are_listed_and_each_opens(client: Client) -> None:
    make_need(10)
    found = addresses(client, "/sitemap-halaman.xml")

    assert found[:4] == ["/", "/en/", "/sasaran/", "/en/sasaran/"]
    assert {"/en/panduan/donatur/", "/dana/", "/rencana/", "/lapor/"} <= set(found)
    assert [client.get(one).status_code for one in found] == [200] * len(found)


@pytest.mark.parametrize("number", [0, 2, 10**9, 10**30])
def test_a_file_that_is_not_listed_is_not_there(number: int, client: Client) -> None:
    make_target()

    assert client.get(f"/sitemap-sasaran-{number}.xml").status_code == 404


def test_a_file_of_places_costs_the_same_however_many_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make_target()

    with django_assert_num_queries(2):
        client.get("/sitemap-sasaran-1.xml")


def test_robots_stay_out_of_what_belongs_to_somebody(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    for part in ("pokja", "saya", "terima", "akun", "komitmen", "bantu"):
        assert f"Disallow: /{part}/" in lines
        assert f"Disallow: /en/{part}/" in lines
    assert "Disallow: /sasaran/" not in lines
    assert lines[-1] == f"Sitemap: {ROOT}/sitemap.xml"


def test_a_page_names_itself_and_its_other_language(client: Client) -> None:
    text = client.get("/en/sasaran/?q=x&hal=2").content.decode()

    assert f'<link rel="canonical" href="{ROOT}/en/sasaran/">' in text
    assert f'<link rel="alternate" hreflang="id" href="{ROOT}/sasaran/">' in text
    assert f'<link rel="alternate" hreflang="x-default" href="{ROOT}/sasaran/">' in text


@pytest.mark.parametrize("address", ["/bantu/", "/masuk/", "/komitmen/", "/sasaran/31.99/"])
def test_what_is_nobody_elses_business_is_not_to_be_listed(address: str, client: Client) -> None:
    text = client.get(address).content.decode()

    assert '<meta name="robots" content="noindex">' in text
    assert "og:url" not in text


def test_facts_are_readable_and_a_name_cannot_end_their_element(client: Client) -> None:
    target = make_target(name="Panti </script><script>alert(1)</script> & Co")
    make_need(10, target=target)

    text = client.get(f"/sasaran/{target.code}/").content.decode()
    way, place = json.loads(FACTS.findall(text)[0])["@graph"]

    assert "<script>alert" not in text
    assert way["itemListElement"][1]["name"] == target.name
    assert (place["@type"], place["name"]) == ("Place", target.name)


def test_a_place_is_told_with_its_point_and_a_company_as_what_it_is(client: Client) -> None:
    target = make_need(10, target=make_target(lat=-6.24, lon=106.77)).target
    giver = make_collaborator("PT Contoh", slug="pt-contoh", kind=Kind.COMPANY)
    pages = [f"/sasaran/{target.code}/", f"/en/kolaborator/{giver.slug}/"]

    place, company = (
        json.loads(FACTS.findall(client.get(page).content.decode())[0])["@graph"][1]
        for page in pages
    )

    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": -6.24, "longitude": 106.77}
    assert place["url"] == f"{ROOT}{pages[0]}"
    assert company == {"@type": "Organization", "name": "PT Contoh", "url": f"{ROOT}{pages[1]}"}


@pytest.mark.parametrize(
    ("address", "kind"), [("/", "WebSite"), ("/capaian/", "Dataset"), ("/en/capaian/", "Dataset")]
)
def test_facts_say_what_a_page_is(address: str, kind: str, client: Client) -> None:
    facts = json.loads(FACTS.findall(client.get(address).content.decode())[0])

    assert (facts["@context"], facts["@type"]) == ("https://schema.org", kind)


def test_companies_and_groups_are_listed_and_no_single_person(client: Client) -> None:
    make_collaborator("PT Contoh", slug="pt-contoh", kind=Kind.COMPANY)
    make_collaborator("Warga", slug="warga", kind=Kind.INDIVIDUAL)
    make_collaborator("Rahasia", slug="rahasia", is_anonymous=True)

    found = addresses(client, "/sitemap-kolaborator.xml")

    assert found == ["/kolaborator/pt-contoh/", "/en/kolaborator/pt-contoh/"]
    assert client.get(found[0]).status_code == 200


def test_pages_that_are_passed_on_each_say_what_they_are_about(client: Client) -> None:
    make_need(10)
    pages = ("/", "/sasaran/", "/peta/", "/capaian/", "/kolaborator/", "/panduan/barang/", "/dana/")
    said = [re.findall(DESCRIPTION, client.get(page).content.decode()) for page in pages]

    assert len({one for [one] in said}) == len(pages)
