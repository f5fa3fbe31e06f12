from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from ksbb.regions.models import RegionAlias
from ksbb.regions.search import forget_places, search_places
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions() -> None:
    make_region("31.75.04.1002.004", "RW 004")
    make_region("31.75.04.1003", "Dukuh")


def test_regions_are_found_but_not_their_rw() -> None:
    assert [hit.code for hit in search_places("dukuh")] == ["31.75.04.1003"]
    assert [hit.code for hit in search_places("31.75.04.1002.004")] == ["31.75.04.1002"]


def test_other_spellings_are_found() -> None:
    RegionAlias.objects.create(region_id="31.75.04.1002", name="Kampung Tengah")

    assert [hit.code for hit in search_places("kampung tengah")] == ["31.75.04.1002"]


def test_searching_again_asks_the_database_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    search_places("dukuh")

    with django_assert_num_queries(0):
        search_places("tengah")


def test_a_region_made_later_is_found_after_forgetting() -> None:
    search_places("setu")
    make_region("31.75.10.1002", "Setu")

    forget_places()

    assert [hit.code for hit in search_places("setu")] == ["31.75.10.1002"]


def test_no_more_than_the_limit_is_returned() -> None:
    assert len(search_places("31", limit=2)) == 2
