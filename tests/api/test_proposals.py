"""Asking where an offer does most: the answer, its language, refusals that name the field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from ksbb.audit.models import Entry
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target

OFFER: dict[str, Any] = {
    "programme": "pangan-ramadan-1441",
    "aid_type": "sembako",
    "phase": 2,
    "packages": 120,
    "near": [-6.24, 106.78],
    "within_km": 5,
    "max_stops": 2,
    "min_per_stop": 10,
}


def post(body: Any, query: str = "", **headers: str) -> Any:
    typed = body if isinstance(body, str | bytes) else json.dumps(body)
    client = Client(enforce_csrf_checks=True)
    return client.post(
        f"/api/v1/proposals{query}", typed, content_type="application/json", headers=headers
    )


@pytest.fixture(autouse=True)
def _three_places() -> None:
    make_need(100, target=make_target(lat=-6.24, lon=106.78))
    half = make_need(200, target=make_target(lat=-6.25, lon=106.78))
    make_need(300, target=make_target(lat=-6.26, lon=106.78))
    make_commitment({half: 190})


def test_the_answer_names_needs_amounts_coverage_and_reasons() -> None:
    answer = post(OFFER, "?lang=en")

    said = answer.json()
    assert answer.status_code == 200
    assert (said["placed"], said["left"], said["proven"]) == (120, 0, True)
    assert (said["bound"], said["seed"]) == (said["value"], 20200501)
    assert said["summary"].startswith("120 packages for 2 places.")
    assert [(line["need"], line["committed"]) for line in said["lines"]] == [
        ("31.74.05.1002.001/2/sembako", 0),
        ("31.74.05.1002.003/2/sembako", 0),
    ]
    assert sum(line["quantity"] for line in said["lines"]) == 120
    last = said["lines"][1]
    assert last["coverage_after"] == round(last["quantity"] / 300, 6)
    assert last["reason"]["because"] == "share"
    assert "It still misses 300;" in last["reason"]["sentence"]
    assert last["reason"]["nearest_passed_over"]["why"] == "better_covered"
    assert [one["change"] for one in said["what_ifs"]] == [
        "within_km",
        "max_stops",
        "min_per_stop",
    ]


def test_sentences_come_in_the_language_of_the_caller_and_data_in_none() -> None:
    english, indonesian = (post(OFFER, accept_language=code).json() for code in ("en", "id"))

    told = [one["lines"][0]["reason"].pop("sentence") for one in (english, indonesian)]
    assert ["packages" in told[0], "paket" in told[1]] == [True, True]
    assert english["digest"] == indonesian["digest"]
    assert english["lines"][0] == indonesian["lines"][0]


def test_nothing_is_written_and_a_key_changes_nothing() -> None:
    before = Entry.objects.count()

    plain, keyed = post(OFFER), post(OFFER, idempotency_key="0d1c")

    assert plain.content == keyed.content
    assert Entry.objects.count() == before
    assert (plain.headers["Cache-Control"], plain.cookies) == ("no-store", {})


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        (
            {"packages": 0},
            "packages",
            "“packages” is 0. Write a whole number from 1 to 100,000,000.",
        ),
        ({"max_stops": 121}, "max_stops", "120 packages cannot make 121 stops. Make fewer stops."),
        (
            {"min_per_stop": 121},
            "min_per_stop",
            (
                "At least 121 per stop is more than the 120 packages there are. Lower the least per"
                " stop."
            ),
        ),
        (
            {"near": [0, 100]},
            "within_km",
            "No place with a need lies within 5 km. Go farther, or start elsewhere.",
        ),
        (
            {"region": "99.99"},
            "region",
            "There is no region “99.99” in this programme. Write a code such as 31.74.05.",
        ),
        ({"aid_type": "beras"}, "aid_type", "There is no aid type “beras”. Known: sembako."),
        ({"phase": 9}, "phase", "There is no phase 9. Known: 2."),
        ({"programme": "banjir"}, "programme", "There is no programme “banjir”."),
        ({"paket": 1}, "paket", "An offer has no field “paket”."),
    ],
)
def test_a_refusal_names_the_field_and_says_what_to_change(
    change: dict[str, Any], field: str, sentence: str
) -> None:
    answer = post({**OFFER, **change}, "?lang=en")

    said = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert [one["name"] for one in said["errors"]] == [field]
    assert said["errors"][0]["detail"].startswith(sentence)


@pytest.mark.parametrize(
    "body", ["", "{bad", "[1]", "[" * 9_000, b"\xff\xfe", '{"packages": NaN}', " " * 20_000]
)
def test_a_body_that_is_no_offer_is_refused_in_words(body: str | bytes) -> None:
    assert post(body).status_code == 422


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_it_is_asked_with_post_only(method: str) -> None:
    answer = getattr(Client(), method)("/api/v1/proposals")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
