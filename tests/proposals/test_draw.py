from __future__ import annotations

from datetime import datetime

import pytest

from ksbb.allocation.explain import Explanation
from ksbb.programmes.models import Programme
from ksbb.proposals.offer import Offer
from ksbb.proposals.propose import propose
from ksbb.shared.clock import WIB
from tests.factories.needs import VILLAGE, make_need, make_target

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 5, 3, 12, tzinfo=WIB)
TWINS = [f"{VILLAGE}.{number:03d}" for number in (11, 12, 13)]


def proposed(codes: list[str]) -> tuple[list[str], Explanation]:
    needs = [make_need(target=make_target(code=code)) for code in codes]
    programme: Programme = needs[0].phase.programme
    found = propose(
        programme=programme,
        offer=Offer(aid_type="sembako", phase=2, packages=10, max_stops=1, seed=7),
        now=NOW,
    )
    return [found.places[one.row].code for one in found.explanation.reasons], found.explanation


@pytest.mark.parametrize("order", [1, -1])
def test_who_is_drawn_does_not_depend_on_the_order_of_entry(order: int) -> None:
    chosen, told = proposed(TWINS[::order])

    assert chosen == ["31.74.05.1002.013"]
    assert told.reasons[0].tied
    assert told.digest == "8f1f6c948f2e5f28a077ac19a02b8e238517c45bd30f6c5b21925d3e8d7f1911"
