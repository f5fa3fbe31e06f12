"""The same request sent twice acts once; the same key with other content is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

from ksbb.audit.models import Entry
from ksbb.audit.queries import KeyRefusedError, KeyReusedError
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept, reject
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.actions.reserve import LineRequest, reserve
from ksbb.commitments.actions.schedule import schedule
from ksbb.commitments.actions.submit import submit
from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment, CommitmentLine, Movement
from tests.factories.collaborators import make_applicant, make_collaborator
from tests.factories.commitments import (
    DESK,
    NOON,
    line_of,
    make_commitment,
    make_draft,
    make_plan,
)
from tests.factories.deliveries import plan_it
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db

BY: dict[str, Any] = {"actor": DESK, "now": NOON + timedelta(minutes=5)}


class Case(NamedTuple):
    """An action: what it is done to, and how it is sent with content 1 or 2 and a key."""

    make: Callable[[], Any]
    send: Callable[[Any, int, str], Commitment]


def send_reserve(given: Any, content: int, key: str) -> Commitment:
    need, giver = given
    return reserve(
        programme=need.phase.programme,
        collaborator=giver,
        lines=[LineRequest(need.pk, content)],
        idempotency_key=key,
        **BY,
    )


def send_promise(given: Any, content: int, key: str) -> Commitment:
    need, giver = given
    return promise(
        programme=need.phase.programme,
        giver=giver,
        lines=[LineRequest(need.pk, 7)],
        plan=make_plan(remark=str(content)),
        idempotency_key=key,
        **BY,
    )


def send_submit(draft: Any, content: int, key: str) -> Commitment:
    plan = make_plan(remark=str(content))
    return submit(commitment_id=draft.pk, plan=plan, idempotency_key=key, **BY)


def send_accept(commitments: Any, content: int, key: str) -> Commitment:
    return accept(commitment_id=commitments[content].pk, idempotency_key=key, **BY)


def send_reject(commitment: Any, content: int, key: str) -> Commitment:
    return reject(commitment_id=commitment.pk, reason=str(content), idempotency_key=key, **BY)


def send_schedule(commitment: Any, content: int, key: str) -> Commitment:
    return schedule(
        commitment_id=commitment.pk,
        planned_for=date(2020, 5, content),
        delivery_window="",
        idempotency_key=key,
        **BY,
    )


def send_cancel(commitment: Any, content: int, key: str) -> Commitment:
    return cancel(
        commitment_id=commitment.pk,
        quantities={line_of(commitment).pk: content},
        reason="truk rusak",
        idempotency_key=key,
        **BY,
    )


CASES = [
    Case(lambda: (make_need(), make_collaborator()), send_reserve),
    Case(lambda: (make_need(), make_collaborator()), send_promise),
    Case(lambda: (make_need(), make_applicant()), send_promise),
    Case(make_draft, send_submit),
    Case(lambda: [make_commitment() for _ in range(3)], send_accept),
    Case(make_commitment, send_reject),
    Case(lambda: plan_it(make_commitment()), send_schedule),
    Case(make_commitment, send_cancel),
]
every_action = pytest.mark.parametrize("case", CASES, ids=lambda case: case.send.__name__[5:])


def written() -> list[object]:
    rows = (Collaborator, Commitment, CommitmentLine, Movement, Entry)
    return [row for model in rows for row in model.objects.order_by("pk").values()]


@every_action
def test_the_same_request_acts_once_and_answers_the_same(case: Case) -> None:
    given = case.make()
    first = case.send(given, 1, "klik")
    after_the_first = written()

    again = case.send(given, 1, "klik")

    assert again == first
    assert written() == after_the_first
    assert faults() == []


@every_action
def test_the_same_key_with_other_content_is_refused(case: Case) -> None:
    given = case.make()
    case.send(given, 1, "klik")
    after_the_first = written()

    with pytest.raises(KeyReusedError):
        case.send(given, 2, "klik")

    assert written() == after_the_first


@every_action
def test_a_key_that_cannot_be_kept_is_refused(case: Case) -> None:
    given = case.make()
    before = written()

    with pytest.raises(KeyRefusedError):
        case.send(given, 1, "k" * 81)

    assert written() == before


@every_action
def test_a_key_as_long_as_can_be_kept_is_taken(case: Case) -> None:
    given = case.make()

    case.send(given, 1, "k" * 80)

    assert Entry.objects.filter(idempotency_key="k" * 80).count() == 1


def test_a_key_of_one_action_is_refused_by_another() -> None:
    commitment = make_commitment()
    accept(commitment_id=commitment.pk, idempotency_key="klik", **BY)

    with pytest.raises(KeyReusedError):
        reject(commitment_id=commitment.pk, reason="ganda", idempotency_key="klik", **BY)


def test_a_late_repeat_answers_with_how_things_stand_now() -> None:
    commitment = make_commitment()
    send_accept([None, commitment], 1, "klik")
    send_schedule(commitment, 4, "")

    assert send_accept([None, commitment], 1, "klik").state == State.SCHEDULED


def test_without_a_key_nothing_is_taken_for_a_repeat() -> None:
    given = (make_need(100), make_collaborator())

    first, second = send_reserve(given, 40, ""), send_reserve(given, 40, "")

    assert first != second
    assert faults() == []


def test_cancelling_everything_is_another_request_than_cancelling_nothing() -> None:
    commitment = make_commitment()
    cancel(commitment_id=commitment.pk, reason="", idempotency_key="klik", **BY)

    with pytest.raises(KeyReusedError):
        cancel(commitment_id=commitment.pk, quantities={}, reason="", idempotency_key="klik", **BY)
