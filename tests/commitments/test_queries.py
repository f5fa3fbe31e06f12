from __future__ import annotations

from datetime import timedelta

import pytest

from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.models import Commitment
from ksbb.commitments.queries import (
    all_submitted,
    awaiting_decision,
    find_by_code,
    in_hand,
    made_by,
    named,
    promised_to,
    with_clock,
)
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, make_commitment, make_draft
from tests.factories.deliveries import bring, make_planned
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    "typed", ["K7F3-9Q2M", "k7f39q2m", " K7F3 9Q2M ", "k7f3–9q2m", "K7F3-9Q2M\x00"]
)
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    commitment = make_commitment()
    Commitment.objects.update(code="K7F3-9Q2M")

    assert find_by_code(typed) == commitment


@pytest.mark.parametrize("typed", ["", "K7F3", "K7F3-9Q2", "K7F3-9Q2M9", "–", "'; DROP TABLE"])
def test_an_unknown_code_finds_nothing(typed: str) -> None:
    make_commitment()
    Commitment.objects.update(code="K7F3-9Q2M")

    assert find_by_code(typed) is None


def test_what_waits_longest_is_decided_first() -> None:
    younger, older = make_commitment(now=LATER), make_commitment(now=NOON)
    make_draft()
    make_planned()

    assert list(awaiting_decision()) == [older, younger]


def test_the_clock_that_runs_out_first_comes_first() -> None:
    late = accept(commitment_id=make_commitment().pk, actor=DESK, now=LATER)
    soon = accept(commitment_id=make_commitment().pk, actor=DESK, now=NOON)
    make_draft()

    assert list(with_clock()) == [soon, late]


def test_what_is_on_its_way_is_listed_by_its_day() -> None:
    later = make_planned(planned_for=DELIVERY_DAY + timedelta(days=1))
    half_brought = make_planned()
    bring(half_brought)
    make_commitment()

    assert list(in_hand()) == [half_brought, later]


def test_a_list_can_be_narrowed_to_a_code_or_a_name() -> None:
    giver = make_collaborator("PT Sinar Jaya")
    sun, other = make_commitment(collaborator=giver), make_commitment()

    assert list(named(all_submitted(), "sinar")) == [sun]
    assert list(named(all_submitted(), other.code.lower())) == [other]
    assert list(named(all_submitted(), "tidak ada")) == []


def test_a_giver_sees_what_they_promised_newest_first() -> None:
    giver = make_collaborator()
    first, second = (make_commitment(collaborator=giver) for _ in range(2))
    make_commitment()

    assert list(made_by(giver)) == [second, first]


def test_a_place_shows_what_still_stands() -> None:
    target = make_target()
    rice = make_need(100, target=target)
    meals = make_need(100, target=target, aid_type=make_aid_type("makanan-siap-saji"))
    standing = make_commitment({rice: 10})
    withdrawn = make_commitment({meals: 10})
    make_commitment()
    cancel(commitment_id=withdrawn.pk, reason="batal", actor=DESK, now=LATER)

    assert [line.commitment for line in promised_to(target)] == [standing]
