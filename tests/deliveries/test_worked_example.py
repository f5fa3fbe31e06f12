"""The worked example of docs/concepts.md, row by row."""

from __future__ import annotations

import pytest

from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.enums import State
from ksbb.commitments.models import Movement
from ksbb.deliveries.actions.correct import correct
from ksbb.needs.models import Need
from tests.factories.commitments import DESK, NOON
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db


def stands(need: Need) -> tuple[int, int, int, int]:
    need.refresh_from_db()
    return need.committed, need.delivered, need.received, need.open


def test_forty_are_promised_thirty_brought_and_twenty_eight_arrive() -> None:
    need = make_need(100)
    commitment = make_planned({need: 40})
    rows = [stands(need)]

    delivery = bring(commitment, {need: 30})
    rows.append(stands(need))
    answer(delivery, less=2)
    rows.append(stands(need))
    cancel(commitment_id=commitment.pk, reason="truk rusak", actor=DESK, now=NOON)
    rows.append(stands(need))
    correct(
        delivery_line_id=delivery.lines.get().pk,
        delivered=28,
        received=28,
        reason="tidak termuat",
        actor=DESK,
        now=NOON,
    )
    rows.append(stands(need))
    cancel(commitment_id=commitment.pk, reason="tidak termuat", actor=DESK, now=NOON)
    rows.append(stands(need))

    commitment.refresh_from_db()
    assert rows == [
        (40, 0, 0, 60),
        (40, 30, 0, 60),
        (40, 30, 28, 60),
        (30, 30, 28, 70),
        (30, 28, 28, 70),
        (28, 28, 28, 72),
    ]
    assert Movement.objects.count() == 6
    assert commitment.state == State.COMPLETED
    assert faults() == []
