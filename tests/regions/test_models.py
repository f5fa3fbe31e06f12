from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("31.74", Level.DISTRICT, "31"),
        ("31.74.05", Level.DISTRICT, "31.75"),
        ("31.74.05", Level.DISTRICT, None),
        ("32", Level.PROVINCE, "31"),
    ],
)
def test_the_database_refuses_a_code_that_disagrees_with_level_or_parent(
    code: str, level: Level, parent: str | None
) -> None:
    make_region("31.75")

    with pytest.raises(IntegrityError, match="regions_code_level_and_parent_agree"):
        Region.objects.create(code=code, name="Contoh", level=level, parent_id=parent)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lat": -6.2},
        {"lon": 106.8},
        {"lat": 106.8, "lon": -6.2},
        {"valid_from": date(2025, 1, 1), "valid_to": date(2024, 1, 1)},
    ],
)
def test_the_database_refuses_half_a_point_and_a_validity_that_runs_backwards(
    wrong: dict[str, Any],
) -> None:
    with pytest.raises(IntegrityError, match="regions_"):
        Region.objects.create(code="31", name="Contoh", level=Level.PROVINCE, **wrong)


def test_a_region_with_something_below_it_cannot_be_deleted() -> None:
    make_region("31.74.05.1002.004")

    with pytest.raises(ProtectedError):
        Region.objects.get(code="31.74.05.1002").delete()


def test_a_region_knows_what_it_came_from_and_what_became_of_it() -> None:
    kapuk = make_region("31.73.01.1005")
    east = make_region("31.73.01.9001")
    east.predecessors.add(kapuk)

    assert list(kapuk.successors.all()) == [east]
    assert list(kapuk.predecessors.all()) == []
