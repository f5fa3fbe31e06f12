from __future__ import annotations

import pytest
from django.utils import translation

from ksbb.needs.enums import Verification
from ksbb.needs.spots import Spot, find_spot
from ksbb.regions.models import Region
from tests.factories.needs import make_target
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def tebet() -> Region:
    """Return a kecamatan with a point."""
    region = make_region("31.74.01", "Tebet")
    Region.objects.filter(pk=region.pk).update(lat=-6.23, lon=106.85)
    return region


@pytest.mark.parametrize("text", ["-6.2441,106.7811", " -6.24 , 106.78 ", "-6.2399; 106.7751"])
def test_a_point_is_rounded_to_a_kilometre(text: str) -> None:
    assert find_spot(text, "31") == Spot(
        -6.24, 106.78, "-6.24, 106.78", "-6.24,106.78", is_point=True
    )


@pytest.mark.parametrize("text", ["Tebet", "kec. tebt", "31.74.01", "317401"])
def test_an_area_is_found_by_name_or_code(tebet: Region, text: str) -> None:
    with translation.override("en"):
        spot = find_spot(text, "31")

    assert spot == Spot(-6.23, 106.85, "Kec. Tebet, Wilayah 31.74", tebet.code)


def test_a_place_is_found_by_its_code_unless_it_is_not_verified() -> None:
    home = make_target("panti", name="Panti Melati", lat=-6.2, lon=106.8)
    hidden = make_target("panti", lat=-6.2, lon=106.8, verification=Verification.PENDING)

    assert find_spot(home.code, "31") == Spot(-6.2, 106.8, "Panti Melati", home.code)
    assert find_spot(hidden.code, "31") is None


@pytest.mark.parametrize(
    "text",
    [
        "91,0",
        "-6.24,181",
        "89,0",
        "-6.24",
        "6,24,106,78",
        "zzzzzz",
        "",
        "31.73",
        "NaN,NaN",
        "1e5,0",
    ],
)
def test_what_has_no_point_is_no_spot(text: str) -> None:
    make_region("31.74.01", "Tebet")
    make_region("31.73", "Jakarta Barat")

    assert find_spot(text, "31") is None


def test_an_area_outside_the_programme_is_no_spot(tebet: Region) -> None:
    assert find_spot(tebet.code, "32") is None
