"""Few people in one place are not counted in public: no page, file or answer tells how many."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from ksbb.needs.models import AreaTotal
from ksbb.needs.small_numbers import published_count
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_kind, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> str:
    """Return the code of a home of three, whose need of one package is published."""
    make_programme().target_kinds.set([make_kind("panti")])
    place = make_target("panti", families=None, residents=3, lat=-6.2, lon=106.8)
    make_need(1, target=place)
    return place.code


@pytest.mark.parametrize(
    ("count", "told"), [(None, None), (0, 0), (1, "<5"), (4, "<5"), (5, 5), (400, 400)]
)
def test_counts_from_one_to_four_are_told_as_less_than_five(
    count: int | None, told: int | str | None
) -> None:
    assert published_count(count) == told


def test_the_page_of_a_small_home_tells_packages_and_no_head_count(
    client: Client, home: str
) -> None:
    page = client.get(f"/en/sasaran/{home}/").content.decode()

    assert '<dt>Residents</dt><dd class="number">&lt;5</dd>' in page
    assert '<dd class="number">3</dd>' not in page


def test_files_and_answers_say_the_same(client: Client, home: str) -> None:
    def file(ending: str) -> Any:
        answer: Any = client.get(f"/sasaran.{ending}")
        return answer.getvalue()

    row = list(csv.DictReader(io.StringIO(file("csv").decode("utf-8-sig"))))[1]
    (feature,) = json.loads(file("geojson"))["features"]
    (listed,) = client.get("/api/v1/targets").json()["items"]

    assert (row["residents"], row["quantity"]) == ("<5", "1")
    assert feature["properties"]["residents"] == "<5"
    assert listed["residents"] == "<5"
    assert client.get(f"/api/v1/targets/{home}").json()["residents"] == "<5"
    assert file("xlsx")[:2] == b"PK"


def test_no_sum_of_an_area_holds_people() -> None:
    columns = {field.name for field in AreaTotal._meta.fields}

    assert columns & {"families", "residents", "people"} == set()
