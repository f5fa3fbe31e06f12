"""Programmes, regions, places, collaborators and figures."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from ksbb.collaborators.enums import Verification
from ksbb.needs.enums import Verification as Checked
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme
from ksbb.regions.models import Region
from tests.api.calls import ask, read, walk
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_contact, make_need, make_target
from tests.factories.programmes import make_phase, make_programme
from tests.factories.regions import make_region


def test_a_programme_says_its_phases_kinds_of_aid_and_kinds_of_places() -> None:
    make_phase(1)

    (programme,) = read("programmes")["items"]

    assert programme == read("programmes/pangan-ramadan-1441")
    assert [one["number"] for one in programme["phases"]] == [1, 2]
    assert [one["slug"] for one in programme["target_kinds"]] == ["panti", "rw"]
    assert programme["aid_types"] == [
        {
            "slug": "sembako",
            "name": {"id": "sembako", "en": "sembako (English)"},
            "unit": "FAMILY_WEEK",
            "frequency": "WEEKLY",
            "reference_price_idr": 200_000,
            "contents": {"id": "", "en": ""},
            "counts_toward_fulfilment": True,
        }
    ]


def test_a_programme_in_preparation_is_not_known(programme: Programme) -> None:
    make_programme("rahasia", state=ProgrammeState.DRAFT)

    assert [one["slug"] for one in read("programmes")["items"]] == [programme.slug]
    assert ask("programmes/rahasia").status_code == 404
    refused = ask("needs?programme=rahasia&lang=en")
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {
            "name": "programme",
            "detail": "There is no programme “rahasia”. Known: pangan-ramadan-1441.",
        }
    ]


def test_regions_are_listed_by_area_level_and_postal_code() -> None:
    make_region("31.74.05.1002", "Pondok Pinang")
    make_region("31.73.01")
    Region.objects.filter(code="31.74.05.1002").update(postal_code="12310")

    def codes(query: str) -> list[str]:
        return [one["code"] for one in read(f"regions?{query}")["items"]]

    assert codes("wilayah=31.74") == ["31.74", "31.74.05", "31.74.05.1002"]
    assert codes("level=REGENCY") == ["31.73", "31.74"]
    assert codes("postal_code=12310") == ["31.74.05.1002"]
    assert codes("q=pondok+pinnag") == ["31.74.05.1002"]
    assert [len(page) for page in walk("regions?limit=2")] == [2, 2, 2]


def test_a_region_is_found_by_its_code() -> None:
    make_region("31.74.05", "Kebayoran Lama")

    region = read("regions/31.74.05")

    assert (region["name"], region["level"], region["parent"]) == (
        "Kebayoran Lama",
        "DISTRICT",
        "31.74",
    )
    assert ask("regions/31.99").status_code == 404


def test_places_are_listed_by_area_kind_and_text() -> None:
    make_region("31.74.05", "Kebayoran Lama")
    make_target(name="Satu")
    make_target("panti", name="Dua")
    make_target(name="Tiga", village="31.73.01.1001")
    make_target(verification=Checked.PENDING)

    def found(query: str) -> list[str]:
        return [one["name"] for one in read(f"targets?{query}")["items"]]

    assert found("") == ["Tiga", "Dua", "Satu"]
    assert found("wilayah=31.74") == ["Dua", "Satu"]
    assert found("jenis=panti") == ["Dua"]
    assert found("q=rw+1+kebayorn+lama") == ["Satu"]
    assert found("q=dua") == ["Dua"]
    assert [len(page) for page in walk("targets?limit=2")] == [2, 1]


def test_a_place_comes_with_all_it_needs() -> None:
    need = make_need()
    make_need(target=need.target, phase=make_phase(3))
    make_commitment({need: 40})

    place = read(f"targets/{need.target.code}")

    assert [one["id"] for one in place["needs"]] == [
        f"{need.target.code}/2/sembako",
        f"{need.target.code}/3/sembako",
    ]
    assert [one["open"] for one in place["needs"]] == [60, 100]
    assert place["as_of"] == "2020-05-01T12:00:00+07:00"


def test_a_place_that_is_not_verified_is_not_known() -> None:
    hidden = make_target(verification=Checked.PENDING)

    assert ask(f"targets/{hidden.code}").status_code == 404


def test_only_verified_collaborators_who_wish_it_are_named() -> None:
    named = make_collaborator("PT Contoh")
    make_collaborator("Rahasia", is_anonymous=True)
    make_collaborator("Baru", verification=Verification.PENDING)
    make_collaborator("Ditolak", verification=Verification.REFUSED)

    assert read("collaborators")["items"] == [
        {
            "slug": named.slug,
            "name": "PT Contoh",
            "kind": "COMPANY",
            "is_donor": True,
            "is_aggregator": False,
            "is_example": False,
        }
    ]


@pytest.mark.parametrize("as_of", ["2020-05-01T12:00:00+07:00", "2020-04-30"])
def test_figures_are_what_the_report_prints(as_of: str) -> None:
    make_commitment()
    printed = io.StringIO()
    call_command(
        "report",
        programme="pangan-ramadan-1441",
        as_of=as_of,
        format="json",
        stdout=printed,
    )

    assert ask("figures", as_of=as_of).status_code == 200
    assert read(f"figures?as_of={as_of.replace('+', '%2B')}") == json.loads(printed.getvalue())


def test_figures_without_a_moment_are_those_of_now() -> None:
    make_commitment()

    figures = read("figures")

    assert (figures["as_of"], figures["committed"]) == (
        "2020-05-01T12:00:00+07:00",
        {"sembako": 40},
    )


def test_nothing_personal_is_in_any_answer() -> None:
    contact = make_contact()
    make_commitment({make_need(target=contact.target): 40})
    addresses = ["programmes", "regions", "targets", "needs", "figures", "collaborators"]
    addresses += [f"targets/{contact.target.code}", "openapi.json"]

    said = "".join(ask(address).content.decode() for address in addresses)

    for secret in (contact.name, contact.phone, contact.role, "kontak@example.org"):
        assert secret not in said
