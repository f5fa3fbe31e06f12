from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ksbb.audit.models import Entry
from ksbb.needs.actions.publish import publish
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need
from ksbb.programmes.enums import Basis
from ksbb.programmes.models import Programme
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import (
    make_aid_type,
    make_kind,
    make_phase,
    make_programme,
    make_rule,
)
from tests.recount import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    """Return a programme of two phases which helps RW and orphanages."""
    programme = make_programme()
    programme.target_kinds.add(make_kind("rw"), make_kind("panti-asuhan"))
    make_phase(1)
    make_phase(4)
    return programme


def put_on_the_book(programme: Programme) -> int:
    return publish(programme=programme, actor=DESK, now=NOON)


def quantities() -> list[tuple[int, int]]:
    """Return (number of the phase, quantity) of all needs."""
    rows = Need.objects.order_by("pk").values_list("phase__number", "quantity")
    return list(rows)


def test_every_verified_place_gets_its_need_in_every_phase(programme: Programme) -> None:
    make_rule()
    make_target(families=120)
    make_target(families=80)

    assert put_on_the_book(programme) == 4
    assert quantities() == [(1, 120), (4, 120), (1, 80), (4, 80)]
    assert faults() == []


def test_a_daily_need_counts_the_days_of_the_phase(programme: Programme) -> None:
    make_rule(multiplier=4, per_day=True, aid_type=make_aid_type("makanan-siap-saji"))
    make_target(families=300)

    put_on_the_book(programme)

    assert quantities() == [(1, 300 * 4 * 7), (4, 300 * 4 * 9)]


def test_an_institution_is_counted_in_residents_rounded_up(programme: Programme) -> None:
    make_rule(target_kind=make_kind("panti-asuhan"), basis=Basis.RESIDENTS, divisor=4)
    make_target("panti-asuhan", families=None, residents=10)

    put_on_the_book(programme)

    assert quantities() == [(1, 3), (4, 3)]


def test_a_rule_for_one_phase_stands_in_that_phase_only(programme: Programme) -> None:
    make_rule(aid_type=make_aid_type("paket-lebaran"), phase=make_phase(4))
    make_target(families=120)

    put_on_the_book(programme)

    assert quantities() == [(4, 120)]


@pytest.mark.parametrize(("first", "second"), [("all", "one"), ("one", "all")])
def test_a_rule_for_one_phase_takes_the_place_of_the_rule_for_all(
    programme: Programme, first: str, second: str
) -> None:
    special: dict[str, Any] = {"multiplier": 2, "phase": make_phase(4)}
    rules = {"all": {"multiplier": 1}, "one": special}
    make_rule(**rules[first])
    make_rule(**rules[second])
    make_target(families=120)

    put_on_the_book(programme)

    assert quantities() == [(1, 120), (4, 240)]


@pytest.mark.parametrize(
    "unfit",
    [
        {"verification": Verification.PENDING},
        {"verification": Verification.REFUSED},
        {"kind": "pesantren"},
        {"village": "32.75.01.1001"},
        {"families": None},
        {"families": 0},
    ],
)
def test_a_place_that_is_not_to_be_helped_gets_no_need(
    programme: Programme, unfit: dict[str, str]
) -> None:
    make_rule()
    make_rule(target_kind=make_kind("pesantren"))
    make_target(**unfit)

    assert put_on_the_book(programme) == 0
    assert quantities() == []


def test_publishing_again_adds_what_is_new_and_leaves_what_stands(programme: Programme) -> None:
    make_rule()
    standing = make_target(families=120)
    put_on_the_book(programme)
    type(standing).objects.update(families=500)
    make_target(families=80)

    assert put_on_the_book(programme) == 2
    assert quantities() == [(1, 120), (4, 120), (1, 80), (4, 80)]


def test_a_need_entered_by_hand_stays_as_it_is(programme: Programme) -> None:
    make_rule()
    make_need(7, target=make_target(families=120), phase=make_phase(1))

    assert put_on_the_book(programme) == 1
    assert quantities() == [(1, 7), (4, 120)]


def test_one_place_can_be_published_alone(programme: Programme) -> None:
    make_rule()
    new, other = make_target(families=120), make_target(families=80)

    later = NOON + timedelta(hours=1)
    assert publish(programme=programme, only=new, actor=DESK, now=later) == 2
    assert list(Need.objects.filter(target=other)) == []


def test_a_publication_leaves_one_audit_row_and_an_empty_one_none(programme: Programme) -> None:
    make_rule()
    make_target(families=120)

    put_on_the_book(programme)
    put_on_the_book(programme)

    entry = Entry.objects.get(action="needs.publish")
    assert (entry.object_id, entry.changes) == (str(programme.pk), {"needs": 2})
