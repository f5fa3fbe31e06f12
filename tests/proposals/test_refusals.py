"""What nobody can propose is said alike by page, API and command, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from ksbb.audit.models import Entry
from ksbb.commitments.models import Commitment
from ksbb.shared.errors import DomainError
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.portal.giving import propose

pytestmark = pytest.mark.django_db

SLUG: Final = "pangan-ramadan-1441"
OFFER: Final[dict[str, Any]] = {
    "programme": SLUG,
    "aid_type": "sembako",
    "phase": 2,
    "packages": 120,
    "near": [-6.24, 106.78],
    "within_km": 5,
    "max_stops": 2,
    "min_per_stop": 10,
}
TERMS: Final = {
    "jumlah": "120",
    "dekat": "-6.24,106.78",
    "jauh": "5",
    "tujuan": "2",
    "minimal": "10",
}


class Case(NamedTuple):
    """What is asked for: in the words of the API and of the page, the field, both sentences."""

    offer: dict[str, Any]
    terms: dict[str, str]
    field: str
    typed: str
    indonesian: str
    english: str


CASES: Final = {
    "more stops than packages": Case(
        {"packages": 3, "max_stops": 4, "min_per_stop": 1},
        {"jumlah": "3", "tujuan": "4", "minimal": "1"},
        "max_stops",
        "tujuan",
        "3 paket tidak cukup untuk 4 titik. Kurangi titiknya.",
        "3 packages cannot make 4 stops. Make fewer stops.",
    ),
    "impossible minimum": Case(
        {"min_per_stop": 121},
        {"minimal": "121"},
        "min_per_stop",
        "minimal",
        "Paling sedikit 121 per titik lebih banyak daripada 120 paket yang ada. Turunkan jumlah"
        " minimal per titik.",
        "At least 121 per stop is more than the 120 packages there are. Lower the least per stop.",
    ),
    "no place in reach": Case(
        {"near": [-6.90, 107.60]},
        {"dekat": "-6.9,107.6"},
        "within_km",
        "jauh",
        "Tidak ada sasaran yang membutuhkan dalam 5 km. Pergi lebih jauh, atau berangkat dari"
        " tempat lain.",
        "No place with a need lies within 5 km. Go farther, or start elsewhere.",
    ),
    "every place full": Case(
        {"near": [-6.40, 106.80], "within_km": 1},
        {"dekat": "-6.4,106.8", "jauh": "1"},
        "within_km",
        "jauh",
        "Tidak ada yang kurang dalam jangkauan: semua sasaran di sana sudah terpenuhi. Pilih fase"
        " lain, jenis bantuan lain, atau jangkauan yang lebih luas.",
        "Nothing is missing in reach: all places there are full. Choose another phase, another kind"
        " of aid, or a wider reach.",
    ),
}
LANGUAGES = pytest.mark.parametrize("language", ["id", "en"])
EACH = pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))


@pytest.fixture(autouse=True)
def _places(settings: Settings) -> None:
    """Leave two places open, and one that is full far from both."""
    settings.KSBB_CLOCK = "2020-05-03T12:00:00+07:00"
    make_need(100, target=make_target(lat=-6.24, lon=106.78))
    make_need(300, target=make_target(lat=-6.25, lon=106.78))
    make_commitment({make_need(10, target=make_target(lat=-6.40, lon=106.80)): 10})


def sentence(case: Case, language: str) -> str:
    return case.english if language == "en" else case.indonesian


def sent(offer: dict[str, Any], language: str) -> Any:
    address = f"/api/v1/proposals?lang={language}"
    return Client().post(address, json.dumps(offer), content_type="application/json")


def refused(offer: dict[str, Any], language: str, folder: Path) -> str:
    """Return what the command says; `ksbb` prints it alone and ends with exit code 2."""
    file = folder / "offer.json"
    file.write_text(json.dumps(offer))
    with pytest.raises(DomainError) as refusal:
        call_command("allocate", programme=SLUG, offer=str(file), lang=language)
    return str(refusal.value)


@LANGUAGES
@EACH
def test_the_page_says_it_beside_the_field_and_keeps_what_was_typed(
    client: Client, case: Case, language: str
) -> None:
    terms = TERMS | case.terms

    page = propose(client, language="/en" if language == "en" else "", **terms)

    form = page.context["form"]
    assert page.status_code == 422
    assert {name: list(said) for name, said in form.errors.items()} == {
        case.typed: [sentence(case, language)]
    }
    assert {name: form[name].value() for name in terms} == terms


@LANGUAGES
@EACH
def test_the_api_says_it_of_the_field(case: Case, language: str) -> None:
    answer = sent(OFFER | case.offer, language)

    said = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert [(one["name"], one["detail"]) for one in said["errors"]] == [
        (case.field, sentence(case, language))
    ]


@LANGUAGES
@EACH
def test_the_command_says_it_in_one_sentence(case: Case, language: str, tmp_path: Path) -> None:
    assert refused(OFFER | case.offer, language, tmp_path) == sentence(case, language)


OWN_WORDS: Final = {
    "zero packages": Case(
        {"packages": 0},
        {"jumlah": "0"},
        "packages",
        "jumlah",
        "“packages” berisi 0. Tulis bilangan bulat dari 1 sampai 100.000.000.",
        "“packages” is 0. Write a whole number from 1 to 100,000,000.",
    ),
    "unknown area": Case(
        {"region": "99.99"},
        {"wilayah": "99.99"},
        "region",
        "wilayah",
        "Wilayah “99.99” tidak ada dalam program ini. Tulis kode seperti 31.74.05.",
        "There is no region “99.99” in this programme. Write a code such as 31.74.05.",
    ),
}
"""Where the page, which shows no names of fields and lists the areas, says it its own way."""

OF_THE_PAGE: Final = {
    ("jumlah", "id"): "Jumlah paling sedikit 1.",
    ("jumlah", "en"): "The quantity must be at least 1.",
    ("wilayah", "id"): "“99.99” tidak ada dalam daftar ini. Pilih lagi.",
    ("wilayah", "en"): "“99.99” is not in this list. Choose again.",
}


@LANGUAGES
@pytest.mark.parametrize("case", OWN_WORDS.values(), ids=list(OWN_WORDS))
def test_each_door_says_in_its_own_words_what_cannot_be(
    client: Client, case: Case, language: str, tmp_path: Path
) -> None:
    told = refused(OFFER | case.offer, language, tmp_path)
    said = sent(OFFER | case.offer, language).json()
    page = propose(client, language="/en" if language == "en" else "", **TERMS | case.terms)

    form = page.context["form"]
    assert told == sentence(case, language)
    assert [(one["name"], one["detail"]) for one in said["errors"]] == [
        (case.field, sentence(case, language))
    ]
    assert (page.status_code, form.errors[case.typed]) == (
        422,
        [OF_THE_PAGE[case.typed, language]],
    )
    assert form[case.typed].value() == case.terms[case.typed]


def test_nothing_is_written(client: Client) -> None:
    before = Entry.objects.count(), Commitment.objects.count()
    for case in [*CASES.values(), *OWN_WORDS.values()]:
        propose(client, **TERMS | case.terms)
        sent(OFFER | case.offer, "id")

    assert (Entry.objects.count(), Commitment.objects.count()) == before
