from __future__ import annotations

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from ksbb.audit.actors import SYSTEM
from ksbb.needs.actions.verify import decide_target
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need
from ksbb.needs.queries_search import find_places
from ksbb.regions.models import Region, RegionAlias
from ksbb.shared.text import normalise
from tests.factories.needs import COUNTED, make_need, make_target
from tests.factories.programmes import make_kind
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


def test_what_was_understood_is_told_with_what_lies_around_it(pinang: Region) -> None:
    with translation.override("en"):
        names = find_places("rw 5 pondok pinnag", "31").names

    assert names == [f"RW 005, Kel. {pinang.name}, Kec. Kebayoran Lama, Wilayah 31.74"]


@pytest.mark.parametrize(
    "text", ["12240", "31.74.05.1002", "3174051002", "31-74-05-1002", "31.74.05.10", "31 74 05"]
)
def test_a_postal_code_a_full_code_and_the_beginning_of_one_are_read(
    pinang: Region, text: str
) -> None:
    Region.objects.filter(pk=pinang.pk).update(postal_code="12240")
    need = make_need(target=make_target(village=pinang.code))
    make_need(target=make_target(village="31.73.01.1001"))

    assert found(text) == [need]


@pytest.mark.parametrize("text", [f"{PINANG}.002", "rw.002 12240", "RW II 12240"])
def test_the_code_of_an_rw_and_its_number_in_a_postal_code_lead_to_it(
    pinang: Region, text: str
) -> None:
    Region.objects.filter(pk=pinang.pk).update(postal_code="12240")
    make_need(target=make_target(village=pinang.code))
    second = make_need(target=make_target(village=pinang.code))

    assert found(text) == [second]


def test_the_code_of_an_institution_leads_to_it(pinang: Region) -> None:
    home = make_need(target=make_target("panti", village=pinang.code))
    make_need(target=make_target("panti", village=pinang.code))

    assert found(home.target.code) == found(home.target.code.lower()) == [home]


def test_a_number_of_an_rw_alone_means_every_rw_with_it() -> None:
    first = make_need(target=make_target(code="a", region=make_region(f"{PINANG}.005")))
    other = make_need(target=make_target(code="b", region=make_region("31.73.01.1001.005")))
    make_need()

    assert found("rw.005") == found("RW V") == [first, other]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("panti jompo pondok pinang", ["panti-jompo"]),
        ("Pondok Pinang, panti jompo", ["panti-jompo"]),
        ("panti werdha pondok pinang", ["panti-jompo"]),
        ("panti pondok pinang", ["panti-asuhan", "panti-jompo"]),
        ("ponpes pondok pinang", ["pesantren"]),
        ("pesantern pondok pinang", ["pesantren"]),
        ("pondok pesantren pondok pinnag", ["pesantren"]),
        ("pesantren", ["pesantren"]),
        ("rw pondok pinang", ["rw"]),
    ],
)
def test_a_word_for_a_kind_narrows_an_area_to_places_of_that_kind(
    pinang: Region, text: str, kinds: list[str]
) -> None:
    for slug in ("panti-asuhan", "panti-jompo"):
        make_kind(slug, name_id=slug.replace("-", " "))
    for slug in ("panti-asuhan", "panti-jompo", "pesantren", "rw"):
        make_need(target=make_target(slug, village=pinang.code, name=f"Melati {slug}"))

    assert [need.target.kind.slug for need in found(text)] == kinds


def test_a_name_that_only_sounds_like_a_kind_stays_a_name() -> None:
    make_kind("panti-asuhan", name_id="Panti Asuhan")
    beach = make_need(target=make_target(village=make_region("31.72.01.1001", "Pantai Indah").code))

    assert found("pantai indah") == [beach]


def test_a_name_that_two_regions_bear_has_both_meanings_and_their_links() -> None:
    make_region("31.74.05", "Gambir")
    make_region(PINANG, "Gambir")
    make_need(target=make_target(village=PINANG))
    around = make_need(target=make_target(village="31.74.05.1003"))

    understood = find_places("rw 2 gambir", "31").understood

    assert found("rw 2 gambir") == [around]
    assert [(one.area, one.text) for one in understood] == [(PINANG, "RW 2"), ("31.74.05", "RW 2")]


def test_an_institution_that_is_not_verified_is_neither_found_nor_named(pinang: Region) -> None:
    hidden = make_target(
        "panti", name="Panti Rahasia", village=pinang.code, verification=Verification.PENDING
    )

    assert find_places("panti rahasia", "31").names == []
    assert find_places(hidden.code, "31").names == []


@pytest.mark.django_db(transaction=True)
def test_an_institution_is_found_as_soon_as_it_is_verified(pinang: Region) -> None:
    home = make_target(
        "panti", name="Panti Mawar", village=pinang.code, verification=Verification.PENDING
    )
    assert find_places("panti mawar", "31").names == []

    decide_target(target_id=home.pk, decision=Verification.VERIFIED, actor=SYSTEM, now=COUNTED)

    assert [one.target for one in find_places("panti mawar", "31").understood] == [home.code]


def test_searching_again_reads_no_names(
    pinang: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        make_target("panti", name=f"Panti Melati {number}", village=pinang.code)
    find_places("melati", "31")

    # The kinds of places, and the way down to what is named.
    with django_assert_num_queries(2):
        find_places("melati", "31")


@pytest.mark.parametrize(
    "text",
    ["zzzzzz", "?", "   ", "%", "' OR 1=1 --", "99999", "31.74.05.1002-ZZ99", "9" * 120, "-"],
)
def test_a_text_that_means_nothing_finds_nothing(pinang: Region, text: str) -> None:
    make_need(target=make_target(village=pinang.code))

    assert found(text) == []
