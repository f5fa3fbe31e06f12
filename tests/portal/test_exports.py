from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from ksbb.needs.enums import Verification
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_contact, make_need, make_target
from tests.factories.programmes import make_aid_type
from tests.factories.regions import make_region
from tests.portal.giving import text_of

ENDINGS = pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson"])
POINT: dict[str, Any] = {"lat": -6.24, "lon": 106.77}


def body(client: Client, ending: str, query: str = "", *, door: str = "/") -> bytes:
    response: Any = client.get(f"{door}sasaran.{ending}{query}")
    content: bytes = response.getvalue()
    assert response.status_code == 200
    return content


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    """Return the rows of the csv by column, the HXL row first."""
    text = body(client, "csv", query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def features(client: Client, query: str = "") -> list[dict[str, Any]]:
    collection = json.loads(body(client, "geojson", query))
    assert collection["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = collection["features"]
    return found


def sheets(client: Client, query: str = "", *, door: str = "/") -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body(client, "xlsx", query, door=door)))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_a_row_says_place_need_stages_and_what_they_are_counted_in(client: Client) -> None:
    make_region("31.74.05", "Kebayoran Lama")
    make_region("31.74.05.1002", "Pondok Pinang")
    need = make_need(target=make_target(name="RW Satu", source="Kelurahan", **POINT))
    make_commitment({need: 40})

    tags, row = table(client)

    assert row == {
        "id": f"{need.target.code}/2/sembako",
        "target_code": need.target.code,
        "target_name": "RW Satu",
        "target_kind": "rw",
        "kelurahan_code": "31.74.05.1002",
        "kelurahan": "Pondok Pinang",
        "kecamatan": "Kebayoran Lama",
        "kota": "Wilayah 31.74",
        "lat": "-6.24",
        "lon": "106.77",
        "quantity": "100",
        "committed": "40",
        "delivered": "0",
        "received": "0",
        "open": "60",
        "coverage": "0.4",
        "served_by_others": "0",
        "families": "100",
        "residents": "400",
        "counted_on": "",
        "source": "Kelurahan",
        "is_example": "false",
        "programme": "pangan-ramadan-1441",
        "phase": "2",
        "aid_type": "sembako",
        "unit": "FAMILY_WEEK",
        "as_of": "2020-05-01T12:00:00+07:00",
        "licence": "CC-BY-4.0",
    }
    assert (tags["kelurahan_code"], tags["open"]) == ("#adm4+code", "#item+num+gap")
    assert all(tag.startswith("#") for tag in tags.values())


def test_points_stand_with_longitude_first_and_are_left_out_where_unknown(client: Client) -> None:
    known = make_need(90, target=make_target(**POINT))
    make_need(50)

    first, second = features(client)

    assert first["geometry"] == {"type": "Point", "coordinates": [106.77, -6.24]}
    assert first["id"] == f"{known.target.code}/2/sembako"
    assert (first["properties"]["open"], first["properties"]["is_example"]) == (90, False)
    assert second["geometry"] is None


def test_geojson_says_once_what_all_needs_have_in_common(client: Client) -> None:
    make_need()

    collection = json.loads(body(client, "geojson"))

    del collection["features"]
    assert collection == {
        "type": "FeatureCollection",
        "programme": "pangan-ramadan-1441",
        "phase": 2,
        "aid_type": "sembako",
        "unit": "FAMILY_WEEK",
        "as_of": "2020-05-01T12:00:00+07:00",
        "licence": "CC-BY-4.0",
    }


def test_a_workbook_keeps_codes_as_text_and_numbers_as_numbers(client: Client) -> None:
    need = make_need(target=make_target(name="RW Satu"))

    _, places = sheets(client)

    assert places[1][:4] == [f"{need.target.code}/2/sembako", need.target.code, "RW Satu", "rw"]
    assert places[1][10:16] == [100.0, 0.0, 0.0, 0.0, 100.0, 0.0]


def test_a_workbook_says_what_it_is_in_the_language_of_the_page(client: Client) -> None:
    make_need()

    about, places = sheets(client, "?terbuka=1", door="/en/")

    said = {row[0]: row[1] for row in about if row[0]}
    assert said["As of"] == "1 May 2020 at 12:00 WIB"
    assert said["Filters"] == "Only places still missing something"
    assert said["Unit"] == "packages (one per family per week)"
    assert said["Licence"] == "CC-BY-4.0, https://spdx.org/licenses/CC-BY-4.0.html"
    assert said["Still open"] == "open (#item+num+gap)"
    assert places[0][1] == "Code of the place"


def test_an_export_holds_what_the_list_shows_in_the_same_order(client: Client) -> None:
    make_need(50, target=make_target(name="Sedikit"))
    make_need(90, target=make_target(name="Banyak"))
    make_need(99, target=make_target(name="Barat", village="31.73.01.1001"))
    make_need(99, target=make_target(verification=Verification.PENDING))
    query = "?wilayah=31.74.05"

    assert [row["target_name"] for row in table(client, query)[1:]] == ["Banyak", "Sedikit"]
    assert [one["properties"]["open"] for one in features(client, query)] == [90, 50]
    assert [row[2] for row in sheets(client, query)[1][1:]] == ["Banyak", "Sedikit"]


@pytest.mark.parametrize("name", ["=1+1", "+62", "-1", "@SUM(A1)", "\tx", "\r\nx"])
def test_no_text_becomes_a_formula(client: Client, name: str) -> None:
    make_need(target=make_target(name=name, source='=HYPERLINK("http://x")'))

    row = table(client)[1]

    assert (row["target_name"], row["source"]) == (f"'{name}", '\'=HYPERLINK("http://x")')
    assert sheets(client)[1][1][20] == '=HYPERLINK("http://x")'
    assert b"<f>" not in body(client, "xlsx")


@ENDINGS
def test_the_file_name_says_programme_aid_phase_and_moment(client: Client, ending: str) -> None:
    make_need()

    response: Any = client.get(f"/sasaran.{ending}")
    response.getvalue()  # Closes the file.

    name = f"ksbb-pangan-ramadan-1441-sembako-2-20200501T1200.{ending}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Link"] == '<https://spdx.org/licenses/CC-BY-4.0.html>; rel="license"'


@ENDINGS
def test_nothing_personal_is_in_a_file(client: Client, ending: str) -> None:
    contact = make_contact()
    make_commitment({make_need(target=contact.target): 40})
    found = body(client, ending) if ending != "xlsx" else str(sheets(client)).encode()

    for secret in (contact.name, contact.phone, "kontak@example.org", "Kolaborator"):
        assert secret.encode() not in found


@ENDINGS
def test_an_empty_list_is_a_file_without_rows(client: Client, ending: str) -> None:
    make_need()
    make_aid_type("paket-lebaran")

    found = body(client, ending, "?bantuan=paket-lebaran")

    assert found
    assert len(table(client, "?bantuan=paket-lebaran")) == 1


@ENDINGS
@pytest.mark.parametrize("query", ["?fase=9", "?wilayah=32", "?urut=acak", "?dekat=entah"])
def test_a_filter_that_does_not_exist_is_named_on_the_page(
    client: Client, ending: str, query: str
) -> None:
    make_need()

    response = client.get(f"/sasaran.{ending}{query}")

    assert response.status_code == 400
    assert 'class="errorlist"' in text_of(response)


@ENDINGS
def test_a_list_that_is_too_long_for_a_file_is_to_be_narrowed(
    client: Client, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbb.portal.exports.rows.MOST", 1)
    make_need()
    make_need(target=make_target(village="31.73.01.1001"))

    refused = client.get(f"/en/sasaran.{ending}")

    assert refused.status_code == 400
    assert "A file takes at most" in text_of(refused)
    assert body(client, ending, "?wilayah=31.73")


@ENDINGS
def test_a_file_asks_the_database_as_often_for_many_rows_as_for_one(
    client: Client, ending: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_need()
    with django_assert_num_queries(10):
        body(client, ending)
    for _ in range(5):
        make_need(target=make_target(village="31.73.01.1001"))

    with django_assert_num_queries(10):
        body(client, ending)


def test_the_page_leads_to_the_files_of_what_it_shows(client: Client) -> None:
    make_need()

    page = text_of(client.get("/en/sasaran/?wilayah=31.74.05&terbuka=1"))

    for ending in ("csv", "xlsx", "geojson"):
        assert f'href="/en/sasaran.{ending}?wilayah=31.74.05&amp;terbuka=1"' in page


def test_the_csv_is_quoted_as_the_csv_module_quotes(client: Client) -> None:
    make_need(target=make_target(name='RW "Contoh", baru', source="contoh,\r\nsensus"))
    make_need(target=make_target(name="=1+1", source='"', is_example=True))
    text = body(client, "csv").decode("utf-8-sig")
    again = io.StringIO()

    csv.writer(again).writerows(csv.reader(io.StringIO(text, newline="")))

    names = {row["target_name"] for row in table(client)}
    assert text == again.getvalue()
    assert names >= {'RW "Contoh", baru', "'=1+1"}
