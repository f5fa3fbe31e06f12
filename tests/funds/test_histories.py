"""Whatever donors, aggregators and the desk do in whatever order, the money book stays in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ksbb.audit.actors import SYSTEM
from ksbb.audit.models import Entry
from ksbb.collaborators.actions.permit import restore_permit, suspend_permit
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.actions.expire import expire_due
from ksbb.commitments.actions.reserve import LineRequest
from ksbb.commitments.models import Commitment
from ksbb.deliveries.actions.change import change
from ksbb.deliveries.actions.correct import correct
from ksbb.deliveries.actions.hand_over import hand_over
from ksbb.deliveries.actions.plan import plan
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine
from ksbb.funds.actions.allot import commit_from_stock
from ksbb.funds.actions.bank import match, take_back_answer
from ksbb.funds.actions.decide import amend, confirm, refuse
from ksbb.funds.actions.declare import Wish, declare
from ksbb.funds.actions.follow import bring_back
from ksbb.funds.actions.spend import Bill, buy, pay_cost
from ksbb.funds.actions.stock import lose, take_back
from ksbb.funds.earmarks import Purpose
from ksbb.funds.enums import GiftKind
from ksbb.funds.models import Account, BankRow, Gift, Lot
from ksbb.funds.queries_trace import payers_of, trace_of
from ksbb.shared.errors import DomainError
from tests.deliveries.test_histories import pick
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_plan
from tests.factories.funds import make_aggregator, make_bank_row, make_confirmed, make_lot
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase, make_programme
from tests.recount import faults

T = TypeVar("T")
NTH = st.integers(0, 12)
AMOUNTS = st.sampled_from([1, 7, 100, 333, 1_000])
REVERSIBLE = ("funds.buy", "funds.pay_cost", "funds.lose")
AREAS = ("31.71", "31.74")


class Histories(RuleBasedStateMachine):
    """Two aggregators, two donors, two places, and everybody does something, sensible or not."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        make_phase(1)
        phase = make_phase(4)
        self.programme = make_programme()
        self.aid_type = make_aid_type()
        self.needs = [
            make_need(60, phase=phase),
            make_need(40, target=make_target(village="31.71.01.1001"), phase=phase),
        ]
        self.aggregators = [make_aggregator(), make_aggregator()]
        self.donors = [make_collaborator(), make_collaborator()]
        self.areas = [self.needs[0].target.region.__class__.objects.get(pk=one) for one in AREAS]
        self.now = NOON
        self.something_has_happened_before()

    def something_has_happened_before(self) -> None:
        """Begin in the middle: both hold money and packages, one promise is under way."""
        for nth, aggregator in enumerate(self.aggregators):
            for amount, area in ((1_000, None), (333, self.areas[1]), (100, self.areas[0])):
                make_confirmed(
                    amount,
                    aggregator=aggregator,
                    donor=self.donors[nth],
                    phase=make_phase(4),
                    area=area,
                )
            make_lot(20, 7, aggregator=aggregator)
            make_lot(10, 3, aggregator=aggregator, purpose=Purpose(AREAS[1], None))
            self.packages_are_promised_from_stock(nth, [12, 5])
        self.something_is_handed_over(0, 1)

    def teardown(self) -> None:
        self.every_trace_sums_to_the_rupiah()
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, action: Callable[..., T], **content: Any) -> T | None:
        """Act, or be refused with a sentence and change nothing; any other error is a fault."""
        self.now += timedelta(minutes=1)
        before = book()
        try:
            return action(actor=DESK, now=self.now, **content)
        except DomainError:
            after = book()
        assert after == before
        return None

    @rule(nth=NTH, quantity=AMOUNTS, goods=st.booleans(), area=st.integers(0, 3))
    def somebody_gives(self, nth: int, quantity: int, *, goods: bool, area: int) -> None:
        wish = Wish(
            kind=GiftKind.GOODS if goods else GiftKind.MONEY,
            quantity=quantity,
            aid_type=self.aid_type if goods else None,
            area=self.areas[area] if area < 2 else None,
        )
        gift = self.attempt(
            declare,
            programme=self.programme,
            donor=self.donors[nth % 2],
            aggregator=self.aggregators[nth // 2 % 2],
            wish=wish,
        )
        if gift and nth % 3:
            self.attempt(confirm, gift_id=gift.pk, counted=quantity)

    @rule(nth=NTH, less=st.integers(-1, 2))
    def a_gift_is_decided_on(self, nth: int, less: int) -> None:
        for gift in pick(Gift.objects.all(), nth):
            if less < 0:
                self.attempt(refuse, gift_id=gift.pk, reason="tidak masuk")
            counted = max(gift.declared - less, 0)
            self.attempt(confirm, gift_id=gift.pk, counted=counted, reason="dihitung")

    @rule(nth=NTH, amount=AMOUNTS)
    def an_amount_is_mended(self, nth: int, amount: int) -> None:
        for gift in pick(Gift.objects.all(), nth):
            self.attempt(amend, gift_id=gift.pk, amount=amount, reason="salah ketik")

    @rule(nth=NTH, quantity=st.integers(0, 40), price=st.sampled_from([1, 3, 7]))
    def packages_are_bought(self, nth: int, quantity: int, price: int) -> None:
        bill = Bill(
            aid_type=self.aid_type,
            quantity=quantity,
            unit_price=price,
            supplier="CV Contoh",
            invoice=f"F-{Lot.objects.count()}",
            purpose=Purpose(AREAS[nth % 3] if nth % 3 < 2 else None, None),
        )
        self.attempt(buy, aggregator=self.aggregators[nth % 2], programme=self.programme, bill=bill)

    @rule(nth=NTH, amount=AMOUNTS)
    def costs_are_paid(self, nth: int, amount: int) -> None:
        self.attempt(
            pay_cost,
            aggregator=self.aggregators[nth % 2],
            programme=self.programme,
            amount=amount,
            what_for="truk",
        )

    @rule(nth=NTH, quantity=st.integers(0, 5))
    def packages_are_spoiled(self, nth: int, quantity: int) -> None:
        for lot in pick(Lot.objects.all(), nth):
            self.attempt(lose, lot_id=lot.pk, quantity=quantity, reason="basah")

    @rule(nth=NTH)
    def something_is_reversed(self, nth: int) -> None:
        for entry in pick(Entry.objects.filter(action__in=REVERSIBLE), nth):
            for aggregator in self.aggregators:
                self.attempt(take_back, entry_id=entry.pk, aggregator=aggregator, reason="salah")

    @rule(nth=NTH, quantities=st.lists(st.integers(0, 20), min_size=2, max_size=2))
    def packages_are_promised_from_stock(self, nth: int, quantities: list[int]) -> None:
        wanted = zip(self.needs, quantities, strict=True)
        commitment = self.attempt(
            commit_from_stock,
            aggregator=self.aggregators[nth % 2],
            programme=self.programme,
            lines=[LineRequest(need.pk, quantity) for need, quantity in wanted if quantity],
            plan=make_plan(planned_for=self.programme.ends_on),
        )
        if commitment:
            self.attempt(accept, commitment_id=commitment.pk)
            self.attempt(
                plan,
                commitment_id=commitment.pk,
                planned_for=self.programme.ends_on,
                delivery_window="",
            )

    @rule(nth=NTH, less=st.integers(0, 3))
    def something_is_handed_over(self, nth: int, less: int) -> None:
        for delivery in pick(Delivery.objects.filter(state=DeliveryState.PLANNED), nth):
            planned = delivery.lines.values_list("pk", "planned")
            brought = {key: max(quantity - less, 0) for key, quantity in planned}
            self.attempt(hand_over, delivery_id=delivery.pk, quantities=brought)

    @rule(nth=NTH, other=st.integers(-3, 2))
    def the_desk_counts_again(self, nth: int, other: int) -> None:
        for line in pick(DeliveryLine.objects.filter(delivery__state=DeliveryState.DONE), nth):
            self.attempt(
                correct,
                delivery_line_id=line.pk,
                delivered=line.quantity + other,
                received=line.received,
                reason="dihitung ulang",
            )

    @rule(nth=NTH)
    def a_promise_is_withdrawn(self, nth: int) -> None:
        for commitment in pick(Commitment.objects.all(), nth):
            self.attempt(cancel, commitment_id=commitment.pk, reason="batal")

    @rule(nth=NTH)
    def what_is_free_comes_back(self, nth: int) -> None:
        self.attempt(bring_back, aggregator=self.aggregators[nth % 2])

    @rule(nth=NTH, quantity=st.integers(1, 9))
    def a_promise_moves(self, nth: int, quantity: int) -> None:
        for commitment in pick(Commitment.objects.all(), nth):
            line = commitment.lines.order_by("pk")[0]
            other = self.needs[line.need_id == self.needs[0].pk]
            less = {line.pk: quantity} if nth % 2 else {}
            self.attempt(
                change,
                commitment_id=commitment.pk,
                less=less,
                more={other.pk: quantity},
                reason="",
            )

    @rule(nth=NTH, split=st.booleans())
    def a_bank_row_is_answered(self, nth: int, *, split: bool) -> None:
        gifts = list(Gift.objects.filter(kind=GiftKind.MONEY).order_by("pk"))
        chosen = {gifts[at % len(gifts)].pk: gifts[at % len(gifts)] for at in (nth, nth + split)}
        parts = {key: gift.accepted or gift.declared for key, gift in chosen.items()}
        row = make_bank_row(
            gifts[nth % len(gifts)].aggregator,
            sum(parts.values()),
            text=f"TRF {BankRow.objects.count()}",
        )
        self.attempt(match, row_id=row.pk, parts=parts)

    @rule(nth=NTH)
    def an_answer_is_taken_back(self, nth: int) -> None:
        for row in pick(BankRow.objects.all(), nth):
            self.attempt(take_back_answer, row_id=row.pk, reason="salah")

    @rule(nth=NTH, lifted=st.booleans())
    def a_permit_is_suspended_or_restored(self, nth: int, *, lifted: bool) -> None:
        permit = self.aggregators[nth % 2].permits.get()
        action = restore_permit if lifted else suspend_permit
        self.attempt(action, permit_id=permit.pk, reason="diperiksa")

    @rule()
    def a_day_passes(self) -> None:
        self.now += timedelta(hours=30)
        expire_due(actor=SYSTEM, now=self.now)

    @invariant()
    def the_book_is_in_order(self) -> None:
        """Books balance, nothing is negative, what is delivered from stock is paid in full."""
        assert faults() == []

    def every_trace_sums_to_the_rupiah(self) -> None:
        """Of each gift all its rupiah are somewhere, and each place names its payers in full."""
        traces = [trace_of(gift) for gift in Gift.objects.filter(kind=GiftKind.MONEY)]
        for trace in traces:
            money = trace.money
            there = money.set_aside + money.delivered
            assert money.received == (trace.gift.accepted or 0)
            assert money.received == money.unspent + money.in_stock + there + money.costs + (
                money.lost
            )
            assert there == sum(step.rupiah for step in trace.steps)
        for commitment in Commitment.objects.all():
            payers = payers_of(commitment)
            for line in commitment.lines.all():
                assert cost_of(line.pk) == sum(payer.rupiah for payer in payers.get(line.pk, []))


def cost_of(line: int) -> int:
    """Return what the packages with a line cost: packages times price, in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(a.balance * l.unit_price), 0) FROM funds_account a "
            "JOIN funds_lot l ON l.id = a.lot_id "
            "WHERE a.line_id = %s AND a.aid_type_id IS NOT NULL",
            [line],
        )
        return int(cursor.fetchone()[0])


def book() -> list[tuple[Any, ...]]:
    """Return all balances that are not zero, and the state of gifts."""
    kinds = Account.objects.exclude(balance=0).order_by("pk").values_list("pk", "balance")
    gifts = Gift.objects.order_by("pk").values_list("pk", "state", "accepted")
    return [*kinds, *gifts]


@pytest.mark.django_db
def test_no_history_leads_to_a_money_book_out_of_order() -> None:
    run_state_machine_as_test(
        Histories, settings=settings(max_examples=8, stateful_step_count=14, database=None)
    )
