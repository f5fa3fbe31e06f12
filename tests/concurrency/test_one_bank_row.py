"""Two members of an aggregator answer the bank at once: a row, and a gift, are taken once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import IntegrityError, connection

from ksbb.collaborators.models import Collaborator
from ksbb.funds.actions import bank as actions
from ksbb.funds.actions.bank import BankRefusedError
from ksbb.funds.enums import AccountKind
from ksbb.funds.locking import LockedBankRow, LockedGift
from ksbb.funds.models import BankAnswer, BankRow, Gift
from ksbb.shared.append_only import lifted
from tests.concurrency.conftest import execute
from tests.concurrency.writers import GATE, behind, wait_at_the_gate
from tests.factories.commitments import DESK, NOON
from tests.factories.funds import MILLION, balance, make_aggregator, make_bank_row, make_gift

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture(autouse=True)
def _emptied(transactional_db: None) -> Iterator[None]:  # noqa: ARG001 - which cleans after it
    """Take the rows of the bank away after a test, which their guard refuses from everybody."""
    yield
    execute("ALTER TABLE funds_bankrow DISABLE TRIGGER funds_keep_bank_row")
    with lifted(connection):
        execute("DELETE FROM funds_bankanswer")
        execute("DELETE FROM funds_bankrow")
    execute("ALTER TABLE funds_bankrow ENABLE TRIGGER funds_keep_bank_row")


@pytest.fixture
def baznas() -> Collaborator:
    return make_aggregator("BAZNAS")


@pytest.fixture
def _slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each member stop behind the check of the row and of the gift."""
    check = actions._check_gift  # noqa: SLF001 - a member stops in the middle of the action

    def checked(gift: LockedGift, row: LockedBankRow) -> None:
        check(gift, row)
        wait_at_the_gate()

    monkeypatch.setattr(actions, "_check_gift", checked)


def say(row: BankRow, gift: Gift) -> Callable[[], list[BankAnswer]]:
    return partial(actions.match, row_id=row.pk, parts={gift.pk: None}, actor=DESK, now=NOON)


@pytest.mark.usefixtures("_slowly")
def test_of_two_who_answer_one_row_the_second_is_told(baznas: Collaborator) -> None:
    row, gifts = make_bank_row(baznas), [make_gift(aggregator=baznas) for _ in range(2)]

    first, second = behind(GATE, *(say(row, gift) for gift in gifts))

    assert isinstance(first, list)
    assert isinstance(second, BankRefusedError)
    assert balance(AccountKind.CASH) == MILLION


@pytest.mark.usefixtures("_slowly")
def test_of_two_rows_that_are_said_to_be_one_gift_the_second_is_told(baznas: Collaborator) -> None:
    gift = make_gift(aggregator=baznas)
    rows = [make_bank_row(baznas, text=text) for text in ("satu", "dua")]

    first, second = behind(GATE, *(say(row, gift) for row in rows))

    assert isinstance(first, list)
    assert isinstance(second, BankRefusedError)
    assert balance(AccountKind.CASH) == MILLION


@pytest.mark.usefixtures("_slowly")
def test_without_the_lock_the_second_meets_a_bare_error(
    baznas: Collaborator, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, gifts = make_bank_row(baznas), [make_gift(aggregator=baznas) for _ in range(2)]
    rows = BankRow.objects.select_related("account")
    monkeypatch.setattr(actions, "lock_bank_row", lambda key: rows.get(pk=key))

    outcomes = behind(GATE, *(say(row, gift) for gift in gifts))

    assert {type(one) for one in outcomes} == {list, IntegrityError}
    assert balance(AccountKind.CASH) == MILLION
