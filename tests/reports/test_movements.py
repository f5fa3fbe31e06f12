from __future__ import annotations

from datetime import timedelta

import pytest

from ksbb.commitments.actions.cancel import cancel
from ksbb.reports.movements import latest_movements
from tests.factories.commitments import DESK, NOON, make_commitment, make_draft
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


def test_the_newest_come_first_and_drafts_are_not_told() -> None:
    need = make_need(100)
    commitment = make_commitment({need: 40})
    cancel(
        commitment_id=commitment.pk,
        quantities={commitment.lines.get().pk: 15},
        reason="batal",
        actor=DESK,
        now=NOON + timedelta(hours=1),
    )
    make_draft({need: 5}, now=NOON + timedelta(hours=2))

    told = latest_movements(need.phase.programme)

    assert [(movement.delta, movement.reason) for movement in told] == [
        (-15, "CANCEL"),
        (40, "RESERVE"),
    ]


def test_only_so_many_are_told() -> None:
    need = make_need(100)
    make_commitment({need: 1})
    make_commitment({need: 2})

    told = latest_movements(need.phase.programme, limit=1)

    assert [movement.delta for movement in told] == [2]
