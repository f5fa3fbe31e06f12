"""A code that was drawn before is drawn again; the giver never hears of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from ksbb.commitments.actions import reserve
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.models import Commitment
from ksbb.needs.models import Need
from tests.factories.collaborators import make_applicant
from tests.factories.commitments import (
    DESK,
    NOON,
    lines_for,
    make_commitment,
    make_draft,
    make_plan,
)
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db

TAKEN, FREE = "AAAA-2222", "BBBB-3333"


def draw(patch: pytest.MonkeyPatch, *codes: str) -> None:
    """Let these codes be drawn one after the other, and nothing after them."""
    patch.setattr(reserve, "new_code", partial(next, iter(codes)))


def by_a_newcomer(quantities: dict[Need, int]) -> Commitment:
    """Promise as somebody who is registered in the same step, so inside its transaction."""
    return promise(
        programme=next(iter(quantities)).phase.programme,
        giver=make_applicant(),
        lines=lines_for(quantities),
        plan=make_plan(),
        actor=DESK,
        now=NOON,
        idempotency_key="kunci",
    )


@pytest.mark.parametrize("give", [make_draft, make_commitment, by_a_newcomer])
def test_who_draws_a_code_that_is_taken_gets_another_one(
    monkeypatch: pytest.MonkeyPatch, give: Callable[[dict[Need, int]], Commitment]
) -> None:
    need = make_need(100)
    draw(monkeypatch, TAKEN, TAKEN)
    first = make_commitment({need: 40})
    draw(monkeypatch, TAKEN, TAKEN, TAKEN, FREE)

    second = give({need: 30})

    need.refresh_from_db()
    assert [first.code, second.code] == [TAKEN, FREE]
    assert need.committed == 70
    assert faults() == []
