from __future__ import annotations

import pytest

from ksbb.needs.models import Need
from ksbb.needs.queries_search import find_places
from ksbb.regions.models import Region, RegionAlias
from ksbb.shared.text import normalise
from tests.factories.needs import make_need, make_target
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

PINANG = "31.74.05.1002"


@pytest.fixture
def pinang() -> Region:
    """Return the kelurahan Pondok Pinang in Kebayoran Lama."""
    make_region("31.74.05", "Kebayoran Lama")
    return make_region(PINANG, "Pondok Pinang")


def found(text: str) -> list[Need]:
    return list(Need.objects.filter(find_places(text, "31").condition).order_by("pk"))


@pytest.mark.parametrize(
    "text", ["Pondok Pinang", "pondok pinang", "Pondokpinang", "pondok pinnag", "kebayoran lma"]
)
def test_a_kelurahan_or_kecamatan_is_found_in_spite_of_typing_errors(
    pinang: Region, text: str
) -> None:
    need = make_need(target=make_target(village=pinang.code))
    make_need(target=make_target(village="31.73.01.1001"))

    assert found(text) == [need]


@pytest.mark.parametrize(
    "text", ["rw 2 pondok pinang", "Pondok Pinang RW 002", "RW II pondok pinnag"]
)
def test_an_rw_is_found_by_its_number_within_the_name(pinang: Region, text: str) -> None:
    make_need(target=make_target(village=pinang.code))
    second = make_need(target=make_target(village=pinang.code))

    assert found(text) == [second]


def test_an_alias_leads_to_its_region(pinang: Region) -> None:
    RegionAlias.objects.create(region=pinang, name="Pd. Pinang", normalised=normalise("Pd. Pinang"))
    need = make_need(target=make_target(village=pinang.code))

    assert found("Pd Pinang") == [need]


def test_an_institution_is_found_by_its_name(pinang: Region) -> None:
    make_need(target=make_target(village=pinang.code))
    home = make_need(target=make_target("panti", name="Panti Asuhan Melati Putih"))

    assert found("asuhan melati") == [home]


def test_what_was_understood_is_told(pinang: Region) -> None:
    assert find_places("rw 5 pondok pinnag", "31").names == [pinang.name]


@pytest.mark.parametrize("text", ["zzzzzz", "?", "   ", "%", "' OR 1=1 --"])
def test_a_text_that_means_nothing_finds_nothing(pinang: Region, text: str) -> None:
    make_need(target=make_target(village=pinang.code))

    assert found(text) == []
