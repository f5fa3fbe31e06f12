from __future__ import annotations

import csv
import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ksbb.commitments.actions.cancel import cancel
from ksbb.needs.actions.adjust import adjust
from ksbb.shared.clock import WIB
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment, make_draft
from tests.factories.deliveries import answer, bring, plan_it
from tests.factories.needs import make_need, make_target
from tests.portal.giving import text_of

BEFORE = datetime(2020, 4, 30, 9, tzinfo=WIB)
LINK = re.compile(r'<td class="right number"[^>]*><a href="([^"]+)">([^<]+)</a>')


@pytest.fixture
def book() -> None:
    """Write needs in two kota, promises on two days, and one delivery of which 3 are missing."""
    need = make_need(100)
    west = make_need(60, target=make_target(village="31.73.01.1001"))
    home = make_need(30, target=make_target("panti"))
    make_commitment({west: 25, home: 5}, now=BEFORE)
    commitment = plan_it(make_commitment({need: 40}))
    answer(bring(commitment), less=3)
    taken_back = make_commitment({need: 10})
    cancel(commitment_id=taken_back.pk, reason="batal", actor=DESK, now=NOON)
    adjust(need_id=need.pk, quantity=90, reason="Ibu Contoh pindah", actor=DESK, now=NOON)


def numbers(client: Client, address: str) -> list[tuple[str, str]]:
    """Return (address, number) for each number of a page that leads to its rows."""
    page = client.get(address).content.decode()
    return [(unescape(link), shown) for link, shown in LINK.findall(page)]


def deltas(client: Client, address: str) -> list[int]:
    """Return the quantities of the file behind a number."""
    response: Any = client.get(address.replace("/baris/", "/baris.csv"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [int(row["Jumlah"]) for row in csv.DictReader(text.splitlines())]


@pytest.mark.usefixtures("book")
def test_a_number_of_rw_leads_down_to_the_places(client: Client) -> None:
    link, aided = next(one for one in numbers(client, "/capaian/") if one[0] == "?wilayah=31.74")
    district = client.get(f"/capaian/{link}").context["table"].rows[0].code

    assert aided == "1"
    assert district == "31.74.05"


def read(number: str) -> int:
    return int(number.replace(".", "").replace("−", "-").replace("+", ""))


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    "address",
    [
        "/capaian/",
        "/capaian/?wilayah=31.74&fase=semua",
        "/capaian/?wilayah=31.74.05.1002",
        "/capaian/?per=2020-04-30",
        "/capaian/?jenis=panti",
        "/capaian/?banding=2020-04-30",
    ],
)
def test_every_number_is_the_sum_of_the_rows_behind_it(client: Client, address: str) -> None:
    found = numbers(client, address)

    assert len(found) > 30
    for link, shown in dict.fromkeys(found):
        if "/baris/" in link:
            assert client.get(link).context["total"] == read(shown), link
            assert sum(deltas(client, link)) == read(shown), link


@pytest.mark.usefixtures("book")
def test_the_rows_say_when_what_where_and_who(client: Client) -> None:
    page = text_of(client.get("/en/capaian/baris/?tahap=diterima"))

    assert "+37" in page
    assert "Confirmed by the receiver" in page
    assert "1 May 2020 at 12:00 WIB" in page
    assert "Kolaborator 2" in page
    assert "packages (one per family per week)" in page


@pytest.mark.usefixtures("book")
def test_the_rows_speak_indonesian_too(client: Client) -> None:
    page = text_of(client.get("/capaian/baris/?tahap=kebutuhan"))

    assert "Kebutuhan diturunkan" in page
    assert "Kebutuhan diumumkan" in page


@pytest.mark.usefixtures("book")
def test_what_an_officer_typed_and_contacts_stay_at_the_desk(client: Client) -> None:
    page = text_of(client.get("/capaian/baris/?tahap=kurang"))

    assert "Ibu Contoh" not in page
    assert "Contoh Kontak" not in page
    assert "kontak@example.org" not in page


def test_a_giver_who_wishes_no_name_has_none_here(client: Client) -> None:
    giver = make_collaborator("Hamba Allah", slug="hamba-allah", is_anonymous=True)
    make_commitment({make_need(): 5}, collaborator=giver)

    page = text_of(client.get("/en/capaian/baris/?tahap=komitmen"))
    response: Any = client.get("/en/capaian/baris.csv?tahap=komitmen")
    file = b"".join(response.streaming_content).decode()

    assert "Anonymous donor" in page
    assert "Anonymous donor" in file
    assert "Hamba" not in page + file
    assert "hamba" not in page + file


def test_a_draft_counts_and_shows_neither_giver_nor_code(client: Client) -> None:
    draft = make_draft({make_need(): 5}, collaborator=make_collaborator("PT Ragu"))

    page = text_of(client.get("/en/capaian/baris/?tahap=komitmen"))

    assert "being filled in" in page
    assert "PT Ragu" not in page
    assert draft.code not in page


def test_a_long_list_goes_on_where_it_ended(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbb.portal.views.rows.PER_PAGE", 2)
    need = make_need(100)
    for quantity in (1, 2, 3):
        make_commitment({need: quantity})

    first = client.get("/capaian/baris/?tahap=kurang")
    second = client.get(f"/capaian/baris/?tahap=kurang&sesudah={first.context['next']}")

    assert [row.delta for row in first.context["rows"]] == [-3, -2]
    assert [row.delta for row in second.context["rows"]] == [-1, 100]
    assert second.context["next"] == ""
    assert (first.context["total"], second.context["total"]) == (94, 94)


@pytest.mark.parametrize(
    "query",
    [
        "tahap=semua",
        "sejak=besok",
        "sasaran=31.99",
        "kolaborator=tidak-ada",
        "sesudah=abc",
        "sesudah=1-2-3",
        "sesudah=99999999999999999999-1-1",
        "sesudah=1-1-99999999999999999999",
        "wilayah=32",
        "per=2020-05-02",
        "jenis=sekolah",
    ],
)
@pytest.mark.parametrize("page", ["/capaian/baris/", "/capaian/baris.csv"])
def test_a_question_without_an_answer_is_said_clearly(
    client: Client, page: str, query: str
) -> None:
    make_need()

    response = client.get(f"{page}?{query}")

    assert response.status_code == 400
    assert 'role="alert"' in text_of(response)


@pytest.mark.parametrize("hidden", [{"is_anonymous": True}, {"verification": "PENDING"}])
def test_the_rows_of_somebody_unnamed_cannot_be_asked_for(
    client: Client, hidden: dict[str, Any]
) -> None:
    giver = make_collaborator(slug="sembunyi", **hidden)
    make_commitment({make_need(): 5}, collaborator=giver)

    assert client.get("/capaian/baris/?kolaborator=sembunyi").status_code == 400


def test_no_rows_are_said_to_be_none(client: Client) -> None:
    make_need()

    page = text_of(client.get("/en/capaian/baris/?tahap=diterima"))

    assert "There are no rows" in page


def test_three_rows_ask_the_database_as_often_as_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    need = make_need(100)
    make_commitment({need: 1})
    with django_assert_num_queries(14):
        client.get("/capaian/baris/?tahap=komitmen")
    make_commitment({need: 2})
    make_commitment({make_need(): 3})

    with django_assert_num_queries(14):
        client.get("/capaian/baris/?tahap=komitmen")


def test_a_name_that_looks_like_a_formula_is_written_as_text(client: Client) -> None:
    make_commitment({make_need(): 5}, collaborator=make_collaborator("=HYPERLINK(1)"))

    response: Any = client.get("/en/capaian/baris.csv?tahap=komitmen")
    file = b"".join(response.streaming_content).decode("utf-8-sig")

    assert [row["Giver"] for row in csv.DictReader(file.splitlines())] == ["'=HYPERLINK(1)"]
    assert response["Content-Disposition"] == (
        'attachment; filename="ksbb-komitmen-20200501-1200.csv"'
    )
