"""Packages come back to stock while others are taken from it: a queue and no ring."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from ksbb.commitments.models import Commitment
from ksbb.funds.actions.free import cancel
from ksbb.funds.enums import AccountKind
from ksbb.needs.models import Need
from tests.concurrency.writers import behind
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import (
    MILLION,
    balance,
    make_aggregator,
    make_confirmed,
    make_lot,
    set_aside,
)
from tests.factories.needs import make_need

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

STOCK = "SELECT 1 FROM funds_account WHERE kind = 'STOCK' FOR UPDATE"


@pytest.mark.parametrize("cancels_first", [True, False])
def test_one_cancels_and_another_shares_out_of_the_same_lot(*, cancels_first: bool) -> None:
    aggregator = make_aggregator("BAZNAS")
    make_confirmed(2 * MILLION, aggregator=aggregator)
    make_lot(10, 200_000, aggregator=aggregator)
    first, second = make_need(9), make_need(9)
    promised = set_aside(aggregator, {first: 4, second: 2})

    def give_back() -> Commitment:
        return cancel(commitment_id=promised.pk, reason="x", actor=DESK, now=NOON)

    def take(need: Need) -> Commitment:
        return set_aside(aggregator, {need: 3})

    calls: list[Callable[[], Commitment]] = [give_back, partial(take, first)]
    outcomes = behind(STOCK, *(calls if cancels_first else calls[::-1]))

    assert {type(one).__name__ for one in outcomes} == {"Commitment"}
    assert balance(AccountKind.STOCK, aid_type__isnull=False) == 7
    assert balance(AccountKind.ALLOTTED, aid_type__isnull=False) == 3
