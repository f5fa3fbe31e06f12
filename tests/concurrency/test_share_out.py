"""Two who split a stock over many places in one act, at the same moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions import reserve
from ksbb.commitments.actions import share_out as module
from ksbb.commitments.actions.reserve import NeedsFullError
from ksbb.commitments.actions.share_out import SharedOut, share_out
from ksbb.commitments.models import Commitment
from ksbb.funds.actions import allot
from ksbb.funds.actions.allot import StockShortError
from ksbb.funds.enums import AccountKind, GiftKind
from ksbb.funds.locking import LockedAccount
from ksbb.funds.models import Account
from ksbb.needs.locking import LockedNeed
from ksbb.needs.models import Need
from tests.concurrency.writers import GATE, at_once, behind, wait_at_the_gate
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, lines_for, make_plan
from tests.factories.funds import balance, make_aggregator, make_confirmed, set_aside
from tests.factories.needs import make_need
from tests.factories.programmes import make_programme
from tests.recount import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _two_lines_a_commitment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LINES", 2)


def share(
    giver: Collaborator, needs: Sequence[Need], quantity: int, *, keep_rest: bool, key: str = ""
) -> SharedOut:
    return share_out(
        programme=make_programme(),
        giver=giver,
        lines=lines_for(dict.fromkeys(needs, quantity)),
        plan=make_plan(),
        keep_rest=keep_rest,
        actor=DESK,
        now=NOON,
        idempotency_key=key,
    )


def three_and_four() -> tuple[list[Need], list[Need]]:
    """Return needs of 100 at five places as two who split see them: two places are in both."""
    needs = [make_need(100) for _ in range(5)]
    return needs[:3], needs[4:0:-1]


def committed(needs: Collection[Need]) -> list[int]:
    rows = Need.objects.filter(pk__in=[need.pk for need in needs]).order_by("pk")
    return list(rows.values_list("committed", flat=True))


def read_needs_without_locking(need_ids: Collection[int]) -> list[LockedNeed]:
    """Read needs as their lock does, but without one."""
    rows = Need.objects.filter(pk__in=need_ids)
    found = rows.select_related("target", "phase__programme", "aid_type").order_by("pk")
    return [LockedNeed(need) for need in found]


def read_and_stop(need_ids: Collection[int]) -> list[LockedNeed]:
    """Read needs without a lock, and stop before anything is taken."""
    found = read_needs_without_locking(need_ids)
    wait_at_the_gate()
    return found


def stock_without_locking(accounts: QuerySet[Account]) -> list[LockedAccount]:
    """Read accounts without a lock, and stop before anything is taken."""
    found = [LockedAccount(account) for account in accounts.order_by("pk")]
    wait_at_the_gate()
    return found


def test_two_splits_at_once_leave_out_what_the_other_took_and_oversell_nothing() -> None:
    few, many = three_and_four()
    givers = make_collaborator(), make_collaborator()

    outcomes = at_once(
        [
            partial(share, givers[0], few, 60, keep_rest=True),
            partial(share, givers[1], many, 60, keep_rest=True),
        ]
    )

    made = [one for one in outcomes if isinstance(one, SharedOut)]
    assert sorted(len(one.refusals) for one in made) == [0, 2]
    assert [refusal.open for one in made for refusal in one.refusals] == [40, 40]
    assert committed([*few, *many]) == [60] * 5
    assert faults() == []


def test_of_two_splits_at_once_that_want_all_or_nothing_one_is_told_what_is_open() -> None:
    few, many = three_and_four()
    givers = make_collaborator(), make_collaborator()

    outcomes = at_once(
        [
            partial(share, givers[0], few, 60, keep_rest=False),
            partial(share, givers[1], many, 60, keep_rest=False),
        ]
    )

    assert {type(one) for one in outcomes} == {SharedOut, NeedsFullError}
    assert sum(committed([*few, *many])) in {180, 240}
    assert faults() == []


def test_one_page_sent_twice_at_once_splits_once() -> None:
    few, _many = three_and_four()
    send = partial(share, make_collaborator(), few, 30, keep_rest=True, key="bagi")

    first, second = at_once([send, send])

    assert isinstance(first, SharedOut)
    assert first == second
    assert (committed(few), Commitment.objects.count()) == ([30] * 3, 2)
    assert faults() == []


@pytest.fixture
def _without_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each read all it takes in one go, and stop there."""
    monkeypatch.setattr(module, "MAX_LINES", 200)
    monkeypatch.setattr(module, "lock_needs", read_needs_without_locking)
    monkeypatch.setattr(reserve, "lock_needs", read_and_stop)


@pytest.mark.postgresql
@pytest.mark.usefixtures("_without_the_lock")
def test_without_the_lock_the_late_split_meets_a_bare_error() -> None:
    few, many = three_and_four()
    calls = [partial(share, make_collaborator(), some, 60, keep_rest=True) for some in (few, many)]

    outcomes = behind(GATE, *calls)

    assert {type(one) for one in outcomes} == {SharedOut, IntegrityError}
    assert faults() == []


@pytest.mark.postgresql
@pytest.mark.usefixtures("_without_the_lock", "_without_the_constraint")
def test_without_lock_and_constraint_places_are_oversold() -> None:
    few, many = three_and_four()
    calls = [partial(share, make_collaborator(), some, 60, keep_rest=True) for some in (few, many)]

    behind(GATE, *calls)

    assert max(committed([*few, *many])) == 120


def test_two_splits_of_one_stock_at_once_take_no_more_than_it_holds() -> None:
    aggregator = make_aggregator()
    make_confirmed(100, aggregator=aggregator, kind=GiftKind.GOODS)
    few, many = three_and_four()
    calls = [partial(set_aside, aggregator, dict.fromkeys(some[:2], 30)) for some in (few, many)]

    outcomes = at_once(calls)

    assert {type(one) for one in outcomes} == {Commitment, StockShortError}
    assert (balance(AccountKind.STOCK), sum(committed([*few, *many]))) == (40, 60)
    assert faults() == []


@pytest.mark.postgresql
def test_without_the_lock_on_the_stock_the_late_split_meets_a_bare_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(allot, "lock_accounts", stock_without_locking)
    aggregator = make_aggregator()
    make_confirmed(100, aggregator=aggregator, kind=GiftKind.GOODS)
    calls = [partial(set_aside, aggregator, {make_need(100): 60}) for _ in range(2)]

    outcomes = behind(GATE, *calls)

    assert {type(one) for one in outcomes} == {Commitment, IntegrityError}
    assert balance(AccountKind.STOCK) == 40
