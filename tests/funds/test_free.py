"""Whatever frees a commitment brings its packages back to stock in the same step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.models import Commitment
from ksbb.deliveries.actions.change import change
from ksbb.funds.actions.free import cancel, reject
from ksbb.funds.enums import AccountKind, Reason
from ksbb.funds.models import Posting
from ksbb.reports.integrity import differences
from tests.factories.commitments import DESK, NOON, line_of, make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.funds import (
    MILLION,
    balance,
    make_aggregator,
    make_confirmed,
    make_lot,
    set_aside,
)
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def baznas() -> Collaborator:
    aggregator = make_aggregator("BAZNAS")
    make_confirmed(2 * MILLION, aggregator=aggregator)
    make_lot(10, 200_000, aggregator=aggregator)
    return aggregator


def in_stock() -> tuple[int, int]:
    """Return packages in stock and set aside; their rupiah go along."""
    stands = [
        balance(kind, aid_type__isnull=False) for kind in (AccountKind.STOCK, AccountKind.ALLOTTED)
    ]
    money = [
        balance(kind, aid_type__isnull=True) for kind in (AccountKind.STOCK, AccountKind.ALLOTTED)
    ]
    assert money == [200_000 * packages for packages in stands]
    return stands[0], stands[1]


def by_cancelling(one: Commitment) -> None:
    cancel(commitment_id=one.pk, reason="truk rusak", actor=DESK, now=NOON)


def by_rejecting(one: Commitment) -> None:
    reject(commitment_id=one.pk, reason="dobel", actor=DESK, now=NOON)


def by_time(one: Commitment) -> None:
    accept(commitment_id=one.pk, actor=DESK, now=NOON)
    call_command("expire_commitments", stdout=StringIO())


@pytest.mark.parametrize(
    "free",
    [by_cancelling, by_rejecting, by_time],
    ids=lambda one: one.__name__,
)
def test_the_stock_is_back_at_once(
    baznas: Collaborator, free: Callable[[Commitment], None], settings: Settings
) -> None:
    settings.KSBB_CLOCK = (NOON + timedelta(days=9)).isoformat()
    one = set_aside(baznas, {make_need(9): 6})
    assert in_stock() == (4, 6)

    free(one)

    assert in_stock() == (10, 0)
    assert Entry.objects.filter(action="funds.bring_back").count() == 1
    assert differences() == []


def test_what_was_handed_over_stays_out_and_a_part_brings_back_a_part(
    baznas: Collaborator,
) -> None:
    need = make_need(9)
    one = plan_it(set_aside(baznas, {need: 6}))
    bring(one, {need: 2})

    for _time in range(2):
        cancel(
            commitment_id=one.pk,
            quantities={line_of(one).pk: 3},
            reason="kurang",
            actor=DESK,
            now=NOON,
            idempotency_key="k",
        )

    assert in_stock() == (7, 1)
    assert balance(AccountKind.DELIVERED, aid_type__isnull=False) == 2
    returned = Posting.objects.filter(reason=Reason.RETURN, debit__aid_type__isnull=False)
    assert [one.amount for one in returned] == [3]


def test_a_place_that_gets_less_gives_its_stock_to_the_one_that_gets_more(
    baznas: Collaborator,
) -> None:
    one, there = set_aside(baznas, {make_need(9): 6}), make_need(9)

    change(
        commitment_id=one.pk,
        less={line_of(one).pk: 4},
        more={there.pk: 4},
        reason="salah",
        actor=DESK,
        now=NOON,
    )

    assert in_stock() == (4, 6)
    here = line_of(one, there)
    assert balance(AccountKind.ALLOTTED, line=here, aid_type__isnull=False) == 4


def test_a_commitment_without_stock_is_left_alone(baznas: Collaborator) -> None:
    cancel(commitment_id=make_commitment(collaborator=baznas).pk, reason="x", actor=DESK, now=NOON)

    assert in_stock() == (10, 0)
    assert Entry.objects.filter(action="funds.bring_back").count() == 0
