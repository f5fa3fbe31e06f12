"""What happens to a promise until it has arrived, by the real actions at moments that are said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ksbb.commitments.actions.decide import accept
from ksbb.commitments.enums import Window
from ksbb.commitments.models import Commitment
from ksbb.deliveries.actions.confirm import Answer, confirm
from ksbb.deliveries.actions.hand_over import hand_over
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.deliveries.actions.plan import plan
from ksbb.deliveries.enums import Condition, DeliveryState
from ksbb.deliveries.models import Delivery, Receipt
from ksbb.needs.models import Need
from tests.factories.commitments import DELIVERY_DAY, DESK, NOON, make_commitment


def make_planned(
    quantities: Mapping[Need, int] | None = None,
    *,
    now: datetime = NOON,
    planned_for: date = DELIVERY_DAY,
) -> Commitment:
    """Return a new commitment, accepted and scheduled, with its planned deliveries."""
    return plan_it(make_commitment(quantities, now=now), now=now, planned_for=planned_for)


def plan_it(
    commitment: Commitment, *, now: datetime = NOON, planned_for: date = DELIVERY_DAY
) -> Commitment:
    """Accept a submitted commitment and plan its deliveries; return it fresh."""
    accept(commitment_id=commitment.pk, actor=DESK, now=now)
    plan(
        commitment_id=commitment.pk,
        planned_for=planned_for,
        delivery_window=Window.AFTERNOON,
        actor=DESK,
        now=now,
    )
    commitment.refresh_from_db()
    return commitment


def bring(
    commitment: Commitment, quantities: Mapping[Need, int] | None = None, *, now: datetime = NOON
) -> Delivery:
    """Hand over the first planned delivery: all that is planned, or these quantities by need."""
    delivery = commitment.deliveries.filter(state=DeliveryState.PLANNED).order_by("pk")[0]
    lines = delivery.lines.select_related("line__need")
    brought = {
        line.pk: line.planned if quantities is None else quantities.get(line.line.need, 0)
        for line in lines
    }
    return hand_over(delivery_id=delivery.pk, quantities=brought, actor=DESK, now=now)


def answers_for(delivery: Delivery, *, less: int = 0) -> dict[int, Answer]:
    """Return the receiver's answers: all lines in good condition, each `less` than handed over."""
    return {
        line.pk: Answer(line.quantity - less, Condition.GOOD, "")
        for line in delivery.lines.order_by("pk")
    }


def answer(delivery: Delivery, *, less: int = 0, now: datetime = NOON) -> Receipt:
    """Confirm a delivery through a new link, each line `less` than handed over."""
    token = issue_link(delivery_id=delivery.pk, actor=DESK, now=now)
    return confirm(
        token=token, answers=answers_for(delivery, less=less), remark="", actor=DESK, now=now
    )
