from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from ksbb.regions.enums import Level
from ksbb.regions.models import Region, RegionAlias
from ksbb.regions.queries import children, path, paths, subtree, valid_on, within
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions() -> None:
    make_region("31.74.05.1002.004")
    make_region("31.74.05.1001")
    make_region("31.74.10.1001")
    make_region("31.75")


def test_a_subtree_is_the_area_and_everything_below_it() -> None:
    assert [region.code for region in subtree("31.74.05")] == [
        "31.74.05",
        "31.74.05.1001",
        "31.74.05.1002",
        "31.74.05.1002.004",
    ]
    assert [region.code for region in subtree("31", level=Level.REGENCY)] == ["31.74", "31.75"]


def test_an_area_whose_code_merely_begins_alike_holds_nothing() -> None:
    assert list(subtree("31.74.1")) == []
    assert list(subtree("3%")) == []


def test_what_belongs_to_a_region_is_found_by_the_path_to_it() -> None:
    alias = RegionAlias.objects.create(
        region_id="31.74.05.1002", name="Pd. Pinang", normalised="pd pinang"
    )

    assert list(RegionAlias.objects.filter(within("region", "31.74"))) == [alias]
    assert list(RegionAlias.objects.filter(within("region", "31.75"))) == []


def test_a_subtree_filter_joins_no_table() -> None:
    query = str(RegionAlias.objects.filter(within("region", "31.74")).order_by().query)

    assert "JOIN" not in query


def test_children_are_in_the_order_of_their_names() -> None:
    Region.objects.filter(code="31.74.05.1002").update(name="Aaa")
    Region.objects.filter(code="31.74.05.1001").update(name="Bbb")

    assert [region.name for region in children("31.74.05")] == ["Aaa", "Bbb"]


def test_a_path_leads_from_the_province_to_the_region() -> None:
    assert [region.code for region in path("31.74.05.1002")] == [
        "31",
        "31.74",
        "31.74.05",
        "31.74.05.1002",
    ]


def test_the_path_of_an_unknown_region_ends_where_nothing_is_known() -> None:
    assert [region.code for region in path("31.75.09.1001")] == ["31", "31.75"]


def test_many_paths_cost_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        found = paths({"31.74.05.1001", "31.75"})

    assert [region.code for region in found["31.75"]] == ["31", "31.75"]
    assert [region.code for region in found["31.74.05.1001"]][-1] == "31.74.05.1001"


def test_a_region_exists_from_its_first_to_its_last_day() -> None:
    Region.objects.filter(code="31.75").update(
        valid_from=date(2001, 1, 1), valid_to=date(2025, 12, 30)
    )

    on = [date(2000, 12, 31), date(2001, 1, 1), date(2025, 12, 30), date(2025, 12, 31)]
    known = [Region.objects.filter(valid_on(day), code="31.75").exists() for day in on]

    assert known == [False, True, True, False]
