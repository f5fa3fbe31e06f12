"""One place entered by hand at the desk: with its count and contact, and never a silent twin."""

from __future__ import annotations

from typing import Any, Final

import pytest
from pytest_django import Settings

from ksbb.audit.models import Entry
from ksbb.needs.actions.enter import NewPlace
from ksbb.needs.actions.enter_place import PlaceRefusedError, enter_place
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, Target, TargetContact
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_pokja
from tests.factories.batches import make_ground
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import VILLAGE
from tests.factories.programmes import make_kind, make_programme

pytestmark = pytest.mark.django_db

PAGE: Final = "sasaran/baru/"
RW: Final = {
    "jenis": "rw",
    "kelurahan": VILLAGE,
    "rw": "4",
    "keluarga": "120",
    "sumber": "Pendataan RW, April 2020",
    "tanggal": "2020-04-30",
}
HOME: Final = RW | {"jenis": "panti", "rw": "", "nama": "Panti Asuhan Contoh", "penghuni": "40"}


@pytest.fixture(autouse=True)
def _ground(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()
    make_ground()
    make_programme().target_kinds.add(make_kind("panti"))


@pytest.fixture
def pokja() -> Officer:
    return Officer(make_pokja("pokja@example.org"))


def test_an_rw_is_entered_with_its_contact_and_verified_into_the_needs_of_the_rule(
    pokja: Officer,
) -> None:
    contact = {"peran": "Ketua RW", "orang": "Bapak Contoh", "telepon": "0812 0000 3333"}

    answer = pokja.send(PAGE, **RW, **contact)

    target = Target.objects.get()
    page = f"sasaran/{VILLAGE}.004/"
    assert answer.headers["Location"] == f"/en/pokja/{page}"
    assert (target.verification, target.families, target.source) == (
        Verification.PENDING,
        120,
        "Pendataan RW, April 2020",
    )
    assert TargetContact.objects.get().phone == "0812 0000 3333"
    about = Entry.objects.order_by("pk").values_list("action", "actor__email")
    by = "pokja@example.org"
    assert list(about) == [("needs.enter_place", by), ("needs.enter_contact", by)]
    assert "0812" not in str(list(Entry.objects.values()))
    pokja.send(f"{page}verifikasi/", page=page)
    assert list(Need.objects.values_list("quantity", flat=True)) == [120]


def test_the_same_rw_again_is_refused_and_leads_to_the_one_that_stands(pokja: Officer) -> None:
    pokja.send(PAGE, **RW)

    again = pokja.send(PAGE, **RW | {"keluarga": "130"})

    assert (again.status_code, Target.objects.get().families) == (409, 120)
    assert complaint(again) == [
        (
            "“RW 004 Kebayoran Lama Selatan” stands in the list already, with the code "
            f"{VILLAGE}.004. Change its count there."
        )
    ]
    assert f"/pokja/sasaran/{VILLAGE}.004/" in words(again)
    assert 'value="130"' in words(again)


def test_a_similar_name_is_asked_about_and_the_same_name_is_refused(pokja: Officer) -> None:
    pokja.send(PAGE, **HOME)

    alike = pokja.send(PAGE, **HOME | {"nama": "Panti Asuhan Contoo"})
    same = pokja.send(PAGE, **HOME | {"nama": "panti  asuhan CONTOH", "lain": "on"})
    other = pokja.send(PAGE, **HOME | {"nama": "Panti Asuhan Contoo", "lain": "on"})

    assert [one.status_code for one in (alike, same, other)] == [409, 409, 302]
    assert complaint(alike)[0].startswith(
        "In this kelurahan there is already: “Panti Asuhan Contoh”"
    )
    assert "stands in the list already" in complaint(same)[0]
    names = Target.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Panti Asuhan Contoh", "Panti Asuhan Contoo"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rw": ""}, "Write the number of the RW, for example 4."),
        ({"jenis": "panti"}, "Write the name of the place."),
        ({"keluarga": ""}, "Write how many families or residents were counted."),
        ({"sumber": ""}, "Write what the count rests on."),
        ({"orang": "Bapak Contoh", "peran": "Ketua"}, "Write the role, the name and the phone"),
        ({"kelurahan": "Antah"}, "“Antah” is no kelurahan we know."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_entered(
    changed: dict[str, str], said: str, pokja: Officer
) -> None:
    answer = pokja.send(PAGE, **RW | changed)

    assert (answer.status_code, Target.objects.count()) == (422, 0)
    assert complaint(answer)[0].startswith(said)


def test_one_request_enters_one_place() -> None:
    place = NewPlace(kind=make_kind(), region=f"{VILLAGE}.004", name="", values={"families": 120})
    by: dict[str, Any] = {"place": place, "actor": DESK, "now": NOON}

    first = enter_place(**by, idempotency_key="a")

    assert enter_place(**by, idempotency_key="a") == first
    with pytest.raises(PlaceRefusedError):
        enter_place(**by, idempotency_key="b")
