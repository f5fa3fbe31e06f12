"""Many who take from one gift's money at once: never more than there is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from ksbb.audit.actions.record import record
from ksbb.audit.models import Entry
from ksbb.funds.actions import spend as spending
from ksbb.funds.actions.pay_at_once import pay_at_once
from ksbb.funds.actions.post import Move, Name, post
from ksbb.funds.actions.spend import NotEnoughMoneyError, pay_cost
from ksbb.funds.enums import AccountKind, Reason
from ksbb.funds.locking import lock_accounts
from ksbb.funds.models import Account, Gift
from ksbb.shared.errors import DomainError
from tests.concurrency.conftest import never
from tests.concurrency.writers import GATE, at_once, behind, wait_at_the_gate
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import balance, make_confirmed
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db(transaction=True)

Rewrite = Callable[..., None]

STOP_BEFORE_WRITING = (
    "IF there IS DISTINCT FROM wanted THEN",
    "PERFORM pg_advisory_xact_lock_shared(1441); IF there IS DISTINCT FROM wanted THEN",
)
WITHOUT_THE_LOCK = ("FOR NO KEY UPDATE OF a", "")


class NotEnoughError(DomainError):
    """What a spender is told who comes too late."""


@transaction.atomic
def spend(gift: Gift, amount: int, *, locked: bool = True, stops: bool = False) -> int:
    """Pay costs out of a gift: look what is there, then take it."""
    accounts = Account.objects.filter(gift=gift, kind=AccountKind.CASH)
    held = lock_accounts(accounts)[0] if locked else accounts.get()
    if stops:
        wait_at_the_gate()
    if held.balance < amount:
        raise NotEnoughError(str(held.balance))
    entry = record(action="test.spend", obj=gift, actor=DESK, now=NOON)
    cash = Name(gift.aggregator_id, AccountKind.CASH, gift=gift.pk)
    costs = Name(gift.aggregator_id, AccountKind.COSTS, gift=gift.pk)
    post(entry=entry, reason=Reason.COST, moves=[Move(cash, costs, amount)])
    return amount


@pytest.mark.postgresql
def test_32_spenders_at_once_take_exactly_what_there_is() -> None:
    gift = make_confirmed(100)

    outcomes = at_once([partial(spend, gift, 5) for _ in range(32)])

    assert [one for one in outcomes if isinstance(one, int)] == [5] * 20
    assert {type(one) for one in outcomes} == {int, NotEnoughError}
    assert (balance(AccountKind.CASH), balance(AccountKind.COSTS)) == (0, 100)


@pytest.mark.sqlite
def test_on_sqlite_8_spenders_take_exactly_what_there_is() -> None:
    gift = make_confirmed(100)

    outcomes = at_once([partial(spend, gift, 20) for _ in range(8)])

    assert sorted(str(type(one).__name__) for one in outcomes) == [
        *["NotEnoughError"] * 3,
        *["int"] * 5,
    ]
    assert (balance(AccountKind.CASH), balance(AccountKind.COSTS)) == (0, 100)


@pytest.mark.postgresql
def test_with_the_lock_the_late_spender_is_told_what_is_left() -> None:
    gift = make_confirmed(100)
    take = partial(spend, gift, 70, stops=True)

    first, second = behind(GATE, take, take)

    assert first == 70
    assert isinstance(second, NotEnoughError)
    assert str(second) == "30"


@pytest.mark.postgresql
def test_without_the_lock_the_late_spender_meets_a_bare_error() -> None:
    gift = make_confirmed(100)
    take = partial(spend, gift, 70, locked=False, stops=True)

    outcomes = behind(GATE, take, take)

    assert {type(one) for one in outcomes} == {int, IntegrityError}
    assert balance(AccountKind.CASH) == 30


@pytest.mark.postgresql
def test_without_lock_and_constraint_the_money_is_spent_twice() -> None:
    gift = make_confirmed(100)
    take = partial(spend, gift, 70, locked=False, stops=True)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE funds_account DROP CONSTRAINT account_not_overdrawn")
    try:
        outcomes = behind(GATE, take, take)
        overdrawn = balance(AccountKind.CASH)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE funds_account ADD CONSTRAINT account_not_overdrawn CHECK ("
                "(kind IN ('GIVEN', 'BOUGHT') AND balance <= 0) "
                "OR (kind NOT IN ('GIVEN', 'BOUGHT') AND balance >= 0)) NOT VALID"
            )

    assert outcomes == [70, 70]
    assert overdrawn == -40


def costs_of(gift: Gift, amount: int) -> Callable[[], Entry]:
    """Return the action of an aggregator who pays costs from a gift, to be called by a writer."""
    return partial(
        pay_cost,
        aggregator=gift.aggregator,
        programme=make_programme(),
        amount=amount,
        what_for="sewa truk",
        actor=DESK,
        now=NOON,
    )


@pytest.mark.postgresql
@pytest.mark.parametrize("way", [pay_at_once, never], ids=["at once", "the long way"])
def test_32_who_pay_costs_at_once_pay_exactly_what_there_is(
    way: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spending, "pay_at_once", way)
    gift = make_confirmed(100)

    outcomes = at_once([costs_of(gift, 5) for _ in range(32)])

    kinds = [type(one) for one in outcomes]
    assert (kinds.count(Entry), kinds.count(NotEnoughMoneyError)) == (20, 12)
    assert (balance(AccountKind.CASH), balance(AccountKind.COSTS)) == (0, 100)


@pytest.mark.postgresql
def test_in_one_statement_too_the_late_payer_is_told_what_is_left(rewrite: Rewrite) -> None:
    rewrite("funds_pay_at_once", STOP_BEFORE_WRITING)
    gift = make_confirmed(100)

    first, second = behind(GATE, costs_of(gift, 70), costs_of(gift, 70))

    assert isinstance(first, Entry)
    assert isinstance(second, NotEnoughMoneyError)


@pytest.mark.postgresql
def test_in_one_statement_too_without_the_lock_the_late_payer_meets_a_bare_error(
    rewrite: Rewrite,
) -> None:
    rewrite("funds_pay_at_once", STOP_BEFORE_WRITING, WITHOUT_THE_LOCK)
    gift = make_confirmed(100)

    outcomes = behind(GATE, costs_of(gift, 70), costs_of(gift, 70))

    assert {type(one) for one in outcomes} == {Entry, IntegrityError}
    assert balance(AccountKind.CASH) == 30
