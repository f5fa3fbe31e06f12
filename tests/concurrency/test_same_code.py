"""Two givers who draw the same code at the same moment both get a commitment."""

from __future__ import annotations

from functools import partial

import pytest

from ksbb.commitments.actions import reserve
from ksbb.commitments.models import Commitment
from tests.concurrency.writers import behind
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need
from tests.recount import faults

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE_EITHER_IS_WRITTEN = "LOCK TABLE commitments_commitment IN EXCLUSIVE MODE"


@pytest.mark.postgresql
@pytest.mark.usefixtures("_either_way")
def test_two_who_draw_the_same_code_are_both_served(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["AAAA-2222"] * 4 + ["BBBB-3333", "CCCC-4444"])
    monkeypatch.setattr(reserve, "new_code", partial(next, codes))
    giver = make_collaborator()
    give = [partial(make_commitment, {make_need(9): 5}, collaborator=giver) for _ in range(2)]

    outcomes = behind(BEFORE_EITHER_IS_WRITTEN, *give)

    assert [type(one) for one in outcomes] == [Commitment, Commitment]
    assert Commitment.objects.filter(code="AAAA-2222").count() == 1
    assert Commitment.objects.count() == 2
    assert faults() == []
