from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from ksbb.audit.models import Entry
from ksbb.shared.errors import DomainError
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target

pytestmark = pytest.mark.django_db

NEAR = [-6.24, 106.78]
OFFER: dict[str, object] = {
    "programme": "pangan-ramadan-1441",
    "aid_type": "sembako",
    "phase": 2,
    "packages": 120,
    "near": NEAR,
    "within_km": 5,
    "max_stops": 2,
    "min_per_stop": 10,
}


@pytest.fixture(autouse=True)
def _third_of_may(settings: Settings) -> None:
    settings.KSBB_CLOCK = "2020-05-03T12:00:00+07:00"


@pytest.fixture(autouse=True)
def _three_places() -> None:
    make_need(100, target=make_target(lat=-6.24, lon=106.78))
    half = make_need(200, target=make_target(lat=-6.25, lon=106.78))
    make_need(300, target=make_target(lat=-6.26, lon=106.78))
    make_need(400, target=make_target(lat=-6.30, lon=106.78))
    make_commitment({half: 190})


def run(tmp_path: Path, offer: object, *options: str) -> str:
    file = tmp_path / "offer.json"
    file.write_text(offer if isinstance(offer, str) else json.dumps(offer))
    out = StringIO()
    slug = "pangan-ramadan-1441"
    call_command("allocate", "--programme", slug, "--offer", str(file), *options, stdout=out)
    return out.getvalue()


def test_the_answer_names_places_and_amounts_with_a_bound(tmp_path: Path) -> None:
    printed = json.loads(run(tmp_path, OFFER))

    assert (printed["placed"], printed["left"], printed["proven"]) == (120, 0, True)
    assert (printed["as_of"], printed["seed"]) == ("2020-05-03T12:00:00+07:00", 20200503)
    assert printed["bound"] == printed["value"]
    lines = [(line["name"], line["needed"], line["committed"]) for line in printed["lines"]]
    assert lines == [("RW 001", 100, 0), ("RW 003", 300, 0)]
    assert sum(line["quantity"] for line in printed["lines"]) == 120
    assert [line["km"] for line in printed["lines"]] == [0.0, 2.224]


def test_nothing_is_written(tmp_path: Path) -> None:
    before = Entry.objects.count()

    run(tmp_path, OFFER)

    assert Entry.objects.count() == before


def test_the_same_offer_gets_the_same_answer(tmp_path: Path) -> None:
    assert run(tmp_path, OFFER) == run(tmp_path, OFFER)


def test_without_a_point_a_region_is_looked_through(tmp_path: Path) -> None:
    offer = {"aid_type": "sembako", "phase": 2, "packages": 50, "region": "31.74.05"}

    printed = json.loads(run(tmp_path, offer))

    assert printed["placed"] == 50
    assert {line["km"] for line in printed["lines"]} == {None}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"packages": 0}, "“packages” is 0. Write a whole number from 1 to 100,000,000."),
        ({"packages": 1.5}, "“packages” is 1.5. Write a whole number from 1 to 100,000,000."),
        ({"packages": None}, "“packages” is missing."),
        ({"max_stops": 121}, "120 packages cannot make 121 stops. Make fewer stops."),
        (
            {"min_per_stop": 121},
            (
                "At least 121 per stop is more than the 120 packages there are. Lower the least per"
                " stop."
            ),
        ),
        (
            {"near": [0.0, 100.0]},
            "No place with a need lies within 5 km. Go farther, or start elsewhere.",
        ),
        (
            {"near": "here"},
            "“near” is here. Write latitude and longitude, such as [-6.24, 106.78].",
        ),
        (
            {"near": [float("nan"), 106.78]},
            "“near” is [nan, 106.78]. Write latitude and longitude, such as [-6.24, 106.78].",
        ),
        (
            {"within_km": "seribu"},
            "“within_km” is seribu. Write a number such as 2.5: kilometres, from 0.1 to 1,000.",
        ),
        ({"aid_type": "beras"}, "There is no aid type “beras”. Known: sembako."),
        ({"aid_type": 7}, "“aid_type” is 7. Write a text in quotation marks."),
        ({"phase": 9}, "There is no phase 9. Known: 2."),
        (
            {"region": "99.99"},
            "There is no region “99.99” in this programme. Write a code such as 31.74.05.",
        ),
        (
            {"programme": "banjir-2021"},
            "The offer is for “banjir-2021”, but “pangan-ramadan-1441” was asked for.",
        ),
    ],
)
def test_a_bad_offer_gets_a_sentence_that_says_what_to_change(
    tmp_path: Path, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        run(tmp_path, {**OFFER, **change}, "--lang", "en")

    assert str(refusal.value) == sentence


def test_the_programme_may_stand_in_the_offer_alone(tmp_path: Path) -> None:
    file = tmp_path / "offer.json"
    file.write_text(json.dumps(OFFER))
    out = StringIO()
    call_command("allocate", offer=str(file), stdout=out)

    assert out.getvalue() == run(tmp_path, OFFER)

    file.write_text(json.dumps({**OFFER, "programme": ""}))
    with pytest.raises(DomainError) as refusal:
        call_command("allocate", offer=str(file), lang="en")
    assert str(refusal.value) == "“programme” is missing."


def test_explained_in_indonesian_numbers_are_written_as_there(tmp_path: Path) -> None:
    told = run(tmp_path, {**OFFER, "packages": 300}, "--explain")

    assert told.startswith(
        "300 paket untuk 2 sasaran. Dengan syarat Anda, tidak ada pembagian lain"
    )
    assert "Jaraknya 2,2 km." in told
    with pytest.raises(DomainError) as refusal:
        run(tmp_path, {**OFFER, "within_km": "seribu"}, "--explain")
    assert str(refusal.value) == (
        "“within_km” berisi seribu. Tulis angka seperti 2.5: jarak dalam kilometer, dari 0,1"
        " sampai 1.000."
    )


def test_a_field_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="“paket”"):
        run(tmp_path, {**OFFER, "paket": 1})


@pytest.mark.parametrize("text", ["{bad", "[1]", ""])
def test_a_file_that_holds_no_offer_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DomainError):
        run(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"none\.json"):
        call_command(
            "allocate",
            "--programme",
            "pangan-ramadan-1441",
            "--offer",
            str(tmp_path / "none.json"),
        )


def test_full_places_are_said_to_be_full(tmp_path: Path) -> None:
    only = make_need(10, target=make_target(lat=-7.0, lon=107.0))
    make_commitment({only: 10})

    with pytest.raises(DomainError, match="full"):
        run(tmp_path, {**OFFER, "near": [-7.0, 107.0], "within_km": 1}, "--lang", "en")
