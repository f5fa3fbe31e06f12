from __future__ import annotations

import pytest

from ksbb.needs.actions.admit import admit
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, Target
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import make_target
from tests.factories.programmes import make_kind, make_phase, make_programme, make_rule

pytestmark = pytest.mark.django_db


def let_in(target: Target, *, key: str = "") -> Target:
    return admit(target_id=target.pk, actor=DESK, now=NOON, idempotency_key=key)


@pytest.fixture
def programme() -> Programme:
    """Return a programme of one phase which helps RW by one rule."""
    programme = make_programme()
    programme.target_kinds.add(make_kind())
    make_phase()
    make_rule()
    return programme


@pytest.mark.usefixtures("programme")
def test_a_place_is_verified_together_with_what_it_needs() -> None:
    target = let_in(make_target(families=120, verification=Verification.PENDING))

    assert target.verification == Verification.VERIFIED
    assert list(Need.objects.values_list("target", "quantity")) == [(target.pk, 120)]


def test_a_closed_programme_gets_no_new_needs(programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(state=ProgrammeState.CLOSED)

    let_in(make_target(verification=Verification.PENDING))

    assert list(Need.objects.all()) == []


@pytest.mark.usefixtures("programme")
def test_a_place_let_in_twice_by_one_click_needs_once() -> None:
    target = make_target(verification=Verification.PENDING)

    first, again = (let_in(target, key="klik") for _ in range(2))

    assert again == first
    assert Need.objects.count() == 1
