"""The same request from many places at once acts once, and everybody gets the same answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pytest
from django.db import IntegrityError

from ksbb.audit.models import Entry
from ksbb.audit.queries import Request
from ksbb.collaborators.actions.register import Applicant
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions import reserve
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.models import Commitment
from ksbb.needs.models import Need
from tests.concurrency.writers import at_once, behind
from tests.factories.collaborators import make_applicant, make_collaborator
from tests.factories.commitments import DESK, NOON, lines_for, make_plan
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db(transaction=True)

Outcome = Commitment | Exception
Rewrite = Callable[..., None]
WITHOUT_THE_LOCK = ("PERFORM pg_advisory_xact_lock(hashtextextended(request_key, 0));", "")


def click(need: Need, giver: Collaborator | Applicant) -> Commitment:
    return promise(
        programme=need.phase.programme,
        giver=giver,
        lines=lines_for({need: 40}),
        plan=make_plan(),
        actor=DESK,
        now=NOON,
        idempotency_key="klik",
    )


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize("make_giver", [make_collaborator, make_applicant])
def test_one_request_sent_16_times_at_once_acts_once(
    make_giver: Callable[[], Collaborator | Applicant],
) -> None:
    need, giver = make_need(1_000), make_giver()

    answers = at_once([partial(click, need, giver)] * 16)

    need.refresh_from_db()
    assert answers == [Commitment.objects.get()] * 16
    assert need.committed == 40
    assert Collaborator.objects.count() == 1
    assert faults() == []


def two_clicks_meet() -> list[Outcome]:
    """Let a second click come while the first waits for the need."""
    need, giver = make_need(100), make_collaborator()
    held = f"SELECT 1 FROM needs_need WHERE id = {need.pk} FOR UPDATE"
    return behind(held, partial(click, need, giver), partial(click, need, giver))


@pytest.mark.postgresql
@pytest.mark.usefixtures("_either_way")
def test_a_second_click_waits_for_the_first_and_gets_its_answer() -> None:
    first, second = two_clicks_meet()

    assert first == second == Commitment.objects.get()


def find_without_locking(request: Request) -> Entry | None:
    return Entry.objects.filter(idempotency_key=request.key).first()


def assert_the_second_click_met_a_bare_error(outcomes: Sequence[Outcome]) -> None:
    assert [type(one) for one in outcomes] == [Commitment, IntegrityError]
    assert Commitment.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.usefixtures("_the_long_way")
def test_without_the_lock_the_second_click_meets_a_bare_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reserve, "find_replay", find_without_locking)

    assert_the_second_click_met_a_bare_error(two_clicks_meet())


@pytest.mark.postgresql
def test_at_once_too_without_the_lock_the_second_click_meets_a_bare_error(
    rewrite: Rewrite,
) -> None:
    rewrite("commitments_take_at_once", WITHOUT_THE_LOCK)

    assert_the_second_click_met_a_bare_error(two_clicks_meet())
