"""An officer of an area acts inside it and sees nothing of what lies outside."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from ksbb.accounts.enums import Role
from ksbb.audit.models import Entry
from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from ksbb.rights.models import Posting
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_admin, make_pokja, make_user
from tests.factories.commitments import NOON, make_commitment
from tests.factories.deliveries import plan_it
from tests.factories.needs import VILLAGE, make_need, make_target
from tests.factories.programmes import make_programme
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

ELSEWHERE = "31.75.01.1001"
DISTRICT = VILLAGE.rpartition(".")[0]


@pytest.fixture(autouse=True)
def _at_noon(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()
    make_programme()


@pytest.fixture
def inside() -> Target:
    return make_target(name="RW dalam", verification=Verification.PENDING)


@pytest.fixture
def outside() -> Target:
    return make_target(village=ELSEWHERE, name="RW luar", verification=Verification.PENDING)


@pytest.fixture
def wati(inside: Target) -> Officer:
    """Return an officer of the kecamatan in which the first place lies."""
    user = make_user("wati@example.org", role=Role.AREA)
    make_region(DISTRICT)
    Posting.objects.create(user=user, region_id=DISTRICT, since=NOON)
    assert inside.region_id.startswith(DISTRICT)
    return Officer(user)


def test_the_list_holds_the_own_area_only(wati: Officer, inside: Target, outside: Target) -> None:
    page = words(wati.open("sasaran/"))

    assert inside.name in page
    assert outside.name not in page


def test_a_place_inside_is_verified(wati: Officer, inside: Target) -> None:
    page = f"sasaran/{inside.code}/"

    answer = wati.send(f"{page}verifikasi/", page=page)

    inside.refresh_from_db()
    assert (answer.status_code, inside.verification) == (302, Verification.VERIFIED)
    assert Entry.objects.filter(actor__email="wati@example.org").count() == 1


@pytest.mark.parametrize("verb", ["verifikasi/", "tolak/"])
def test_a_place_outside_is_refused_with_a_sentence(
    verb: str, wati: Officer, inside: Target, outside: Target
) -> None:
    typed = wati.form(f"sasaran/{inside.code}/") | {"alasan": "Tidak ada"}

    looked = wati.open(f"sasaran/{outside.code}/")
    sent = wati.post(f"sasaran/{outside.code}/{verb}", typed)

    outside.refresh_from_db()
    assert (looked.status_code, sent.status_code) == (403, 403)
    assert "This lies outside the area of your account." in words(sent)
    assert outside.verification == Verification.PENDING


def test_deliveries_are_watched_inside_and_recorded_by_others(wati: Officer) -> None:
    here = plan_it(make_commitment({make_need(10): 5})).deliveries.get()
    there = plan_it(
        make_commitment({make_need(10, target=make_target(village=ELSEWHERE)): 5})
    ).deliveries.get()

    assert wati.open(f"penyaluran/{here.pk}/").status_code == 200
    assert wati.open(f"penyaluran/{there.pk}/").status_code == 403
    assert "Record the hand-over" not in words(wati.open(f"penyaluran/{here.pk}/"))
    assert wati.post(f"penyaluran/{here.pk}/serah-terima/", {}).status_code == 403
    listed = words(wati.open("penyaluran/?antrean=terencana"))
    assert here.target.name in listed
    assert there.target.name not in listed


def test_an_officer_without_an_area_sees_nothing(inside: Target) -> None:
    nobody = Officer(make_user(role=Role.AREA))

    assert inside.name not in words(nobody.open("sasaran/"))
    assert nobody.open(f"sasaran/{inside.code}/").status_code == 403


def test_an_administrator_gives_an_area_and_takes_it_back() -> None:
    make_region(DISTRICT, "Kebayoran Lama")
    user = make_user("wati@example.org")
    admin = Officer(make_admin())
    page = f"akun/{user.pk}/"

    given = admin.send(f"{page}wilayah/", page=page, wilayah=DISTRICT)
    user.refresh_from_db()
    assert (given.status_code, user.role) == (302, Role.AREA)
    assert "Kebayoran Lama" in words(admin.open(page))

    admin.send(f"{page}wilayah/lepas/", page=page, wilayah=DISTRICT)
    user.refresh_from_db()
    assert (user.role, user.postings.count()) == (Role.NONE, 0)
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "rights.post",
        "rights.recall",
    ]


@pytest.mark.parametrize("typed", ["31", "31.74.99", "x", "31.74.05.1002.004"])
def test_what_is_no_area_is_said(typed: str) -> None:
    make_target()
    user = make_user()
    admin = Officer(make_admin())
    page = f"akun/{user.pk}/"

    answer = admin.send(f"{page}wilayah/", page=page, wilayah=typed)

    assert answer.status_code == 409
    assert complaint(answer) == [
        f"“{typed}” is no kota, kecamatan or kelurahan. Write its code like 31.74.05.1002."
    ]


def test_who_decides_everywhere_gets_no_area() -> None:
    make_region(DISTRICT)
    user = make_pokja()
    admin = Officer(make_admin())
    page = f"akun/{user.pk}/"

    answer = admin.post(f"{page}wilayah/", admin.form(page) | {"wilayah": DISTRICT})

    assert answer.status_code == 409
    assert user.postings.count() == 0
