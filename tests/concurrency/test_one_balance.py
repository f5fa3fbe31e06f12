"""Many who take from one gift's money at once: never more than there is."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from ksbb.audit.actions.record import record
from ksbb.funds.actions.post import Move, Name, post
from ksbb.funds.enums import AccountKind, Reason
from ksbb.funds.locking import lock_accounts
from ksbb.funds.models import Account, Gift
from ksbb.shared.errors import DomainError
from tests.concurrency.writers import GATE, at_once, behind, wait_at_the_gate
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import balance, make_confirmed

pytestmark = pytest.mark.django_db(transaction=True)


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
