from __future__ import annotations

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import ChangedMeanwhileError, KeyReusedError, newest_entry_id
from ksbb.needs.actions.verify import decide_target
from ksbb.needs.enums import Verification
from ksbb.needs.models import Target
from tests.factories.commitments import DESK, NOON, line_of, make_commitment
from tests.factories.needs import make_target

pytestmark = pytest.mark.django_db


def decide(
    target: Target, decision: Verification, *, seen: int | None = None, key: str = ""
) -> Target:
    return decide_target(
        target_id=target.pk,
        decision=decision,
        reason="data ganda",
        actor=DESK,
        now=NOON,
        seen=seen,
        idempotency_key=key,
    )


@pytest.mark.parametrize("decision", [Verification.VERIFIED, Verification.REFUSED])
def test_a_decision_on_a_place_is_kept_with_its_reason(decision: Verification) -> None:
    target = make_target(verification=Verification.PENDING)

    assert decide(target, decision).verification == decision

    entry = Entry.objects.get()
    assert (entry.action, entry.reason) == (f"needs.target_{decision.lower()}", "data ganda")
    assert entry.changes == {"verification": [Verification.PENDING, decision]}


def test_the_decision_that_stands_already_leaves_no_trace() -> None:
    decide(make_target(), Verification.VERIFIED)

    assert list(Entry.objects.all()) == []


def test_what_is_committed_to_a_place_stays_when_the_place_is_refused() -> None:
    commitment = make_commitment()
    target = line_of(commitment).need.target

    decide(target, Verification.REFUSED)

    assert line_of(commitment).committed == 40


def test_the_same_decision_sent_twice_is_one_and_the_key_is_spent() -> None:
    target = make_target(verification=Verification.PENDING)
    decide(target, Verification.REFUSED, key="klik")
    decide(target, Verification.VERIFIED)

    assert decide(target, Verification.REFUSED, key="klik").verification == Verification.VERIFIED
    with pytest.raises(KeyReusedError):
        decide(target, Verification.VERIFIED, key="klik")


def test_whoever_saw_an_older_state_decides_nothing() -> None:
    target = make_target(verification=Verification.PENDING)
    seen = newest_entry_id(target)
    decide(target, Verification.REFUSED, seen=seen)

    with pytest.raises(ChangedMeanwhileError):
        decide(target, Verification.VERIFIED, seen=seen)
