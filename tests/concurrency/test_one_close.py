"""A period is closed while somebody still posts into it: the sum knows of it."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import pytest
from django.db import transaction

from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions import close as actions
from ksbb.funds.actions.spend import pay_cost
from ksbb.funds.queries_close import end_of, unspent_at
from ksbb.shared.clock import WIB
from tests.concurrency.writers import GATE, behind, wait_at_the_gate
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import MILLION, make_aggregator, make_confirmed
from tests.factories.programmes import make_programme

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

APRIL = date(2020, 4, 30)
IN_APRIL = datetime(2020, 4, 30, 23, 59, tzinfo=WIB)


@transaction.atomic
def spend_late(aggregator: Collaborator) -> None:
    """Write a cost of the last minute down, and be slow to end."""
    programme = make_programme()
    pay_cost(
        aggregator=aggregator,
        programme=programme,
        amount=400_000,
        what_for="truk",
        actor=DESK,
        now=IN_APRIL,
    )
    wait_at_the_gate()


def shut(aggregator: Collaborator) -> int:
    return actions.close(
        aggregator=aggregator, last=APRIL, bank=0, reason="contoh", actor=DESK, now=NOON
    ).book


def both(aggregator: Collaborator) -> object:
    _spent, book = behind(GATE, partial(spend_late, aggregator), partial(shut, aggregator))
    return book


@pytest.fixture
def baznas() -> Collaborator:
    aggregator = make_aggregator("BAZNAS")
    make_confirmed(MILLION, aggregator=aggregator, now=IN_APRIL)
    return aggregator


def test_whoever_closes_waits_for_what_is_being_posted(baznas: Collaborator) -> None:
    assert both(baznas) == unspent_at(baznas, end_of(APRIL)) == 600_000


def test_without_the_lock_the_sum_misses_it(
    baznas: Collaborator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "lock_closing", lambda _aggregator: None)

    assert both(baznas) == MILLION
    assert unspent_at(baznas, end_of(APRIL)) == 600_000
