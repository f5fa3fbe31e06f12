from __future__ import annotations

from collections.abc import Callable

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import KeyReusedError
from ksbb.collaborators.actions.verify import (
    AlreadyDecidedError,
    ReasonMissingError,
    refuse,
    verify,
)
from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON

pytestmark = pytest.mark.django_db


def confirm(collaborator: Collaborator, key: str = "") -> Collaborator:
    return verify(collaborator_id=collaborator.pk, actor=DESK, now=NOON, idempotency_key=key)


def turn_down(collaborator: Collaborator, key: str = "", reason: str = "palsu") -> Collaborator:
    return refuse(
        collaborator_id=collaborator.pk, reason=reason, actor=DESK, now=NOON, idempotency_key=key
    )


DECISIONS = [(confirm, Verification.VERIFIED, ""), (turn_down, Verification.REFUSED, "palsu")]
Decide = Callable[..., Collaborator]


@pytest.mark.parametrize(("decide", "verification", "reason"), DECISIONS)
def test_a_decision_on_a_collaborator_is_kept(
    decide: Decide, verification: Verification, reason: str
) -> None:
    collaborator = decide(make_collaborator(verification=Verification.PENDING))

    collaborator.refresh_from_db()
    assert collaborator.verification == verification
    entry = Entry.objects.get()
    assert (entry.action, entry.reason) == (f"collaborators.{verification.lower()}", reason)
    assert entry.changes == {"verification": [Verification.PENDING, verification]}


@pytest.mark.parametrize("decide", [confirm, turn_down])
@pytest.mark.parametrize("decided", [Verification.VERIFIED, Verification.REFUSED])
def test_what_is_decided_is_not_decided_again(decide: Decide, decided: Verification) -> None:
    collaborator = make_collaborator("PT Contoh", verification=decided)

    with pytest.raises(AlreadyDecidedError, match="PT Contoh"):
        decide(collaborator)

    assert Collaborator.objects.get().verification == decided
    assert list(Entry.objects.all()) == []


def test_nobody_is_refused_without_being_told_why() -> None:
    collaborator = make_collaborator(verification=Verification.PENDING)

    with pytest.raises(ReasonMissingError):
        turn_down(collaborator, reason="  ")

    assert Collaborator.objects.get().verification == Verification.PENDING


@pytest.mark.parametrize(("decide", "other"), [(confirm, turn_down), (turn_down, confirm)])
def test_the_same_decision_sent_twice_is_one(decide: Decide, other: Decide) -> None:
    collaborator = make_collaborator(verification=Verification.PENDING)

    first, again = (decide(collaborator, key="klik") for _ in range(2))

    assert again == first
    assert Entry.objects.count() == 1
    with pytest.raises(KeyReusedError):
        other(collaborator, key="klik")
