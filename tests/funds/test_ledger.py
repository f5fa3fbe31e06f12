"""What the database refuses, whoever writes: here past all actions, in plain SQL."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from ksbb.funds.enums import AccountKind
from ksbb.funds.models import Account, Posting
from tests.factories.funds import balance, make_confirmed

pytestmark = pytest.mark.django_db


def run(statement: str, *values: int | str | None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def post(debit: Account, credit: Account, amount: int, reverses: int | None = None) -> None:
    first = Posting.objects.order_by("pk")[0]
    run(
        "INSERT INTO funds_posting (debit_id, credit_id, amount, reason, at, entry_id, reverses_id)"
        " SELECT %s, %s, %s, %s, at, entry_id, %s FROM funds_posting WHERE id = %s",
        debit.pk,
        credit.pk,
        amount,
        "REVERSE" if reverses else "COST",
        reverses,
        first.pk,
    )


@pytest.fixture
def sides() -> tuple[Account, Account]:
    """Return (given, cash) of a gift of 100 rupiah."""
    gift = make_confirmed(100)
    given = Account.objects.get(gift=gift, kind=AccountKind.GIVEN)
    return given, Account.objects.get(gift=gift, kind=AccountKind.CASH)


def test_a_posting_written_by_hand_changes_both_balances(sides: tuple[Account, Account]) -> None:
    given, cash = sides

    post(cash, given, 5)

    assert (balance(AccountKind.CASH), balance(AccountKind.GIVEN)) == (105, -105)


def test_an_account_is_never_overdrawn(sides: tuple[Account, Account]) -> None:
    given, cash = sides

    with pytest.raises(DatabaseError, match="account_not_overdrawn"):
        post(given, cash, 101)

    post(given, cash, 100)
    assert balance(AccountKind.CASH) == 0


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_and_less_than_nothing_do_not_move(
    sides: tuple[Account, Account], amount: int
) -> None:
    with pytest.raises(DatabaseError):
        post(sides[1], sides[0], amount)


def test_nothing_moves_from_an_account_to_itself(sides: tuple[Account, Account]) -> None:
    with pytest.raises(DatabaseError, match="posting_between_two"):
        post(sides[1], sides[1], 5)


def test_nothing_moves_between_aggregators_or_units(sides: tuple[Account, Account]) -> None:
    given, _cash = sides
    foreign = Account.objects.get(gift=make_confirmed(7), kind=AccountKind.CASH)
    goods = Account.objects.get(
        gift=make_confirmed(9, kind="GOODS", aggregator=given.aggregator), kind=AccountKind.GIVEN
    )

    for debit in (foreign, goods):
        with pytest.raises(DatabaseError, match="one aggregator and one unit"):
            post(debit, given, 1)


def test_a_reversal_is_whole_goes_back_and_comes_once(sides: tuple[Account, Account]) -> None:
    given, cash = sides
    old = Posting.objects.get()

    for debit, credit, amount in ((given, cash, 99), (cash, given, 100)):
        with pytest.raises(DatabaseError, match="back the way it came"):
            post(debit, credit, amount, old.pk)
    post(given, cash, 100, old.pk)
    post(cash, given, 100)
    with pytest.raises(DatabaseError):
        post(given, cash, 100, old.pk)
    assert balance(AccountKind.CASH) == 100


@pytest.mark.parametrize("table", ["funds_posting", "funds_lot"])
def test_nothing_is_taken_out_of_the_book_again(table: str) -> None:
    make_confirmed(5, kind="GOODS")

    with pytest.raises(DatabaseError, match="append-only"):
        run(f"DELETE FROM {table}")
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"UPDATE {table} SET at = at")


@pytest.mark.usefixtures("sides")
def test_an_account_keeps_its_name_and_is_opened_empty() -> None:
    with pytest.raises(DatabaseError, match="keeps its name"):
        run("UPDATE funds_account SET kind = 'LOST' WHERE kind = 'CASH'")
    with pytest.raises(DatabaseError, match="opened empty"):
        run(
            "INSERT INTO funds_account (aggregator_id, kind, balance) "
            "SELECT aggregator_id, 'COSTS', 5 FROM funds_account WHERE kind = 'CASH'"
        )


@pytest.mark.usefixtures("sides")
def test_there_is_one_account_of_a_name() -> None:
    with pytest.raises(DatabaseError):
        run(
            "INSERT INTO funds_account (aggregator_id, kind, gift_id, balance) "
            "SELECT aggregator_id, kind, gift_id, 0 FROM funds_account WHERE kind = 'CASH'"
        )
