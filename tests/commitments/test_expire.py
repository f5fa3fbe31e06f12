from __future__ import annotations

from datetime import timedelta

import pytest

from ksbb.audit.actors import SYSTEM
from ksbb.audit.models import Entry
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.actions.expire import expire, expire_due
from ksbb.commitments.enums import Reason, State
from ksbb.commitments.models import Commitment, Movement
from tests.factories.commitments import DESK, NOON, line_of, make_commitment, make_draft
from tests.factories.deliveries import bring, make_planned
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = NOON + timedelta(minutes=30)
TWO_DAYS = NOON + timedelta(hours=48)
A_SECOND = timedelta(seconds=1)


def make_accepted() -> Commitment:
    return accept(commitment_id=make_commitment().pk, actor=DESK, now=NOON)


def test_a_draft_nobody_submits_frees_its_quantity_after_half_an_hour() -> None:
    need = make_need(100)
    draft = make_draft({need: 40})

    assert expire_due(actor=SYSTEM, now=HALF_AN_HOUR) == [draft]

    need.refresh_from_db()
    draft.refresh_from_db()
    assert (need.committed, need.open) == (0, 100)
    assert (draft.state, draft.closed_at, draft.due_at) == (State.EXPIRED, HALF_AN_HOUR, None)


def test_an_accepted_commitment_nobody_follows_up_expires_after_two_days() -> None:
    commitment = make_accepted()

    assert expire_due(actor=SYSTEM, now=TWO_DAYS) == [commitment]

    freed = Movement.objects.get(reason=Reason.EXPIRE)
    assert (freed.delta, freed.at, freed.entry.channel) == (-40, TWO_DAYS, SYSTEM.channel)
    assert line_of(commitment).committed == 0


def test_nothing_expires_a_second_early() -> None:
    make_draft()
    make_accepted()

    assert expire_due(actor=SYSTEM, now=HALF_AN_HOUR - A_SECOND) == []


def test_what_has_no_clock_never_expires() -> None:
    make_commitment()
    make_planned()
    bring(make_planned())

    assert expire_due(actor=SYSTEM, now=NOON + timedelta(days=365)) == []


def test_a_commitment_scheduled_in_time_does_not_expire() -> None:
    commitment = make_planned()

    assert expire(commitment_id=commitment.pk, actor=SYSTEM, now=TWO_DAYS) is None

    commitment.refresh_from_db()
    assert (commitment.state, line_of(commitment).committed) == (State.SCHEDULED, 40)


def test_expiring_twice_frees_once() -> None:
    draft = make_draft()

    expire_due(actor=SYSTEM, now=HALF_AN_HOUR)

    assert expire_due(actor=SYSTEM, now=TWO_DAYS) == []
    assert Entry.objects.filter(action="commitments.expire").count() == 1
    assert line_of(draft).committed == 0


def test_the_longest_overdue_goes_first() -> None:
    accepted, draft = make_accepted(), make_draft()

    assert expire_due(actor=SYSTEM, now=TWO_DAYS) == [draft, accepted]
