from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions.decide import amend
from ksbb.funds.actions.spend import pay_cost
from ksbb.funds.actions.stock import lose, take_back
from ksbb.funds.enums import AccountKind, GiftKind
from ksbb.funds.models import Account, Posting
from ksbb.funds.queries_close import beginning_of, end_of
from ksbb.funds.queries_statement import Statement, entries_of, statement_of
from tests.factories.commitments import DESK, NOON
from tests.factories.deliveries import bring, plan_it
from tests.factories.funds import MILLION, make_aggregator, make_confirmed, make_lot, set_aside
from tests.factories.needs import make_need
from tests.factories.programmes import make_aid_type, make_programme

pytestmark = pytest.mark.django_db

CASH, STOCK = AccountKind.CASH, AccountKind.STOCK
APRIL = NOON - timedelta(days=2)
LATE = NOON + timedelta(days=5)


def cost(aggregator: Collaborator, amount: int, now: datetime) -> int:
    entry = pay_cost(
        aggregator=aggregator,
        programme=make_programme(),
        amount=amount,
        what_for="truk",
        actor=DESK,
        now=now,
    )
    return entry.pk


@pytest.fixture
def baznas() -> Collaborator:
    """Return an aggregator with a history over three spans; the middle one is looked at."""
    aggregator = make_aggregator("BAZNAS")
    first = make_confirmed(3 * MILLION, aggregator=aggregator, now=APRIL)
    cost(aggregator, 100_000, APRIL)
    make_confirmed(2 * MILLION, aggregator=aggregator)
    make_confirmed(6, aggregator=aggregator, kind=GiftKind.GOODS)
    lot = make_lot(10, 200_000, aggregator=aggregator)
    need = make_need(9)
    bring(plan_it(set_aside(aggregator, {need: 5})), {need: 3})
    lose(lot_id=lot.pk, quantity=1, reason="basah", actor=DESK, now=NOON)
    wrong = cost(aggregator, 50_000, NOON)
    cost(aggregator, 30_000, NOON)
    take_back(entry_id=wrong, aggregator=aggregator, reason="dobel", actor=DESK, now=NOON)
    amend(gift_id=first.pk, amount=MILLION * 5 // 2, reason="salah", actor=DESK, now=LATE)
    make_lot(1, 200_000, aggregator=aggregator, now=LATE)
    return aggregator


def may(aggregator: Collaborator) -> Statement:
    return statement_of(aggregator, beginning_of(date(2020, 5, 1)), end_of(date(2020, 5, 3)))


def test_opening_and_what_moved_make_the_closing(baznas: Collaborator) -> None:
    found = may(baznas)

    assert found.opening[None, CASH] == 2_900_000
    assert found.net(None, AccountKind.GIVEN, CASH) == 2 * MILLION
    assert found.net(None, CASH, STOCK) == 2 * MILLION
    assert found.net(None, CASH, AccountKind.COSTS) == 30_000
    assert found.closing[None, CASH] == 2_870_000
    sembako = make_aid_type().pk
    assert found.opening[sembako, STOCK] == 0
    assert found.net(sembako, AccountKind.BOUGHT, STOCK) == 10
    assert found.net(sembako, AccountKind.GIVEN, STOCK) == 6
    assert found.net(sembako, STOCK, AccountKind.ALLOTTED) == 5
    assert found.net(sembako, AccountKind.ALLOTTED, AccountKind.DELIVERED) == 3
    assert found.net(sembako, STOCK, AccountKind.LOST) == 1
    assert found.closing[sembako, STOCK] == 10


def test_every_sum_is_that_of_the_ledger(baznas: Collaborator) -> None:
    found = may(baznas)
    for until, stood in ((found.since, found.opening), (found.until, found.closing)):
        sums: Counter[tuple[int | None, str]] = Counter()
        for one in Posting.objects.filter(at__lt=until).select_related("debit", "credit"):
            sums[one.debit.aid_type_id, one.debit.kind] += one.amount
            sums[one.credit.aid_type_id, one.credit.kind] -= one.amount
        assert {key: value for key, value in stood.items() if value} == {
            key: value for key, value in sums.items() if value
        }


def test_the_whole_time_ends_at_the_balances(baznas: Collaborator) -> None:
    found = statement_of(baznas, beginning_of(date(2020, 1, 1)), end_of(date(2020, 12, 31)))

    assert not any(found.opening.values())
    for (unit, kind), amount in found.closing.items():
        accounts = Account.objects.filter(aid_type=unit, kind=kind)
        assert amount == sum(accounts.values_list("balance", flat=True))


def test_costs_stand_beside_the_cap_up_to_the_end(baznas: Collaborator) -> None:
    (costs,) = may(baznas).costs

    assert (costs.received, costs.costs, costs.passes_cap) == (5 * MILLION, 130_000, False)


def test_entries_are_those_of_the_period_in_their_order(baznas: Collaborator) -> None:
    found = may(baznas)

    rows = list(entries_of(baznas, found.since, found.until))

    inside = Posting.objects.filter(at__gte=found.since, at__lt=found.until)
    assert [row.number for row in rows] == list(
        inside.order_by("at", "pk").values_list("pk", flat=True)
    )
    assert {row.place for row in rows if row.commitment} != {None}
    assert list(entries_of(make_aggregator(), found.since, found.until)) == []
