from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ksbb.needs.models import Need
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type
from tests.portal.giving import (
    TERMS,
    choose,
    package,
    propose,
    stops_of,
    take,
    text_of,
)

START = "-6.24,106.78"


def make_street() -> tuple[Need, Need, Need, Need]:
    """Return a full place, one that is nearly full, and two that have nothing, ever farther off."""
    full, half, first, second = (
        make_need(need, target=make_target(lat=-6.24 - step / 100, lon=106.78))
        for step, need in enumerate((100, 200, 300, 340))
    )
    make_commitment({full: 100, half: 150})
    return full, half, first, second


def quantities(page: Any) -> dict[str, int]:
    return {stop.place.name: stop.quantity for stop in stops_of(page)}


def test_a_proposal_says_of_each_place_why_and_why_so_many_and_why_not_the_nearer(
    client: Client,
) -> None:
    make_street()

    page = propose(client, language="/en", jumlah="400", dekat=START, jauh="6", tujuan="2")

    text = text_of(page)
    assert quantities(page) == {"RW 003": 187, "RW 004": 213}
    assert "400 packages for 2 places." in text
    assert "None of the 3 places in reach that still miss something has less." in text
    assert "It still misses 300; the packages are split so that all stops gain most." in text
    assert "RW 001 is nearer (0 m), but full." in text
    assert "this one reaches it. So it is the best on your terms." in text


def test_the_proposal_goes_into_the_package_with_its_terms(client: Client) -> None:
    *_, first, second = make_street()
    page = propose(client, jumlah="400", dekat=START, tujuan="2")

    response = take(client, page)

    assert response.headers["Location"] == "/bantu/paket/"
    assert package(client) == {second: "213", first: "187"}
    assert client.session["giving"]["terms"] == {
        "2/sembako": {**TERMS, "jumlah": "400", "dekat": START, "tujuan": "2"}
    }


def test_other_terms_are_a_link_away_and_say_what_they_would_do(client: Client) -> None:
    make_street()
    page = propose(
        client, language="/en", jumlah="400", dekat=START, jauh="2,5", tujuan="1", minimal="50"
    )

    others = page.context["others"]

    assert [(other.name, other.effect) for other in others] == [
        (
            "Go up to 5.5 km",
            "If you went as far as 5.5 km, the packages would do more.",
        ),
        ("Make up to 2 stops", "With 2 stops the packages would do more."),
        ("Bring at least 25 packages to each", "That would do no more."),
    ]
    farther = client.get(f"/en/bantu/usulan/?{others[0].address}")
    assert quantities(farther) == {"RW 004": 340}


def test_numbers_changed_by_hand_are_the_givers_own(client: Client) -> None:
    _full, half, first, _second = make_street()
    page = propose(client, language="/en", jumlah="400", dekat=START, tujuan="2")
    typed = {f"jumlah-{half.pk}": "50", f"jumlah-{first.pk}": "100", "hitung": "1"}

    own = take(client, page, **typed)

    assert own.status_code == 200
    assert "These are now your own numbers." in text_of(own)
    assert "proposed: 187" in text_of(own)
    assert quantities(own) == {"RW 003": 100, "RW 004": 213, "RW 002": 50}
    assert [round(stop.after, 2) for stop in stops_of(own)] == [0.33, 0.63, 1.0]
    assert own.context["given"] == 363


def test_a_place_can_be_left_out_by_hand(client: Client) -> None:
    *_, first, second = make_street()
    page = propose(client, jumlah="400", dekat=START, tujuan="2")

    take(client, page, **{f"jumlah-{first.pk}": "0"})

    assert package(client) == {second: "213"}


def test_more_than_is_open_is_said_beside_the_field_when_added_up(client: Client) -> None:
    *_, first, _second = make_street()
    page = propose(client, language="/en", jumlah="400", dekat=START, tujuan="2")

    answer = take(client, page, **{f"jumlah-{first.pk}": "301", "hitung": "1"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"jumlah-{first.pk}"]
    assert "RW 003: only 300 still open." in text_of(answer)
    assert 'value="301"' in text_of(answer)


@pytest.mark.parametrize("typed", ["-5", "banyak", "1.5", "9" * 4_000])
def test_a_number_that_cannot_be_read_is_kept_and_nothing_is_chosen(
    client: Client, typed: str
) -> None:
    *_, first, _second = make_street()
    page = propose(client, jumlah="400", dekat=START, tujuan="2")

    answer = take(client, page, **{f"jumlah-{first.pk}": typed})

    assert answer.status_code == 422
    assert answer.context["form"][f"jumlah-{first.pk}"].value() == typed
    assert package(client) == {}


def test_without_any_quantity_the_page_asks_for_one(client: Client) -> None:
    make_street()
    page = propose(client, language="/en", jumlah="400", dekat=START)

    answer = take(client, page, **{stop.field.html_name: "" for stop in stops_of(page)})

    assert answer.status_code == 422
    assert "Enter a quantity for at least one place." in text_of(answer)


def test_what_was_filled_meanwhile_is_proposed_anew_and_the_rest_is_kept(client: Client) -> None:
    _full, half, first, second = make_street()
    page = propose(client, language="/en", jumlah="400", dekat=START, jauh="6", tujuan="2")
    make_commitment({first: 290})

    refused = take(client, page)

    assert refused.status_code == 409
    assert "RW 003: only 10 still open." in text_of(refused)
    assert "A new proposal for the 177 packages that lost their place" in text_of(refused)
    button = refused.context["replacements"][0].value
    assert button == f"{half.pk}:50"
    answer = client.post("/bantu/paket/", _typed(refused) | {"ganti": button})
    assert answer.headers["Location"] == "/bantu/paket/"
    assert package(client) == {second: "213", half: "50", first: "10"}


def test_a_place_chosen_by_itself_and_filled_meanwhile_is_replaced_from_where_it_is(
    client: Client,
) -> None:
    *_, first, second = make_street()
    choose(client, first, 100)
    make_commitment({first: 300})

    refused = client.post("/en/bantu/paket/", {f"jumlah-{first.pk}": "100"})
    client.post("/bantu/paket/", _typed(refused) | {"ganti": f"{second.pk}:100"})

    assert refused.context["replacements"][0].value == f"{second.pk}:100"
    assert package(client) == {second: "100"}


def test_where_nothing_else_is_open_only_what_is_open_can_be_kept(client: Client) -> None:
    only = make_need(100)
    choose(client, only, 60)
    make_commitment({only: 90})

    refused = client.post("/en/bantu/paket/", {f"jumlah-{only.pk}": "60"})
    client.post("/bantu/paket/", _typed(refused) | {"ganti": ""})

    assert "Keep only what is open" in text_of(refused)
    assert package(client) == {only: "10"}


@pytest.mark.parametrize("typed", ["1", "x:1", "1:2:3", "99999999:5", "1:" + "9" * 20, ","])
def test_a_tampered_replacement_adds_nothing(client: Client, typed: str) -> None:
    need = make_need()
    choose(client, need, 10)

    client.post("/bantu/paket/", {f"jumlah-{need.pk}": "10", "ganti": typed})

    assert package(client) == {need: "10"}


def test_a_proposal_for_another_kind_of_aid_is_added_to_the_package(client: Client) -> None:
    sembako, lebaran = make_need(500), make_need(80, aid_type=make_aid_type("paket-lebaran"))
    take(client, propose(client, jumlah="10"))

    take(client, propose(client, jumlah="20", bantuan="paket-lebaran"))
    take(client, propose(client, jumlah="30"))

    assert package(client) == {sembako: "30", lebaran: "20"}


def test_a_few_packages_find_a_place_however_long_the_way(client: Client) -> None:
    need = make_need(300, target=make_target(lat=-6.28, lon=106.78))

    page = propose(client, jumlah="1", dekat=START)

    assert {stop.place.need: stop.quantity for stop in stops_of(page)} == {need.pk: 1}


def test_a_position_is_not_kept_more_exactly_than_to_a_kilometre(client: Client) -> None:
    make_street()

    answer = client.get("/bantu/usulan/", TERMS | {"jumlah": "5", "dekat": "-6.23712,106.7834"})

    assert "dekat=-6.24%2C106.78" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("terms", "field", "sentence"),
    [
        ({"jumlah": "0"}, "jumlah", "The quantity must be at least 1."),
        (
            {"jumlah": "999.999.999"},
            "jumlah",
            "999,999,999 is too much for one proposal: at most 100,000,000.",
        ),
        (
            {"jumlah": "3", "tujuan": "4"},
            "tujuan",
            "3 packages cannot make 4 stops. Make fewer stops.",
        ),
        (
            {"minimal": "11"},
            "minimal",
            "At least 11 per stop is more than the 10 packages there are.",
        ),
        ({"tujuan": "201"}, "tujuan", "201 is too much for one proposal: at most 200."),
        (
            {"dekat": "-6.9,107.6", "wilayah": ""},
            "jauh",
            "No place with a need lies within 5 km. Go farther, or start elsewhere.",
        ),
        ({"dekat": "-6.24,106.78", "jauh": "0,5"}, "jauh", "Nothing is missing in reach:"),
        ({"dekat": "Negeri Antah"}, "dekat", "“Negeri Antah” is not a place we know the point of."),
        (
            {"jauh": "seribu"},
            "jauh",
            "“seribu” is no distance. Write kilometres from 0.1 to 1,000, such as 2.5.",
        ),
        ({"jauh": "1001"}, "jauh", "“1001” is no distance."),
        ({"wilayah": "31.99"}, "wilayah", "“31.99” is not in this list. Choose again."),
        (
            {"wilayah": "31.73"},
            "wilayah",
            "No place there has a need in this phase. Choose a larger area.",
        ),
    ],
)
def test_terms_that_cannot_be_met_are_said_beside_their_field_and_kept(
    client: Client, terms: dict[str, str], field: str, sentence: str
) -> None:
    make_street()
    make_target(village="31.73.01.1001")

    page = propose(client, language="/en", **{"jumlah": "10", **terms})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert sentence in str(page.context["form"].errors[field])
    kept = page.context["form"][field].value() or ""
    assert kept == terms.get(field, "").replace("0,5", "0.5")


def test_more_places_do_not_ask_the_database_more_often(client: Client) -> None:
    make_street()
    for south in range(8):
        make_need(300, target=make_target(lat=-6.25, lon=106.79 + south / 1000))
    address = f"/bantu/usulan/?bantuan=sembako&fase=2&jumlah=400&dekat={START}&tujuan="
    client.get(f"{address}1")

    counts = []
    for stops in (1, 6):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{address}{stops}")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12


def _typed(page: Any) -> dict[str, str]:
    return {row.line.field.html_name: row.line.field.value() for row in page.context["rows"]}
