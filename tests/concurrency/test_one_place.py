"""Two officers who enter one place by hand at the same time."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from ksbb.needs.actions import enter_place as entering
from ksbb.needs.actions.enter import NewPlace
from ksbb.needs.actions.enter_place import LooksAlikeError, PlaceRefusedError, enter_place
from ksbb.needs.models import Target
from tests.concurrency.writers import behind
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import VILLAGE
from tests.factories.programmes import make_kind
from tests.factories.regions import make_region

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

BY: dict[str, Any] = {"actor": DESK, "now": NOON}


def entered(*names: str) -> list[object]:
    """Let institutions be entered behind their kelurahan, one by one."""
    make_region(VILLAGE)
    kind = make_kind("panti")
    values = {"residents": 40}
    calls = [
        partial(
            enter_place, place=NewPlace(kind=kind, region=VILLAGE, name=one, values=values), **BY
        )
        for one in names
    ]
    held = f"SELECT 1 FROM regions_region WHERE code = '{VILLAGE}' FOR UPDATE"
    return list(behind(held, *calls))


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("Panti Contoh Satu", PlaceRefusedError), ("Panti Contoh Satoe", LooksAlikeError)],
)
def test_of_two_who_enter_one_place_the_second_is_told(name: str, refusal: type) -> None:
    first, second = entered("Panti Contoh Satu", name)

    assert isinstance(first, Target)
    assert type(second) is refusal
    assert Target.objects.count() == 1


def test_without_the_lock_nobody_asks_about_the_twin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "lock_village", lambda _place: None)

    outcomes = entered("Panti Contoh Satu", "Panti Contoh Satoe")

    assert LooksAlikeError not in {type(one) for one in outcomes}
