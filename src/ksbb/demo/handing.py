"""Deliveries of the scenario: planned, handed over, confirmed by the receiver, corrected."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ksbb.commitments.enums import Reason
from ksbb.deliveries.actions.hand_over import handover_number
from ksbb.deliveries.actions.issue_link import VALID_FOR, token_digest
from ksbb.deliveries.enums import Condition, DeliveryState
from ksbb.deliveries.models import Delivery, DeliveryLine, Receipt, ReceiptLine, ReceiptLink
from ksbb.demo.words import SHORT_RECEIPTS
from ksbb.programmes.enums import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from ksbb.commitments.models import Commitment
    from ksbb.demo.events import Event
    from ksbb.demo.ledger import Held, Ledger


class Handing:
    """The deliveries of one commitment."""

    def __init__(self, ledger: Ledger, commitment: Commitment, lines: Sequence[Held]) -> None:
        self._ledger, self._commitment = ledger, commitment
        self._lines = sorted(lines, key=lambda line: line.row.pk)
        self._planned: dict[int, Delivery] = {}
        self._done: dict[int, Delivery] = {}
        self._carried: dict[int, dict[int, DeliveryLine]] = {}
        self._links: dict[int, ReceiptLink] = {}

    def plan(self, planned_for: date, window: str) -> None:
        """Give every place with something still to bring one planned delivery on that day."""
        still = [line for line in self._lines if line.undelivered]
        ordered = sorted(still, key=lambda line: (line.target_id, line.row.pk))
        for target_id, lines in groupby(ordered, key=lambda line: line.target_id):
            delivery = self._planned.get(target_id) or self._new(target_id)
            delivery.planned_for, delivery.delivery_window = planned_for, window
            for line in lines:
                self._carry(delivery, line).planned = line.undelivered

    def _new(self, target_id: int) -> Delivery:
        delivery = self._ledger.add(
            Delivery,
            commitment=self._commitment,
            target_id=target_id,
            state=DeliveryState.PLANNED,
            is_example=True,
        )
        self._planned[target_id] = delivery
        self._carried[delivery.pk] = {}
        return delivery

    def _carry(self, delivery: Delivery, line: Held) -> DeliveryLine:
        carried = self._carried[delivery.pk]
        if line.row.pk not in carried:
            carried[line.row.pk] = self._ledger.add(
                DeliveryLine, delivery=delivery, line=line.row, planned=0
            )
        return carried[line.row.pk]

    def hand_over(
        self, event: Event, target_id: int, parts: Mapping[int, Held], *, with_link: bool
    ) -> None:
        """Bring the quantities of an event to a place; what stays behind is planned anew."""
        delivery = self._planned.pop(target_id)
        quantities = {parts[position].row.pk: n for position, n in event.quantities.items()}
        entry = self._ledger.step(self._commitment, "deliver", event.at)
        brought = [(parts[position], n) for position, n in event.quantities.items()]
        self._ledger.post(entry, Reason.DELIVER, Stage.DELIVERED, brought)
        for pk, carried in self._carried[delivery.pk].items():
            carried.quantity = quantities.get(pk, 0)
        delivery.state, delivery.done_at = DeliveryState.DONE, event.at
        delivery.handover_number = handover_number(delivery, event.at)
        self._done[target_id] = delivery
        if with_link:
            self._issue_link(delivery, event.at)
        self.plan(delivery.planned_for, delivery.delivery_window)

    def confirm(self, event: Event, target_id: int, parts: Mapping[int, Held]) -> None:
        """Keep the receiver's count; what agrees with the hand-over is received."""
        delivery = self._done[target_id]
        self._links[delivery.pk].used_at = event.at
        receipt = self._ledger.add(Receipt, delivery=delivery, confirmed_at=event.at)
        stated = {parts[position].row.pk: n for position, n in event.quantities.items()}
        moved = []
        for line in self._lines:
            carried = self._carried[delivery.pk].get(line.row.pk)
            if carried:
                quantity = stated.get(line.row.pk, 0)
                self._answer(receipt, carried, quantity, event.text)
                carried.received = min(quantity, carried.quantity)
                moved.append((line, carried.received))
        entry = self._ledger.step(self._commitment, "receive", event.at)
        self._ledger.post(entry, Reason.RECEIVE, Stage.RECEIVED, moved)
        self._complete_if_done(event.at)

    def _issue_link(self, delivery: Delivery, at: datetime) -> None:
        """Make the link with which the receiver will confirm.

        Anybody could guess its secret, so only links that are used up later are made.
        """
        link = self._ledger.add(
            ReceiptLink,
            delivery=delivery,
            token_hash=token_digest(f"contoh-{delivery.handover_number}"),
            created_at=at,
            expires_at=at + VALID_FOR,
        )
        self._links[delivery.pk] = link
        self._ledger.record("deliveries.issue_link", link, at)

    def _answer(self, receipt: Receipt, carried: DeliveryLine, quantity: int, remark: str) -> None:
        differs = quantity != carried.quantity
        self._ledger.add(
            ReceiptLine,
            receipt=receipt,
            delivery_line=carried,
            quantity=quantity,
            handed_over=carried.quantity,
            condition=SHORT_RECEIPTS.get(remark, Condition.GOOD) if differs else Condition.GOOD,
            remark=remark if differs else "",
        )

    def correct(self, event: Event, target_id: int, parts: Mapping[int, Held]) -> None:
        """Set what was really brought and received to the quantity of the event."""
        delivery = self._done[target_id]
        for position, truth in event.quantities.items():
            line = parts[position]
            carried = self._carried[delivery.pk][line.row.pk]
            entry = self._ledger.step(self._commitment, "correct", event.at, reason=event.text)
            self._ledger.post(
                entry, Reason.CORRECT, Stage.DELIVERED, [(line, truth - carried.quantity)]
            )
            carried.quantity = truth
            # The receiver has spoken before: the scenario corrects what was confirmed.
            carried.settled_at = event.at
        self.plan(delivery.planned_for, delivery.delivery_window)

    def _complete_if_done(self, at: datetime) -> None:
        if all(line.committed == line.received for line in self._lines):
            self._ledger.step(self._commitment, "complete", at)
