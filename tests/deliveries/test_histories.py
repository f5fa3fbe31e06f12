"""Whatever happens in whatever order, the book stays in order: random histories, step by step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

import pytest
from django.db import transaction
from django.db.models import Model, QuerySet
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ksbb.audit.actors import SYSTEM
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept, reject
from ksbb.commitments.actions.expire import expire_due
from ksbb.commitments.actions.promise import promise
from ksbb.commitments.actions.reserve import LineRequest, reserve
from ksbb.commitments.actions.submit import submit
from ksbb.commitments.models import Commitment, CommitmentLine
from ksbb.deliveries.actions.change import change
from ksbb.deliveries.actions.confirm import confirm
from ksbb.deliveries.actions.correct import correct
from ksbb.deliveries.actions.hand_over import hand_over
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.deliveries.actions.move_day import move_day
from ksbb.deliveries.actions.plan import plan
from ksbb.deliveries.actions.settle import settle
from ksbb.deliveries.enums import DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine
from ksbb.needs.actions.adjust import adjust
from ksbb.needs.models import Need
from ksbb.shared.errors import DomainError
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_plan
from tests.factories.deliveries import answer, answers_for, bring, make_planned
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase
from tests.recount import faults

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)

QUANTITIES = st.integers(-1, 45)
LINES = st.dictionaries(st.integers(0, 2), st.integers(0, 30), min_size=1)
LAST_DAY = date(2020, 5, 23)
LESS = st.sampled_from([0, 1, -1])
NTH = st.integers(0, 30)


class Histories(RuleBasedStateMachine):
    """Two places, three needs, and everybody does something at any time, sensible or not."""

    commitments = Bundle("commitments")

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        here = make_target()
        meals = make_aid_type("makanan-siap-saji")
        self.needs = [
            make_need(40, target=here, phase=make_phase(4)),
            make_need(25, target=here, phase=make_phase(4), aid_type=meals),
            make_need(60, phase=make_phase(4)),
        ]
        self.giver = make_collaborator()
        self.now = NOON

    @initialize(target=commitments)
    def something_has_happened_before(self) -> Commitment:
        """Begin in the middle: one completed, one counted by the desk, one on its way."""
        first, second, third = self.needs
        answer(bring(make_planned({third: 10})))
        line = bring(make_planned({third: 10})).lines.get()
        self.attempt(correct, delivery_line_id=line.pk, delivered=10, received=4, reason="telepon")
        return make_planned({first: 10, second: 5})

    def teardown(self) -> None:
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

    def order(self, quantities: dict[int, int]) -> dict[str, Any]:
        """Return what is asked for, with needs by their place in the list."""
        lines = [LineRequest(self.needs[at].pk, quantity) for at, quantity in quantities.items()]
        return {"programme": self.needs[0].phase.programme, "lines": lines}

    @rule(target=commitments, quantities=LINES)
    def somebody_reserves(self, quantities: dict[int, int]) -> Commitment | None:
        return self.attempt(reserve, collaborator=self.giver, **self.order(quantities))

    @rule(target=commitments, quantities=LINES)
    def somebody_promises(self, quantities: dict[int, int]) -> Commitment | None:
        order, later = self.order(quantities), make_plan(planned_for=LAST_DAY)
        return self.attempt(promise, giver=self.giver, plan=later, **order)

    @rule(one=commitments)
    def somebody_submits(self, one: Commitment | None) -> None:
        self.attempt(submit, commitment_id=key(one), plan=make_plan(planned_for=LAST_DAY))

    @rule(one=commitments)
    def the_desk_accepts(self, one: Commitment | None) -> None:
        self.attempt(accept, commitment_id=key(one))

    @rule(one=commitments)
    def the_desk_rejects(self, one: Commitment | None) -> None:
        self.attempt(reject, commitment_id=key(one), reason="ganda")

    @rule(one=commitments, days=st.integers(0, 3))
    def a_day_is_agreed(self, one: Commitment | None, days: int) -> None:
        day = self.now.date() + timedelta(days=days)
        self.attempt(plan, commitment_id=key(one), planned_for=day, delivery_window="")

    @rule(one=commitments)
    def a_promise_is_withdrawn(self, one: Commitment | None) -> None:
        self.attempt(cancel, commitment_id=key(one), reason="batal")

    @rule(nth=NTH, quantity=QUANTITIES)
    def a_part_is_withdrawn(self, nth: int, quantity: int) -> None:
        for line in pick(CommitmentLine.objects.all(), nth):
            part = {line.pk: quantity}
            self.attempt(cancel, commitment_id=line.commitment_id, quantities=part, reason="")

    @rule(one=commitments)
    def a_rest_is_left_to_others(self, one: Commitment | None) -> None:
        self.attempt(cancel, commitment_id=key(one), reason="truk rusak", for_others=True)

    @rule(nth=NTH, at=st.integers(0, 2), less=QUANTITIES, more=QUANTITIES)
    def a_giver_changes_places(self, nth: int, at: int, less: int, more: int) -> None:
        for line in pick(CommitmentLine.objects.all(), nth):
            self.attempt(
                change,
                commitment_id=line.commitment_id,
                less={line.pk: less} if less else {},
                more={self.needs[at].pk: more},
                reason="",
            )

    @rule(nth=NTH, days=st.integers(-1, 3))
    def one_delivery_moves(self, nth: int, days: int) -> None:
        for delivery in pick(Delivery.objects.all(), nth):
            day = self.now.date() + timedelta(days=days)
            self.attempt(move_day, delivery_id=delivery.pk, planned_for=day, delivery_window="")

    @rule(nth=NTH, quantities=st.lists(QUANTITIES, min_size=2, max_size=2))
    def something_is_brought(self, nth: int, quantities: list[int]) -> None:
        for delivery in pick(Delivery.objects.all(), nth):
            lines = delivery.lines.order_by("pk").values_list("pk", flat=True)
            brought = dict(zip(lines, quantities, strict=False))
            self.attempt(hand_over, delivery_id=delivery.pk, quantities=brought)

    @rule(nth=NTH)
    def what_was_planned_is_brought(self, nth: int) -> None:
        for delivery in pick(Delivery.objects.filter(state=DeliveryState.PLANNED), nth):
            planned = dict(delivery.lines.values_list("pk", "planned"))
            self.attempt(hand_over, delivery_id=delivery.pk, quantities=planned)

    @rule(nth=NTH, less=LESS)
    def a_place_says_what_arrived(self, nth: int, less: int) -> None:
        for delivery in pick(Delivery.objects.filter(receipt=None), nth):
            token = self.attempt(issue_link, delivery_id=delivery.pk) or ""
            answers = answers_for(delivery, less=less)
            self.attempt(confirm, token=token, answers=answers, remark="")

    @rule(nth=NTH, brought=st.integers(-2, 1), arrived=st.integers(-2, 1))
    def the_desk_counts_again(self, nth: int, brought: int, arrived: int) -> None:
        for line in pick(DeliveryLine.objects.filter(delivery__state=DeliveryState.DONE), nth):
            self.attempt(
                correct,
                delivery_line_id=line.pk,
                delivered=line.quantity + brought,
                received=line.received + arrived,
                reason="dihitung ulang",
            )

    @rule(nth=NTH)
    def a_surplus_is_left_as_it_stands(self, nth: int) -> None:
        for line in pick(DeliveryLine.objects.all(), nth):
            self.attempt(settle, delivery_line_id=line.pk, reason="dari tetangga")

    @rule(at=st.integers(0, 2), quantity=st.integers(-1, 80))
    def a_need_changes(self, at: int, quantity: int) -> None:
        self.attempt(adjust, need_id=self.needs[at].pk, quantity=quantity, reason="pendataan")

    @rule(hours=st.sampled_from([0, 1, 30, 49]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        expire_due(actor=SYSTEM, now=self.now)

    @invariant()
    def the_book_is_in_order(self) -> None:
        """Counters are sums, stages in order, nothing negative, nothing oversold."""
        assert faults() == []


def key(commitment: Commitment | None) -> int:
    """Return the key of a commitment; of one that was refused, a key nothing has."""
    return commitment.pk if commitment else 0


def pick(rows: QuerySet[Row], nth: int) -> list[Row]:
    """Return the nth row, counted round and round; none where there are none."""
    found = list(rows.order_by("pk"))
    return found[nth % max(len(found), 1) :][:1]


def book() -> list[tuple[int, ...]]:
    """Return all counters of the book."""
    counters = ("pk", "quantity", "committed", "delivered", "received")
    return [
        *Need.objects.order_by("pk").values_list(*counters),
        *CommitmentLine.objects.order_by("pk").values_list(*counters),
        *DeliveryLine.objects.order_by("pk").values_list("pk", "planned", "quantity", "received"),
    ]


@pytest.mark.django_db
def test_no_history_leads_to_a_book_out_of_order() -> None:
    run_state_machine_as_test(
        Histories, settings=settings(max_examples=25, stateful_step_count=25, database=None)
    )
